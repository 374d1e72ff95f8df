-- In whose name each client was signed in first: Everifin's own name for her, which is no secret. A sign-in as somebody else is
-- refused, before anything is read into this book.

CREATE TABLE subject (
    -- Fingerprint of the client: another client, realm or Everifin may name the same user otherwise.
    client BLOB PRIMARY KEY,
    -- Empty where Everifin's tokens do not say.
    name   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
