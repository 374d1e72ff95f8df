-- Many payments with one signature. A bulk is a payment of its own, without a payee; its payments point to it and move with it,
-- until the bank says line by line what became of them. A bulk's `remote_id` begins with `bulk:`, because Everifin numbers bulk
-- payments and single ones apart.

ALTER TABLE payment ADD COLUMN is_bulk INTEGER NOT NULL DEFAULT 0 CHECK (is_bulk IN (0, 1));
ALTER TABLE payment ADD COLUMN bulk INTEGER;

CREATE INDEX payment_by_bulk ON payment (bulk) WHERE bulk IS NOT NULL;

CREATE TRIGGER payment_kind_is_fixed BEFORE UPDATE OF is_bulk ON payment WHEN NEW.is_bulk <> OLD.is_bulk
BEGIN SELECT RAISE(ABORT, 'a payment does not become a bulk'); END;

CREATE TRIGGER payment_joins_as_draft BEFORE UPDATE OF bulk ON payment
WHEN NEW.bulk IS NOT OLD.bulk
 AND (OLD.state <> 'draft' OR NEW.is_bulk = 1
      OR EXISTS (SELECT 1 FROM payment WHERE id = OLD.bulk AND state <> 'draft')
      OR (NEW.bulk IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM payment WHERE id = NEW.bulk AND is_bulk = 1 AND state = 'draft')))
BEGIN SELECT RAISE(ABORT, 'only a draft joins or leaves a bulk, and only one that is not sent'); END;

-- The law: what is in a bulk is paid with the bulk or not at all.
CREATE TRIGGER payment_moves_with_its_bulk BEFORE UPDATE OF state ON payment
WHEN NEW.bulk IS NOT NULL AND (OLD.state = 'draft') <> (NEW.state = 'draft')
 AND EXISTS (SELECT 1 FROM payment WHERE id = NEW.bulk AND (state = 'draft') <> (NEW.state = 'draft'))
BEGIN SELECT RAISE(ABORT, 'a payment in a bulk moves with it'); END;

CREATE TRIGGER payment_in_a_bulk_is_not_sent BEFORE INSERT ON payment_attempt
WHEN NEW.void = 0 AND EXISTS (SELECT 1 FROM payment WHERE id = NEW.payment AND bulk IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'a payment in a bulk is not sent by itself'); END;
