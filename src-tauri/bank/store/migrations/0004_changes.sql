-- What each sync changed, what stands aside, and what the banks' balances prove. Times, days and amounts are as in the ledger.

-- Why a row is not counted: it is still there and can come back. The owner's own word, or the bank's balance.
ALTER TABLE entry ADD COLUMN aside TEXT CHECK (aside IN ('duplicate', 'disagrees', 'vanished', 'undone', 'deleted'));
-- Since when the bank has left it out of answers that should have held it.
ALTER TABLE entry ADD COLUMN missing_since INTEGER;
CREATE INDEX entry_aside ON entry (account) WHERE aside IS NOT NULL;
CREATE INDEX entry_missing ON entry (account) WHERE missing_since IS NOT NULL;

DROP INDEX entry_counterparty;
CREATE INDEX entry_counterparty ON entry (counterparty_iban, amount, status, currency, counterparty, aside)
    WHERE counterparty_iban IS NOT NULL;

DROP TRIGGER entry_added;
DROP TRIGGER entry_fixed;
DROP TRIGGER entry_removed;
CREATE TRIGGER entry_added AFTER INSERT ON entry WHEN new.status <> 'pending' AND new.aside IS NULL BEGIN
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
CREATE TRIGGER entry_fixed BEFORE UPDATE OF key, account, status, amount, currency, aside ON entry BEGIN
    SELECT RAISE(ABORT, 'delete and insert instead');
END;
CREATE TRIGGER entry_removed AFTER DELETE ON entry WHEN old.status <> 'pending' AND old.aside IS NULL BEGIN
    UPDATE daily SET
        money_in = money_in - iif(old.status = 'booked', max(old.amount, 0), 0),
        money_out = money_out - iif(old.status = 'booked', min(old.amount, 0), 0),
        rows_in = rows_in - (old.amount >= 0), rows_out = rows_out - (old.amount < 0)
    WHERE account = old.account AND currency = old.currency AND day = old.key >> 24;
    DELETE FROM daily
    WHERE account = old.account AND currency = old.currency AND day = old.key >> 24 AND rows_in + rows_out = 0;
END;

-- One sync, import, decision or undo: everything that it changed can be shown and undone together.
CREATE TABLE change_set (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    cause TEXT NOT NULL CHECK (cause IN ('sync', 'import', 'decision', 'undo')),
    undoes INTEGER UNIQUE REFERENCES change_set
) STRICT;

-- What it changed in one account. `first`: the account's first reading, whose rows are not listed one by one.
CREATE TABLE change_sum (
    change_set INTEGER NOT NULL REFERENCES change_set ON DELETE CASCADE,
    account INTEGER NOT NULL REFERENCES account,
    first INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    aside INTEGER NOT NULL,
    -- Rows booked long before the reading: older history that came afterwards. The owner looks at them once.
    late INTEGER NOT NULL,
    late_seen INTEGER NOT NULL,
    PRIMARY KEY (change_set, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_sum_late ON change_sum (account) WHERE late > 0 AND late_seen = 0;

-- One row of it. `before` and `after` are what the row said (JSON), or why it stood aside.
CREATE TABLE change (
    change_set INTEGER NOT NULL REFERENCES change_set ON DELETE CASCADE,
    number INTEGER NOT NULL,
    account INTEGER NOT NULL REFERENCES account,
    entry INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('added', 'changed', 'removed', 'aside')),
    before TEXT,
    after TEXT,
    PRIMARY KEY (change_set, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX change_entry ON change (entry);

-- A version of a row that the owner has undone: the bank saying the same again does not bring it back.
CREATE TABLE refused (
    entry INTEGER PRIMARY KEY,
    payload TEXT NOT NULL
) STRICT;

-- What the owner is asked about rows that could not be believed. `entry` is the row that was there, `other` the one that came.
ALTER TABLE quarantine RENAME TO quarantine_before;
CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    account INTEGER NOT NULL REFERENCES account,
    entry INTEGER,
    other INTEGER,
    remote_id TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('disagrees', 'unreadable', 'duplicate', 'vanished')),
    payload TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- Whether Saldo has set a row aside because only then the balances agree.
    settled INTEGER NOT NULL,
    decision TEXT CHECK (decision IN ('both', 'first', 'second', 'seen')),
    decided_in INTEGER REFERENCES change_set,
    UNIQUE (account, remote_id, payload)
) STRICT;
INSERT INTO quarantine SELECT id, account, entry, NULL, remote_id, reason, payload, at, 0, NULL, NULL FROM quarantine_before;
DROP TABLE quarantine_before;
CREATE INDEX quarantine_entry ON quarantine (entry);
CREATE INDEX quarantine_other ON quarantine (other);
CREATE INDEX quarantine_open ON quarantine (account) WHERE decision IS NULL;

-- The booked balance that a bank or a statement gave for a day, the newest of the day, and what it proves.
CREATE TABLE anchor (
    account INTEGER NOT NULL REFERENCES account,
    day INTEGER NOT NULL,
    -- The moment for which it was given, and the one at which it was read: rows seen later are not in it.
    at INTEGER NOT NULL,
    read_at INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    -- 'bank': at that moment of the day. 'statement': at the end of the day.
    source TEXT NOT NULL CHECK (source IN ('bank', 'statement')),
    -- The balance at the beginning of the day that follows from it.
    opening INTEGER NOT NULL,
    -- The anchor it is compared with, and what is missing in the ledger between the two: 0 proves every day between.
    since INTEGER,
    difference INTEGER,
    -- Both its neighbours agree with each other and not with this one.
    doubted INTEGER NOT NULL,
    -- When its days were last read once more because of a difference.
    reread_at INTEGER,
    PRIMARY KEY (account, day)
) STRICT, WITHOUT ROWID;

-- How the last try of each part of an account ended.
CREATE TABLE attempt (
    account INTEGER NOT NULL REFERENCES account,
    part TEXT NOT NULL CHECK (part IN ('details', 'balance', 'transactions', 'pending')),
    tried_at INTEGER NOT NULL,
    read_at INTEGER,
    failure TEXT,
    retry_at INTEGER,
    PRIMARY KEY (account, part)
) STRICT, WITHOUT ROWID;

-- A category for every transaction with a counterparty, made from one correction of the owner's.
CREATE TABLE rule (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    field TEXT NOT NULL CHECK (field IN ('iban', 'name')),
    -- An IBAN, or a folded name.
    value TEXT NOT NULL,
    -- As it is shown.
    label TEXT NOT NULL,
    category TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    UNIQUE (field, value)
) STRICT;

-- Two rows that are one movement between two accounts of the owner's.
CREATE TABLE transfer (
    outgoing INTEGER PRIMARY KEY,
    incoming INTEGER NOT NULL UNIQUE
) STRICT;
