-- How, by whom and to whom an invoice is paid, and the holds that follow from it.

ALTER TABLE invoice ADD COLUMN payment_method TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN instrument_on DATE;

ALTER TABLE invoice ADD COLUMN payer TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN recipient TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN einvoice_status TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN assignee TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN assignee_iban TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN assignment_notice TEXT DEFAULT '' NOT NULL;

-- What a hold follows from, so that one a person released is not placed again.

ALTER TABLE hold ADD COLUMN origin TEXT DEFAULT '' NOT NULL
