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
