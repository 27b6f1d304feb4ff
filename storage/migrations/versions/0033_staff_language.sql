-- The language staff read questions, runs and timelines in.

ALTER TABLE creditor ADD COLUMN staff_language TEXT DEFAULT 'en' NOT NULL;

ALTER TABLE creditor ADD CONSTRAINT staff_language_known CHECK (staff_language IN ('en', 'fr'))
