"""What matching adds to the guards: what persons decided is never rewritten, and the application's rights."""

MATCHING_GUARDS: tuple[str, ...] = tuple(
    f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION keep_history()"
    for table in ("match_decision", "match_decision_share")
)

MATCHING_RIGHTS: tuple[str, ...] = (
    """
    DO $$
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN
            GRANT SELECT, INSERT ON match_decision, match_decision_share TO relance_app;
            GRANT SELECT, INSERT, UPDATE, DELETE ON line_match, line_claim TO relance_app;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO relance_app;
        END IF;
    END $$
    """,
)

TO_SETTLE_RIGHTS: tuple[str, ...] = (
    """
    DO $$
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN
            GRANT SELECT, INSERT, DELETE ON decision_to_settle TO relance_app;
        END IF;
    END $$
    """,
)
