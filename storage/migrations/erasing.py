"""The one act that changes what is history: a person's data are erased, whatever table they stand in, and nothing else.

It runs with the owner's rights and refuses while a case is open. What belongs to the customer is found by following the foreign
keys that lead to it, to its questions, to what it alone paid and to its stays; of those rows every text, file and document is
erased, but for the columns named here.
"""

KEPT_COLUMNS = (
    "accessories", "actor", "agreed_by", "approved_by", "article", "backup", "channel", "channels", "closed_by", "code", "contact_role",
    "cost_currency", "country", "credit_currency", "currency", "day_count", "decided_by", "direction", "door", "einvoice_status",
    "ended_by", "ended_how", "fact", "fingerprint", "foreseen", "found_by", "generation", "given_to", "kind", "language", "law",
    "ledger_closed_by", "method", "number", "opened_by", "origin", "outcome", "outcome_by", "owner", "part_of", "payment_method",
    "policy", "policy_hash", "posted_by", "proposed_by", "provider_ref", "read_by", "reached_stage", "region", "role", "route",
    "salesperson", "segment", "sha256", "signed_by", "source", "stage", "state", "status", "step", "taken_from", "terms_month_end", "their_reference",
    "todo", "token", "type", "waited", "waits_for", "written_off", "written_off_by", "withdrawn", "withdrawn_by", "zone", "chain_head",
    "set_by", "started_by", "asked_by", "reason", "document_type", "account", "batch", "move", "verdict", "sureness", "word", "key",
)  # fmt: skip
"""Codes, logins of our own people, hashes, and what tells one row from another."""
FREE_REASONS = ("hold", "incoming_message")
"""Tables whose `reason` is written by a person."""
KEPT_OF = (("deadline", "subject"), ("question", "subject"), ("insolvency_notice", "reference"))
"""Columns kept in one table: a `subject` that is a row's number (`placement:12`); what is put in the place of a notice's number."""

_KEPT = ", ".join(f"'{name}'" for name in KEPT_COLUMNS)
_FREE = ", ".join(f"'{name}'" for name in FREE_REASONS)
_KEPT_OF = ", ".join(f"('{table}', '{name}')" for table, name in KEPT_OF)

ERASING: tuple[str, ...] = (
    """
    CREATE OR REPLACE FUNCTION rows_of_customer(whom bigint) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE fk record; grown bigint; found bigint;
    BEGIN
        CREATE TEMP TABLE owned (tab regclass, id bigint, PRIMARY KEY (tab, id)) ON COMMIT DROP;
        INSERT INTO owned VALUES ('customer', whom);
        INSERT INTO owned SELECT 'cases', id FROM cases WHERE customer_id = whom;
        INSERT INTO owned SELECT 'stay', stay_id FROM stay_customer WHERE customer_id = whom;
        INSERT INTO owned SELECT DISTINCT 'question'::regclass, k.question_id FROM question_case k
            JOIN cases c ON c.id = k.case_id WHERE c.customer_id = whom;
        INSERT INTO owned SELECT 'payment', p.id FROM payment p WHERE EXISTS (
            SELECT FROM allocation a JOIN invoice i ON i.id = a.invoice_id WHERE a.payment_id = p.id AND i.customer_id = whom)
            AND NOT EXISTS (SELECT FROM allocation a JOIN invoice i ON i.id = a.invoice_id
                            WHERE a.payment_id = p.id AND i.customer_id <> whom AND a.undone_at IS NULL);
        LOOP
            grown := 0;
            FOR fk IN
                SELECT c.conrelid::regclass AS child, c.confrelid::regclass AS parent, a.attname AS name
                FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                WHERE c.contype = 'f' AND c.confrelid IN (SELECT tab FROM owned)
                  AND EXISTS (SELECT FROM pg_attribute i WHERE i.attrelid = c.conrelid AND i.attname = 'id')
            LOOP
                EXECUTE format('INSERT INTO owned SELECT %L::regclass, c.id FROM %s c JOIN owned o ON o.tab = %L::regclass '
                    'AND o.id = c.%I ON CONFLICT DO NOTHING', fk.child, fk.child, fk.parent, fk.name);
                GET DIAGNOSTICS found = ROW_COUNT;
                grown := grown + found;
            END LOOP;
            EXIT WHEN grown = 0;
        END LOOP;
    END $$
    """,
    f"""
    CREATE OR REPLACE FUNCTION erase_texts() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
    DECLARE one record;
    BEGIN
        FOR one IN
            SELECT o.tab, string_agg(format(CASE
                    WHEN a.atttypid = 'jsonb'::regtype THEN '%I = ''{{}}'''
                    WHEN a.atttypid = 'bytea'::regtype AND NOT a.attnotnull THEN '%I = NULL'
                    WHEN a.attnotnull THEN '%I = '''''
                    ELSE '%I = CASE WHEN %1$I IS NULL THEN NULL ELSE '''' END' END, a.attname), ', ') AS sets
            FROM (SELECT DISTINCT tab FROM owned) o JOIN pg_attribute a ON a.attrelid = o.tab JOIN pg_class r ON r.oid = o.tab
            WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid IN ('text'::regtype, 'jsonb'::regtype, 'bytea'::regtype)
              AND (a.attname NOT IN ({_KEPT}) OR a.attname = 'reason' AND r.relname IN ({_FREE}))
              AND (r.relname, a.attname) NOT IN ({_KEPT_OF})
              AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = o.tab AND k.conname = a.attname || '_known')
            GROUP BY o.tab
        LOOP
            EXECUTE format('UPDATE %s SET %s WHERE id IN (SELECT id FROM owned WHERE tab = %L::regclass)', one.tab, one.sets, one.tab);
        END LOOP;
    END $$
    """,  # noqa: S608 - our own column names
    """
    CREATE OR REPLACE FUNCTION erase_customer(whom bigint, moment timestamptz) RETURNS TABLE (erased text, count bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
        IF EXISTS (SELECT FROM cases WHERE customer_id = whom AND closed_at IS NULL) THEN
            RAISE EXCEPTION 'a case of this customer is open: nothing is erased';
        END IF;
        IF NOT EXISTS (SELECT FROM customer WHERE id = whom AND kind = 'consumer') THEN
            RAISE EXCEPTION 'only what is known of a consumer is erased';
        END IF;
        PERFORM set_config('relance.erasing', 'on', true);
        PERFORM rows_of_customer(whom);
        RETURN QUERY SELECT CAST(o.tab AS text), count(*) FROM owned o GROUP BY o.tab ORDER BY 1;
        DELETE FROM sink_message s USING message m, owned o WHERE o.tab = 'message'::regclass AND m.id = o.id AND s.sha256 = m.sha256;
        UPDATE message SET sha256 = encode(sha256(convert_to(CAST(salt AS text), 'UTF8') || raw), 'hex')
            WHERE id IN (SELECT id FROM owned WHERE tab = 'message'::regclass) AND raw <> '';
        UPDATE incoming_message SET sha256 = encode(sha256(convert_to(CAST(salt AS text), 'UTF8') || raw), 'hex'),
            provider_ref = 'erased:' || id WHERE id IN (SELECT id FROM owned WHERE tab = 'incoming_message'::regclass) AND raw <> '';
        UPDATE dispute_document SET sha256 = encode(sha256(convert_to(CAST(salt AS text), 'UTF8') || content), 'hex')
            WHERE id IN (SELECT id FROM owned WHERE tab = 'dispute_document'::regclass) AND content <> '';
        UPDATE message SET salt = CAST('00000000-0000-0000-0000-000000000000' AS uuid)
            WHERE id IN (SELECT id FROM owned WHERE tab = 'message'::regclass);
        UPDATE incoming_message SET salt = CAST('00000000-0000-0000-0000-000000000000' AS uuid)
            WHERE id IN (SELECT id FROM owned WHERE tab = 'incoming_message'::regclass);
        UPDATE dispute_document SET salt = CAST('00000000-0000-0000-0000-000000000000' AS uuid)
            WHERE id IN (SELECT id FROM owned WHERE tab = 'dispute_document'::regclass);
        UPDATE effect_history SET words = '' WHERE effect_id IN (SELECT id FROM owned WHERE tab = 'effect'::regclass);
        UPDATE staff_message SET raw = '', subject = '' WHERE key NOT LIKE 'seal-%' AND next_at IS NULL
            AND creditor_id = (SELECT creditor_id FROM customer WHERE id = whom);
        UPDATE cases SET written_off = nullif(written_off, ''), withdrawn = nullif(withdrawn, '') WHERE customer_id = whom;
        UPDATE cases SET written_off = CASE WHEN written_off IS NULL THEN NULL ELSE 'erased' END,
            withdrawn = CASE WHEN withdrawn IS NULL THEN NULL ELSE 'erased' END WHERE customer_id = whom;
        UPDATE insolvency_notice SET reference = 'erased:' || id WHERE customer_id = whom;
        PERFORM erase_texts();
        UPDATE customer SET name = '[erased]', erased_at = moment WHERE id = whom;
        PERFORM set_config('relance.erasing', '', true);
    END $$
    """,
)
"""`erase_customer`: which rows are a customer's, what is erased of them, and the act itself."""
