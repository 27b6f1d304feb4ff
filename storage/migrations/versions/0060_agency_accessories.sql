-- An agency collects interest and flat sums too: they settle no invoice.

ALTER TABLE placement_payment ADD COLUMN accessories BIGINT DEFAULT '0' NOT NULL;

ALTER TABLE placement_payment ADD CONSTRAINT accessories_fit CHECK (accessories >= 0 AND accessories < gross)
