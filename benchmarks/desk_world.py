"""A house with thousands of open questions: customers, invoices, cases, questions open and answered, messages of months."""

from importlib.resources import files

import asyncpg

CREDITOR = "INSERT INTO creditor (name, owner, manager) VALUES ('Atelier Nord SAS', 'marie', 'paul')"
POLICY = "INSERT INTO policy (hash, ladder, text) VALUES ('none', 'fr-b2b', $1)"
CUSTOMERS = """
    INSERT INTO customer (creditor_id, number, name, kind, country, owner)
    SELECT 1, 'C' || n, 'Client ' || n || ' SARL', 'business', 'FR', (ARRAY['marie', 'karim', ''])[1 + n % 3]
    FROM generate_series(1, $1::integer) n
"""
CONTACTS = """
    INSERT INTO contact (customer_id, role, email) SELECT id, 'accounts', 'compta@' || lower(number) || '.example' FROM customer
"""
INVOICES = """
    INSERT INTO invoice (creditor_id, source, number, kind, customer_id, issued, due, currency, total, paid, case_opened)
    SELECT 1, 'bench', 'FA-' || n, 'invoice', 1 + (n - 1) % $2::integer, g.due - 30, g.due, 'EUR', 10000 + (n * 7919::bigint) % 2000000,
           CASE WHEN n > $3::integer THEN 10000 + (n * 7919::bigint) % 2000000 ELSE 0 END, true
    FROM generate_series(1, $1::integer) n CROSS JOIN LATERAL (SELECT DATE '2026-03-01' - (n % 200)::integer AS due) g
"""
"""The first of them are open and asked about, the others are paid."""
CASES = """
    INSERT INTO cases (creditor_id, customer_id, invoice_id, currency, policy_hash, opened_at, opened_on, run_id, outcome, closed_at)
    SELECT 1, customer_id, id, 'EUR', 'none', due + interval '3 days', due + 3, gen_random_uuid(),
           CASE WHEN paid > 0 THEN 'paid' END, CASE WHEN paid > 0 THEN due + interval '40 days' END
    FROM invoice
"""
QUESTIONS = """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, lead_id, state, todo, title, description, amount,
                          asked_at, ended_at)
    SELECT 1, c.customer_id, 'EUR', k.kind, k.stage, k.stage, min(c.id), $2::text, (ARRAY['marie', 'karim', ''])[1 + c.customer_id % 3],
           'Approve formal notice · Client ' || c.customer_id || ' SARL', repeat('Words of the notice that would leave. ', 100),
           sum(i.total), min(i.due) + interval '30 days', CASE WHEN $2::text = 'open' THEN NULL ELSE min(i.due) + interval '31 days' END
    FROM cases c JOIN invoice i ON i.id = c.invoice_id CROSS JOIN LATERAL (
        SELECT (ARRAY['approve', 'call_outcome', 'exhausted', 'approve'])[1 + c.customer_id % 4] AS kind,
               (ARRAY['formal_notice', 'follow_up_call', '', 'agency'])[1 + c.customer_id % 4] AS stage
    ) k WHERE (c.closed_at IS NULL) = ($2::text = 'open') AND c.customer_id <= $1::integer GROUP BY c.customer_id, k.kind, k.stage
"""
COVERED = """
    INSERT INTO question_case (question_id, case_id, principal)
    SELECT q.id, c.id, i.total FROM question q JOIN cases c ON c.customer_id = q.customer_id AND (c.closed_at IS NULL) = (q.state = 'open')
    JOIN invoice i ON i.id = c.invoice_id
"""
MESSAGES = """
    INSERT INTO message (creditor_id, customer_id, kind, currency, stage, step, window_on, occurrence, channel, state, route, key, recipient, subject,
                         text, raw, demanded, calculated_at, handed_at)
    SELECT 1, i.customer_id, 'step', 'EUR', 'second_reminder', 'second_reminder', i.due + 15, i.id, 'email', 'confirmed', 'live', 'k' || i.id,
           'compta@c' || i.customer_id || '.example', 'Votre compte', 'Bonjour', decode(repeat('41', 2000), 'hex'), i.total,
           i.due + interval '15 days 9 hours', i.due + interval '15 days 9 hours'
    FROM invoice i
"""
PAYMENTS = """
    INSERT INTO payment (creditor_id, fingerprint, source, booked, value_date, amount, allocated, currency, counterparty, text)
    SELECT 1, 'p' || id, 'bench', due + 20, due + 20, total, total, 'EUR', 'CLIENT ' || customer_id, number FROM invoice WHERE paid > 0
"""
ACCOUNT = (
    "INSERT INTO bank_account (creditor_id, account, through, read_at) VALUES (1, 'FR76', '2026-03-02', '2026-03-03')"
)


async def furnish(owner: str, *, customers: int, asked: int, invoices: int) -> None:
    """Writes the house as the owner of the tables: `asked` customers are asked about with two invoices each, all `invoices` have a case."""
    connection = await asyncpg.connect(owner)
    try:
        await connection.execute("SET synchronous_commit = off")
        await connection.execute(CREDITOR)
        await connection.execute(POLICY, (files("policies") / "ladders" / "fr-b2b.toml").read_bytes())
        await connection.execute(CUSTOMERS, customers)
        await connection.execute(CONTACTS)
        await connection.execute(INVOICES, invoices, customers, customers + asked)
        await connection.execute("ALTER TABLE cases DISABLE TRIGGER case_opened_noted")
        await connection.execute(CASES)
        await connection.execute("ALTER TABLE cases ENABLE TRIGGER case_opened_noted")
        for state in ("answered", "open"):
            await connection.execute(QUESTIONS, asked, state)
        for statement in (COVERED, MESSAGES, PAYMENTS, ACCOUNT, "VACUUM ANALYZE"):
            await connection.execute(statement)
    finally:
        await connection.close()
