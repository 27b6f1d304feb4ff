-- A settled consumer's personal data can be erased; how long they are kept before.

ALTER TABLE customer ADD COLUMN erased_at TIMESTAMP WITH TIME ZONE;

ALTER TABLE creditor ADD COLUMN keep_contract_years BIGINT DEFAULT 5;

ALTER TABLE creditor ADD COLUMN keep_accounts_years BIGINT DEFAULT 10;

REVOKE ALL ON FUNCTION erase_customer(bigint, timestamptz) FROM PUBLIC;

DO $$ BEGIN IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN GRANT EXECUTE ON FUNCTION erase_customer(bigint, timestamptz) TO relance_app; END IF; END $$;

ALTER FUNCTION note_effect() SET search_path = public, pg_temp;

ALTER FUNCTION note_case_opened() SET search_path = public, pg_temp;
