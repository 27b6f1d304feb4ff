"""What the engine did, read out of its own ledger, as the same lists of lines."""

from tests.agreement.habits import PARIS
from tests.agreement.lines import Told, act, ending, question, step
from tests.engine.world import World

_MESSAGES = """
    SELECT m.handed_at, d.number, m.stage, m.channel, m.demanded, m.currency,
           array_agg(i.number ORDER BY i.number), array_agg(e.step ORDER BY i.number), array_agg(e.occurrence ORDER BY i.number)
    FROM message m JOIN customer d ON d.id = m.customer_id JOIN effect e ON e.message_id = m.id
    JOIN cases c ON c.id = e.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE m.state = 'confirmed' AND e.state = 'confirmed' GROUP BY m.id, d.number
"""
_CALLS = """
    SELECT e.changed_at, d.number, e.channel, sum(e.amount)::bigint, e.currency,
           array_agg(i.number ORDER BY i.number), array_agg(e.step ORDER BY i.number), array_agg(e.occurrence ORDER BY i.number)
    FROM effect e JOIN cases c ON c.id = e.case_id JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    WHERE e.channel = 'call' AND e.state IN ('confirmed', 'refused')
    GROUP BY e.changed_at, d.number, e.channel, e.currency
"""
_ANSWERED = """
    SELECT (q.ended_at AT TIME ZONE 'Europe/Paris')::date, d.number, q.kind, q.stage, array_agg(i.number)
    FROM question q JOIN customer d ON d.id = q.customer_id JOIN question_case k ON k.question_id = q.id
    JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id WHERE q.state = 'answered' GROUP BY q.id, d.number
"""
_STEPS = """
    SELECT i.number, s.done_on, s.step, s.occurrence, s.how FROM step_done s JOIN cases c ON c.id = s.case_id
    JOIN invoice i ON i.id = c.invoice_id
"""
_ENDINGS = """
    SELECT i.number, p.ladder, c.outcome, (c.closed_at AT TIME ZONE 'Europe/Paris')::date,
           greatest(i.total - i.prepaid - i.paid - i.credited, 0)
    FROM invoice i LEFT JOIN cases c ON c.invoice_id = i.id LEFT JOIN policy p ON p.hash = c.policy_hash
    WHERE i.kind = 'invoice'
"""


def kept(world: World) -> Told:
    """Every message that left and every call, every answer, every step behind an invoice, and how each ended."""
    messages = [
        act(at, PARIS, number, stage, channel, demanded, currency, zip(items, steps, times, strict=True))
        for at, number, stage, channel, demanded, currency, items, steps, times in world.rows(_MESSAGES)
    ]
    calls = [
        act(at, PARIS, number, "follow_up_call", channel, amount, currency, zip(items, steps, times, strict=True))
        for at, number, channel, amount, currency, items, steps, times in world.rows(_CALLS)
    ]
    return Told(
        messages + calls,
        [question(*row) for row in world.rows(_ANSWERED)],
        [step(*row) for row in world.rows(_STEPS)],
        [ending(*row) for row in world.rows(_ENDINGS)],
    ).sorted()
