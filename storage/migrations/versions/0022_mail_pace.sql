-- The lines before mail servers (`rate`, `per_domain`): from when on the next message may leave, and the next turn to give.

CREATE TABLE mail_pace (
    server TEXT NOT NULL,
    domain TEXT NOT NULL,
    free_at TIMESTAMP WITH TIME ZONE NOT NULL,
    turn_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (server, domain)
);

-- The turn a customer was given: all its runs come back at the same one.

CREATE TABLE mail_turn (
    customer_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (customer_id),
    FOREIGN KEY(customer_id) REFERENCES customer (id)
);

DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN GRANT SELECT, INSERT, UPDATE, DELETE ON mail_pace, mail_turn TO relance_app; END IF; END $$
