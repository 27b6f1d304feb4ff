"""What the database itself refuses: changes to history, and anything beyond the application's rights."""

APPEND_ONLY = ("journal", "effect_history", "answer", "answer_verdict")

GUARDS: tuple[str, ...] = (
    """
    CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'history is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
    END $$
    """,
    *(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION keep_history()"
        for table in APPEND_ONLY
    ),
    """
    CREATE FUNCTION note_effect() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        IF TG_OP = 'INSERT' OR NEW.state IS DISTINCT FROM OLD.state THEN
            INSERT INTO effect_history (effect_id, state, words, at) VALUES (NEW.id, NEW.state, NEW.words, NEW.changed_at);
        END IF;
        RETURN NEW;
    END $$
    """,
    "CREATE TRIGGER effect_noted AFTER INSERT OR UPDATE ON effect FOR EACH ROW EXECUTE FUNCTION note_effect()",
)
"""Append-only tables, and the trigger that writes down every state an effect goes through."""

RIGHTS: tuple[str, ...] = (
    """
    DO $$
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN
            GRANT USAGE ON SCHEMA public TO relance_app;
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO relance_app;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO relance_app;
            REVOKE UPDATE, DELETE ON journal, effect_history, answer, answer_verdict FROM relance_app;
            REVOKE INSERT ON effect_history FROM relance_app;
            REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM relance_app;
        END IF;
    END $$
    """,
)
"""The application's role: no DDL, no rewriting of history."""

KEPT: tuple[str, ...] = (
    """
    CREATE OR REPLACE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND current_setting('relance.erasing', true) = 'on'
                AND TG_TABLE_NAME NOT IN ('journal', 'seal', 'seal_leaf', 'erasure') THEN
            RETURN NULL;
        END IF;
        RAISE EXCEPTION 'history is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
    END $$
    """,
    """
    CREATE FUNCTION keep_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF current_setting('relance.erasing', true) = 'on' THEN
            RETURN NEW;
        END IF;
        RAISE EXCEPTION 'what was written is kept as it was: a change of it in % is refused', TG_TABLE_NAME;
    END $$
    """,
)
"""History as before, but for the one act that erases a person's data; and bytes that stay as they were written."""

BYTES_KEPT = {
    "message": ("raw", "text", "subject", "sender", "recipient", "sha256", "salt", "key", "customer_id"),
    "incoming_message": ("raw", "text", "subject", "sender", "recipient", "sha256", "salt", "provider_ref"),
    "staff_message": ("raw", "subject", "sender", "recipient", "sha256", "key"),
    "terms_record": ("document", "document_sha256", "accepted_on", "rate", "flat", "words"),
}
"""Columns in which nothing is changed once it is written, in tables whose rows live on."""


def _only_others(table: str, kept: tuple[str, ...]) -> str:
    names = ", ".join(f"'{name}'" for name in kept)
    return f"""
    DO $$
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN
            REVOKE UPDATE ON {table} FROM relance_app;
            EXECUTE (SELECT 'GRANT UPDATE (' || string_agg(quote_ident(attname), ', ') || ') ON {table} TO relance_app'
                     FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped
                     AND attname NOT IN ({names}));
        END IF;
    END $$
    """  # noqa: S608 - our own table names


_GUARD = """
    DO $$
    DECLARE found record;
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN
            RETURN;
        END IF;
        FOR found IN
            SELECT c.relname AS name, has_any_column_privilege('relance_app', c.oid, 'UPDATE')
                   OR has_table_privilege('relance_app', c.oid, 'DELETE') AS changes,
                   EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = c.relname || '_guarded') AS ours,
                   EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                           WHERE t.tgrelid = c.oid AND p.proname = 'keep_history') AS guarded
            FROM pg_class c
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
        LOOP
            IF found.changes AND found.ours THEN
                EXECUTE format('DROP TRIGGER %I ON %I', found.name || '_guarded', found.name);
            ELSIF NOT found.changes AND NOT found.guarded THEN
                EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I '
                    'FOR EACH STATEMENT EXECUTE FUNCTION keep_history()', found.name || '_guarded', found.name);
            END IF;
        END LOOP;
    END $$
"""

PROTECT: tuple[str, ...] = (_GUARD, *(_only_others(*one) for one in BYTES_KEPT.items()))
"""After every migration: what the application may not change, nobody changes by mistake, not even the tables' owner; and of
rows that live on it changes no byte that was written."""
