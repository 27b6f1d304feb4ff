-- What the bank says of a line, so that it is known again in another file and format.

ALTER TABLE payment ADD COLUMN account TEXT DEFAULT '' NOT NULL;

ALTER TABLE payment ADD COLUMN bank_reference TEXT DEFAULT '' NOT NULL;

ALTER TABLE payment ADD COLUMN batch TEXT DEFAULT '' NOT NULL;

ALTER TABLE payment ADD COLUMN return_reason TEXT DEFAULT '' NOT NULL;

ALTER TABLE payment ADD COLUMN mandate TEXT DEFAULT '' NOT NULL;

ALTER TABLE payment ADD COLUMN charges BIGINT DEFAULT '0' NOT NULL;

ALTER TABLE payment ADD COLUMN further_references TEXT DEFAULT '' NOT NULL;

ALTER TABLE payment ADD COLUMN is_pending BOOLEAN DEFAULT 'false' NOT NULL;

ALTER TABLE payment ADD COLUMN is_replaced BOOLEAN DEFAULT 'false' NOT NULL;

CREATE INDEX payment_booked ON payment (creditor_id, booked)
