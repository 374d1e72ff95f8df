-- A book as layout 2 left it.
-- The ledger. Times are milliseconds since 1970 in UTC, days are days since 1970-01-01, amounts are minor units of their
-- currency (ISO 4217), money out is negative.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The Everifin user linked to this book; secrets are in the keychain only.
CREATE TABLE connection (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    environment TEXT NOT NULL,
    realm TEXT NOT NULL,
    client_id TEXT NOT NULL,
    payments INTEGER NOT NULL
) STRICT;

-- An account is known for life by IBAN and currency; only one without an IBAN is known by Everifin's id.
CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    iban TEXT,
    number TEXT,
    currency TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    bank_name TEXT NOT NULL,
    bank_bic TEXT,
    bank_country TEXT NOT NULL,
    place INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    consent_expired INTEGER NOT NULL,
    consent_until INTEGER,
    whole_from INTEGER,
    read_at INTEGER,
    tried_at INTEGER,
    failure TEXT,
    retry_at INTEGER,
    raw TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_identity ON account (iban, currency) WHERE iban IS NOT NULL;

-- Every id under which Everifin has ever listed an account.
CREATE TABLE account_alias (
    account INTEGER NOT NULL REFERENCES account,
    remote_id TEXT NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (account, remote_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE balance (
    account INTEGER NOT NULL REFERENCES account,
    kind TEXT NOT NULL CHECK (kind IN ('booked', 'available')),
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account, kind)
) STRICT, WITHOUT ROWID;

-- How far an account has been read, under which of Everifin's ids.
CREATE TABLE account_cursor (
    account INTEGER PRIMARY KEY REFERENCES account,
    remote_id TEXT NOT NULL,
    updated INTEGER,
    reread_at INTEGER NOT NULL
) STRICT;

-- A transaction as Saldo understands it. `key` is (day << 24) | sequence, so that row order is date order and every list
-- streams newest first; `id` is what everybody else calls it and is never used again.
CREATE TABLE entry (
    key INTEGER PRIMARY KEY,
    id INTEGER NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES account,
    status TEXT NOT NULL CHECK (status IN ('booked', 'pending', 'rejected', 'cancelled', 'unknown')),
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    original_amount INTEGER,
    original_currency TEXT,
    booked_day INTEGER,
    value_day INTEGER,
    counterparty TEXT,
    counterparty_iban TEXT,
    counterparty_number TEXT,
    variable_symbol TEXT,
    constant_symbol TEXT,
    specific_symbol TEXT,
    reference TEXT,
    message TEXT,
    description TEXT,
    bank_id TEXT,
    updated INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    folded TEXT NOT NULL
) STRICT;
CREATE INDEX entry_account ON entry (account);
-- Few rows; in the order of the list, and by account.
CREATE INDEX entry_pending ON entry (status) WHERE status = 'pending';
CREATE INDEX entry_pending_account ON entry (status, account) WHERE status = 'pending';
-- Holds all that is asked of payees and of transfers between own accounts, so that no row needs to be looked at.
CREATE INDEX entry_counterparty ON entry (counterparty_iban, amount, status, currency, counterparty)
    WHERE counterparty_iban IS NOT NULL;

CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES ('entry', 1);

-- Every id under which Everifin has ever listed a transaction of an account.
CREATE TABLE entry_alias (
    account INTEGER NOT NULL REFERENCES account,
    remote_id TEXT NOT NULL,
    entry INTEGER NOT NULL,
    PRIMARY KEY (account, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX entry_alias_entry ON entry_alias (entry);

-- The JSON as delivered.
CREATE TABLE raw_entry (
    entry INTEGER PRIMARY KEY,
    payload TEXT NOT NULL
) STRICT;

-- What the owner wrote. No sync removes it; where its pending row has gone, `orphan` says what to look for.
CREATE TABLE overlay (
    entry INTEGER PRIMARY KEY,
    note TEXT,
    category TEXT,
    folded TEXT NOT NULL
) STRICT;

-- Pending rows that have gone with a note on them and wait for their booked row.
CREATE TABLE orphan (
    entry INTEGER PRIMARY KEY REFERENCES overlay (entry) ON DELETE CASCADE,
    account INTEGER NOT NULL REFERENCES account,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    day INTEGER NOT NULL,
    bank_id TEXT,
    counterparty TEXT,
    counterparty_iban TEXT,
    variable_symbol TEXT
) STRICT;

-- What could not be believed: an id that came back with another sign, amount or currency, or a row that cannot be read.
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account,
    entry INTEGER,
    remote_id TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('disagrees', 'unreadable')),
    payload TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE (account, remote_id, payload)
) STRICT;

-- Sums and counts of each day, without pending rows; sums are of booked rows only. Kept by the triggers below.
CREATE TABLE daily (
    account INTEGER NOT NULL REFERENCES account,
    currency TEXT NOT NULL,
    day INTEGER NOT NULL,
    money_in INTEGER NOT NULL,
    money_out INTEGER NOT NULL,
    rows_in INTEGER NOT NULL,
    rows_out INTEGER NOT NULL,
    PRIMARY KEY (account, currency, day)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_added AFTER INSERT ON entry WHEN new.status <> 'pending' BEGIN
    INSERT INTO daily VALUES (
        new.account, new.currency, new.key >> 24,
        iif(new.status = 'booked', max(new.amount, 0), 0), iif(new.status = 'booked', min(new.amount, 0), 0),
        new.amount >= 0, new.amount < 0
    )
    ON CONFLICT DO UPDATE SET
        money_in = money_in + excluded.money_in, money_out = money_out + excluded.money_out,
        rows_in = rows_in + excluded.rows_in, rows_out = rows_out + excluded.rows_out;
END;
-- A changed row is taken out and put in again; a plain update of these columns would leave the sums behind.
CREATE TRIGGER entry_fixed BEFORE UPDATE OF key, account, status, amount, currency ON entry BEGIN
    SELECT RAISE(ABORT, 'delete and insert instead');
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry WHEN old.status <> 'pending' BEGIN
    UPDATE daily SET
        money_in = money_in - iif(old.status = 'booked', max(old.amount, 0), 0),
        money_out = money_out - iif(old.status = 'booked', min(old.amount, 0), 0),
        rows_in = rows_in - (old.amount >= 0), rows_out = rows_out - (old.amount < 0)
    WHERE account = old.account AND currency = old.currency AND day = old.key >> 24;
    DELETE FROM daily
    WHERE account = old.account AND currency = old.currency AND day = old.key >> 24 AND rows_in + rows_out = 0;
END;

-- How the sync of each bank ended; the newest lines are shown.
CREATE TABLE sync_log (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    bank TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('synced', 'needsReconnect', 'failed')),
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    failure TEXT,
    retry_at INTEGER
) STRICT;

INSERT INTO account VALUES (1, 'SK3112000000198742637541', NULL, 'EUR', 'Operating account', 'CURRENT', 'Tatra banka', NULL, 'SK', 0, 1,
    0, NULL, 20000, 1, 1, NULL, NULL, '{}');
INSERT INTO entry (key, id, account, status, amount, currency, updated, first_seen, folded)
VALUES (20000 << 24, 1, 1, 'booked', -1250, 'EUR', 1, 1, '');
INSERT INTO overlay VALUES (1, 'her note', 'rent', 'her note');
-- Payments: what the owner typed, where each payment stands, what was handed over, and a journal that only grows. Times, days
-- and amounts are as in the ledger; amounts to be paid are positive.

CREATE TABLE payment (
    -- Never used again, so that a journal entry can only mean one payment.
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    state           TEXT NOT NULL CHECK (state IN ('draft', 'confirmed', 'sending', 'created', 'awaitingBank', 'processing',
                                                   'finished', 'failed', 'partiallyPaid', 'unknown', 'cancelled')),
    -- As typed; valid or not. `language` decides how the amount's digits are grouped.
    from_account    INTEGER,
    payee           TEXT NOT NULL,
    account         TEXT NOT NULL,
    amount          TEXT NOT NULL,
    currency        TEXT NOT NULL,
    pay_on          INTEGER,
    variable_symbol TEXT NOT NULL,
    specific_symbol TEXT NOT NULL,
    constant_symbol TEXT NOT NULL,
    message         TEXT NOT NULL,
    language        TEXT NOT NULL,
    -- As read, where it could be; what the list shows and what later payments are compared with.
    iban            TEXT,
    minor           INTEGER CHECK (minor > 0),
    -- Folded payee's name, for finding the same payee again.
    payee_key       TEXT NOT NULL,
    created         INTEGER NOT NULL,
    changed         INTEGER NOT NULL,
    -- The rest is empty until the payment is handed over.
    -- The execution date that was reviewed.
    day             INTEGER,
    remote_id       TEXT UNIQUE,
    -- What the bank waits for: its page in the browser, the owner's phone, or input that Saldo does not offer.
    awaits          TEXT CHECK (awaits IN ('page', 'phone', 'input')),
    page            TEXT,
    -- Parameters of a return from the bank that could not be forwarded yet, as JSON; gone before they are sent.
    returned        TEXT,
    checked         INTEGER,
    checks          INTEGER NOT NULL DEFAULT 0,
    -- Checks since the state last changed.
    fruitless       INTEGER NOT NULL DEFAULT 0,
    next_check      INTEGER,
    -- The booked transaction that proves it; one proves one payment.
    proof           INTEGER UNIQUE
) STRICT;

CREATE INDEX payment_by_iban ON payment (iban, minor) WHERE iban IS NOT NULL;
CREATE INDEX payment_by_payee ON payment (payee_key);

CREATE TRIGGER payment_stays_final BEFORE UPDATE OF state ON payment
WHEN OLD.state IN ('finished', 'failed', 'partiallyPaid', 'cancelled') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'a final state is never left'); END;

CREATE TRIGGER payment_content_is_fixed
BEFORE UPDATE OF from_account, payee, account, amount, currency, pay_on, variable_symbol, specific_symbol, constant_symbol,
                 message, language, iban, minor ON payment
WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'only a draft is edited'); END;

CREATE TRIGGER payment_is_kept BEFORE DELETE ON payment WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'only a draft is thrown away'); END;

-- One row for each time a payment was handed over, written before the request leaves.
CREATE TABLE payment_attempt (
    -- Everifin's `externalId`: by it the payment is found again when the answer is lost.
    external_id  TEXT PRIMARY KEY,
    payment      INTEGER NOT NULL,
    -- The review that the owner confirmed, and what was sent.
    review_hash  TEXT NOT NULL,
    payload_hash TEXT NOT NULL,
    -- In the address to which the bank sends the browser back.
    nonce        TEXT NOT NULL UNIQUE,
    -- The return that was last taken, hashed: the same one is not taken twice.
    last_return  TEXT,
    started      INTEGER NOT NULL,
    -- Set only when it is proved that nothing was created.
    void         INTEGER NOT NULL DEFAULT 0 CHECK (void IN (0, 1))
) STRICT;

-- The law: at most one attempt of a payment may have created something.
CREATE UNIQUE INDEX payment_attempt_once ON payment_attempt (payment) WHERE void = 0;

CREATE TRIGGER payment_attempt_is_kept BEFORE DELETE ON payment_attempt
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TRIGGER payment_attempt_stays_void BEFORE UPDATE OF void ON payment_attempt WHEN OLD.void = 1 AND NEW.void = 0
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

-- Every state that a payment reached. No foreign key: the journal outlives a draft that is thrown away.
CREATE TABLE payment_step (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    payment       INTEGER NOT NULL,
    state         TEXT NOT NULL,
    at            INTEGER NOT NULL,
    -- What was known at that moment.
    external_id   TEXT,
    remote_id     TEXT,
    remote_status TEXT
) STRICT;

CREATE INDEX payment_step_by_payment ON payment_step (payment, id);

CREATE TRIGGER payment_step_is_fixed BEFORE UPDATE ON payment_step
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

CREATE TRIGGER payment_step_is_kept BEFORE DELETE ON payment_step
BEGIN SELECT RAISE(ABORT, 'the journal only grows'); END;

INSERT INTO payment (id, state, payee, account, amount, currency, variable_symbol, specific_symbol, constant_symbol, message, language,
                     payee_key, created, changed)
VALUES (1, 'draft', 'Brezan', 'x', '12,50', 'EUR', '', '', '', '', 'sk', 'brezan', 1, 1);
