"""What the second schema adds to the guards: invoices know that they have a case, and the application's rights."""

LAW_GUARDS: tuple[str, ...] = (
    """
    CREATE FUNCTION note_case_opened() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        UPDATE invoice SET case_opened = true WHERE id = NEW.invoice_id AND NOT case_opened;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION occurrence_now(of_case bigint, of_step text) RETURNS bigint LANGUAGE sql STABLE AS $$
        SELECT 1 + greatest(c.occurrences_before, coalesce((
            SELECT max(s.occurrence) FROM step_done s WHERE s.case_id = of_case AND s.step = of_step), 0))
        FROM cases c WHERE c.id = of_case
    $$
    """,
    "CREATE TRIGGER case_opened_noted AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION note_case_opened()",
)
"""However a case is made, its invoice leaves the index of those that still need one. The time of a step that is now its
turn follows those behind the case; what an ended climb holds is never counted again."""

LAW_RIGHTS: tuple[str, ...] = (
    """
    DO $$
    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'relance_app') THEN
            GRANT SELECT, INSERT, UPDATE, DELETE
                ON policy_rule, rate_value, terms_record, limitation_act, policy_plan, policy_plan_case,
                hold_instalment TO relance_app;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO relance_app;
            REVOKE UPDATE, DELETE ON limitation_act, rate_value FROM relance_app;
            REVOKE DELETE ON terms_record FROM relance_app;
        END IF;
    END $$
    """,
)
"""Acts that keep a claim alive and rates are added, never rewritten: the latest row for a day counts. A terms record is
withdrawn, never removed."""
