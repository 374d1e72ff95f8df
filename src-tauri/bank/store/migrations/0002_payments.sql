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
