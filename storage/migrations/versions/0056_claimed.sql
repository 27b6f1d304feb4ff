-- What was open when a claim was approved, declared or given up: where it changes later, a person is asked again.

ALTER TABLE insolvency ADD COLUMN claimed TEXT NOT NULL DEFAULT ''
