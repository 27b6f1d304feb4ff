-- An act a person started is carried out once, whatever buttons are pressed on its run afterwards.

CREATE TABLE desk_start_carried_out (
    start_id BIGINT PRIMARY KEY REFERENCES desk_start (id),
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT clock_timestamp()
);

DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN GRANT SELECT, INSERT ON desk_start_carried_out TO relance_app; END IF; END $$
