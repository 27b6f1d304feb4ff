-- May a message that left leave once more?

ALTER TABLE question DROP CONSTRAINT kind_known;

ALTER TABLE question ADD CONSTRAINT kind_known CHECK (kind IN ('approve', 'daily_review', 'call_outcome', 'mediation_outcome', 'exhausted', 'hold_review', 'ambiguous', 'undeliverable', 'limitation', 'time_barred', 'migration', 'bank_data', 'match', 'data_review', 'credit', 'reply', 'letters', 'resend'))
