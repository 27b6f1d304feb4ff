-- A salesperson objects to a formal notice: a question to the manager.

ALTER TABLE sales_notice_case ADD COLUMN hold_id BIGINT REFERENCES hold (id);

ALTER TABLE question DROP CONSTRAINT kind_known;

ALTER TABLE question ADD CONSTRAINT kind_known CHECK (kind IN ('approve', 'daily_review', 'call_outcome', 'mediation_outcome', 'exhausted', 'hold_review', 'ambiguous', 'undeliverable', 'limitation', 'time_barred', 'migration', 'bank_data', 'match', 'data_review', 'credit', 'reply', 'letters', 'resend', 'settlement', 'set_off', 'objection'));

DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN GRANT UPDATE ON sales_notice_case TO relance_app; END IF; END $$
