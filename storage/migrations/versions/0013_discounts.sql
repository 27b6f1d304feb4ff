-- Cash discounts the invoice offers for paying early: last day and minor units, with semicolons between.

ALTER TABLE invoice ADD COLUMN discounts TEXT DEFAULT '' NOT NULL
