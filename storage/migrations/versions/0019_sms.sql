-- A telephone number that takes no SMS is never written to again; a corrected one is another number.

ALTER TABLE contact ADD COLUMN phone_dead_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE contact ADD COLUMN phone_dead_why TEXT DEFAULT '' NOT NULL;

-- Parts an SMS may be cut into (nothing: as many as the provider takes), and whether signs are replaced by plain ones.

ALTER TABLE creditor ADD COLUMN sms_max_segments BIGINT DEFAULT '3';

ALTER TABLE creditor ADD COLUMN sms_smart_encoding BOOLEAN DEFAULT 'false' NOT NULL;

-- Where an SMS that left is by now: how often the provider was asked, and when it is asked again; nothing: never more.

CREATE TABLE sms_status (
    message_id BIGINT NOT NULL,
    status TEXT DEFAULT '' NOT NULL,
    asked BIGINT DEFAULT '0' NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE,
    next_at TIMESTAMP WITH TIME ZONE,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);

CREATE INDEX sms_status_next ON sms_status (next_at) WHERE next_at IS NOT NULL;

CREATE INDEX contact_phone ON contact (phone);

DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN GRANT SELECT, INSERT, UPDATE, DELETE ON sms_status TO relance_app; END IF; END $$
