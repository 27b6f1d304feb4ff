-- The number of the invoice of which a row is an instalment; empty: it is an invoice of its own.

ALTER TABLE invoice ADD COLUMN part_of TEXT DEFAULT '' NOT NULL;

CREATE INDEX invoice_part ON invoice (creditor_id, part_of) WHERE part_of <> ''
