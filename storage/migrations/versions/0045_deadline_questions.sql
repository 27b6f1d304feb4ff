-- A person is asked before a last day, and once when it has passed.

ALTER TABLE question DROP CONSTRAINT kind_known;

ALTER TABLE question ADD CONSTRAINT kind_known CHECK (kind IN ('approve', 'daily_review', 'call_outcome', 'mediation_outcome', 'exhausted', 'hold_review', 'ambiguous', 'undeliverable', 'limitation', 'time_barred', 'bank_data', 'migration', 'credit', 'data_review', 'reply', 'letters', 'settlement', 'set_off', 'resend', 'objection', 'dispute', 'deadline', 'match'));

CREATE INDEX question_subject ON question (subject) WHERE subject <> '';
