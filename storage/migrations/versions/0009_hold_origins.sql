-- What a ledger says of an invoice, and up to which day that ledger speaks; the latest ledger counts.

ALTER TABLE invoice ADD COLUMN ledger_closed_by TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN ledger_closed_on DATE;

ALTER TABLE invoice ADD COLUMN ledger_on DATE;

-- Who wrote it off where no person did, so that the same ledger may take it back.

ALTER TABLE cases ADD COLUMN written_off_by TEXT DEFAULT '' NOT NULL;

UPDATE cases SET written_off_by = 'ledger' WHERE written_off LIKE 'written off (654) in the ledger on %';

UPDATE hold SET origin = 'ledger:' || reason WHERE origin = '' AND reason LIKE '% in the ledger on ____-__-__';

-- A credit note that is to settle nothing of its customer, and why.

ALTER TABLE invoice ADD COLUMN aside_why TEXT DEFAULT '' NOT NULL;

ALTER TABLE invoice ADD COLUMN aside_by TEXT DEFAULT '' NOT NULL
