-- Customers: what identifies them, how they pay, when their invoices are due, when their data were checked.

ALTER TABLE customer ADD COLUMN company_number TEXT DEFAULT '' NOT NULL;

ALTER TABLE customer ADD COLUMN vat_number TEXT DEFAULT '' NOT NULL;

ALTER TABLE customer ADD COLUMN ibans TEXT DEFAULT '' NOT NULL;

ALTER TABLE customer ADD COLUMN payment_method TEXT;

ALTER TABLE customer ADD CONSTRAINT payment_method_known
    CHECK (payment_method IN ('transfer', 'card', 'direct_debit', 'bill', 'cheque'));

ALTER TABLE customer ADD COLUMN mandate TEXT DEFAULT '' NOT NULL;

ALTER TABLE customer ADD COLUMN payer TEXT DEFAULT '' NOT NULL;

ALTER TABLE customer ADD COLUMN terms_days BIGINT;

ALTER TABLE customer ADD COLUMN terms_month_end TEXT DEFAULT '' NOT NULL;

ALTER TABLE customer ADD COLUMN terms_on_day BIGINT DEFAULT '0' NOT NULL;

ALTER TABLE customer ADD COLUMN verified_on DATE;
