-- What is remembered around paying. Days are as in the ledger.

-- An account that was paid or that the owner wrote down, under the name that it had then: only she changes it. The symbols are those
-- that a new payment to it begins with. One that she forgot stays here, so that the next payment does not bring it back.
CREATE TABLE payee (
    id              INTEGER PRIMARY KEY,
    iban            TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    note            TEXT NOT NULL DEFAULT '',
    variable_symbol TEXT NOT NULL DEFAULT '',
    specific_symbol TEXT NOT NULL DEFAULT '',
    constant_symbol TEXT NOT NULL DEFAULT '',
    forgotten       INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1))
) STRICT;

-- A payment kept to be used again, as typed. With a rhythm it is a standing payment: a draft is prepared on each of its days.
CREATE TABLE template (
    -- Never used again, so that a prepared day can only mean one template.
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    name            TEXT NOT NULL,
    from_account    INTEGER,
    payee           TEXT NOT NULL,
    account         TEXT NOT NULL,
    amount          TEXT NOT NULL,
    currency        TEXT NOT NULL,
    variable_symbol TEXT NOT NULL,
    specific_symbol TEXT NOT NULL,
    constant_symbol TEXT NOT NULL,
    message         TEXT NOT NULL,
    language        TEXT NOT NULL,
    every           TEXT CHECK (every IN ('week', 'month', 'quarter', 'year')),
    -- The day from which the others are counted: after 28 February, one of the 31st comes on 31 March.
    anchor          INTEGER,
    next            INTEGER,
    -- The last day on which it may come.
    until           INTEGER,
    paused          INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
    CHECK ((every IS NULL) = (next IS NULL) AND (every IS NULL) = (anchor IS NULL))
) STRICT;

-- The days for which a standing payment has had its draft, and which one. The law: a day has one. What was prepared is known for
-- good: a day stays here when its draft is thrown away, and a draft keeps its day when the standing payment is removed.
CREATE TABLE prepared (
    template INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    payment  INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (template, day)
) STRICT;
