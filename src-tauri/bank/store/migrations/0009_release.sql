-- What the second passphrase released, and what was done with the rule that asks for it; the rule itself is a setting. Rows are
-- only ever added: they are part of the journal of payments.
CREATE TABLE release (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    what        TEXT NOT NULL
                CHECK (what IN ('releaseSet', 'releaseChanged', 'releaseRemoved', 'released', 'releaseRefused')),
    payment     INTEGER,
    -- SHA-256 of the review that was released.
    review_hash TEXT,
    CHECK ((what <> 'released') OR (payment IS NOT NULL AND review_hash IS NOT NULL))
) STRICT;
