-- The day of the first look into a mailbox: what lay in it before is nobody's answer to us.

ALTER TABLE mailbox ADD COLUMN since DATE DEFAULT CURRENT_DATE NOT NULL;

ALTER TABLE mailbox ALTER COLUMN since DROP DEFAULT
