-- The index of a search: the folded text of each row cut into runs of three letters. It keeps no text. It only narrows: each row
-- that it names is looked at again. `rowid` is the key of the row, so that it answers in the order of the list.

CREATE VIRTUAL TABLE search USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
-- A page of an encrypted file holds 80 bytes less, and a leaf of the index must fit into one.
INSERT INTO search (search, rank) VALUES ('pgsz', 3950);
INSERT INTO search (rowid, text) SELECT key, folded FROM entry ORDER BY key;

-- A counterparty's rows in the order of time: what is asked of a few days needs no look at all the others.
DROP INDEX entry_counterparty;
CREATE INDEX entry_counterparty ON entry (counterparty_iban, key, amount, status, currency, counterparty, aside)
    WHERE counterparty_iban IS NOT NULL;

-- Rows that the index does not know yet, or knows otherwise; empty at the end of each transaction. FTS5 writes what it has gathered
-- at each statement that another one may have to take back, so that all rows of a transaction are given to it at once.
CREATE TABLE unindexed (
    key INTEGER PRIMARY KEY
) STRICT;
CREATE TRIGGER entry_unindexed AFTER INSERT ON entry BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.key);
END;
CREATE TRIGGER entry_refolded AFTER UPDATE OF folded ON entry BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.key);
END;
CREATE TRIGGER entry_forgotten AFTER DELETE ON entry BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (old.key);
END;
