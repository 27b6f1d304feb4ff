-- What contracts say of limitation and day counts, court titles, and the day a plan or a judgment ends interest.

ALTER TABLE terms_record ADD COLUMN limitation_years BIGINT;

ALTER TABLE terms_record ADD COLUMN day_count TEXT;

ALTER TABLE terms_record ADD CONSTRAINT day_count_known CHECK (day_count IN ('actual/365', 'actual/360', 'actual/actual', '30/360'));

ALTER TABLE limitation_act DROP CONSTRAINT kind_known;

ALTER TABLE limitation_act ADD CONSTRAINT kind_known CHECK (kind IN ('acknowledgement', 'part_payment', 'court_act', 'enforcement', 'lawyer_notice', 'written_demand', 'court_title'));

ALTER TABLE hold ADD COLUMN interest_until DATE;
