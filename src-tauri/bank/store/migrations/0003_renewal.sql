-- Where the renewal of the sign-in stands. Numbers only: the refresh tokens themselves are in the keychain, each with its
-- generation.

CREATE TABLE renewal (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    -- The lowest generation that may be sent: those below are spent, or Everifin has refused them.
    lowest   INTEGER NOT NULL CHECK (lowest >= 0),
    -- The generation that Everifin is being asked to renew, and since when. Stays when its answer was not heard.
    asked    INTEGER,
    asked_at INTEGER,
    CHECK ((asked IS NULL) = (asked_at IS NULL))
) STRICT;
