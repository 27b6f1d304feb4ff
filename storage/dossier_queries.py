"""The queries behind a dossier. All take `ids`; days are days in the debtor's time zone."""

from sqlalchemy import text

from policies.hold_laws import UNCOUNTED
from storage.agencies import ADDRESS, NAMED_FOR
from storage.dispute_sums import DEMANDED, GIVEN_UP, OPEN
from storage.hold_kinds import BROKEN_WORD, LASTING
from storage.live_route import GOES_LIVE

PRINCIPAL = OPEN
"""What is open of an invoice: derived, never stored (design 4.4)."""

TODAY = "(CAST(:as_of AS timestamptz) AT TIME ZONE d.zone)::date"
"""The debtor's day."""
UNCOUNTED_KINDS = ", ".join(f"'{kind.value}'" for kind in sorted(UNCOUNTED))
LASTING_KINDS = ", ".join(f"'{kind}'" for kind in LASTING)
OF_J = DEMANDED.replace("i.", "j.")
COUNTED = f"""j.due < {TODAY} AND {OF_J} > 0 AND NOT EXISTS (
    SELECT FROM hold h WHERE h.customer_id = j.customer_id AND (h.case_id IS NULL OR h.case_id = o.id)
      AND h.kind IN ({UNCOUNTED_KINDS}) AND h.ended_at IS NULL
      AND (h.until IS NULL OR h.until >= {TODAY} OR h.kind IN ({LASTING_KINDS})))"""
"""Whether an item `j` (of a case `o`, if it has one yet) is overdue and counted as such: what is disputed or agreed to be
paid later is not."""

BASE = text(
    f"""
    SELECT c.id, c.customer_id, c.creditor_id, c.currency, c.policy_hash, c.version, c.generation, c.run_id, c.wake_at,
           c.next_at, c.failures, c.problem, c.shown, c.written_off, c.withdrawn, c.outcome, c.closed_at,
           c.anchor, c.opened_on, c.invoice_id, i.number AS invoice, i.assignee, i.assignee_iban, i.issued, i.due, i.total, i.prepaid, i.paid, i.credited, {PRINCIPAL} AS principal, {GIVEN_UP} AS given_up,
           d.number AS customer_number, d.name AS customer_name, d.kind, d.country, d.region, d.language, d.zone, d.owner,
           k.email, k.phone, k.email_dead_at, k.phone_dead_at, k.name AS contact_name, r.letters,
           CASE WHEN k.postal_dead_at IS NULL THEN coalesce(k.postal, '') ELSE '' END AS postal,
           CASE WHEN s.postal_dead_at IS NULL THEN coalesce(s.postal, '') ELSE '' END AS seat,
           (SELECT max(p.pay_by) FROM posting p JOIN effect e ON e.message_id = p.message_id
            WHERE e.case_id = c.id AND e.state = 'confirmed') AS letter_until,
           (SELECT count(*) FROM hold h WHERE h.customer_id = d.id AND {BROKEN_WORD}) AS broken_promises,
           r.collecting, {GOES_LIVE} AS live, r.owner AS creditor_owner, r.agency_email, (SELECT {ADDRESS} FROM {NAMED_FOR} LIMIT 1) AS named_agency, r.legal_email, r.reply_to, r.email AS creditor_email, a.siblings, a.overdue, a.overdue_invoices,
           ARRAY(SELECT q.step FROM question_case qc JOIN question q ON q.id = qc.question_id
                 WHERE qc.case_id = c.id AND q.customer_id IS NOT NULL AND q.state IN ('open', 'gathering')) AS asked
    FROM cases c
    JOIN invoice i ON i.id = c.invoice_id
    JOIN customer d ON d.id = c.customer_id
    JOIN creditor r ON r.id = c.creditor_id
    LEFT JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts'
    LEFT JOIN contact s ON s.customer_id = d.id AND s.role = 'registered_office'
    CROSS JOIN LATERAL (
        SELECT count(o.id) AS siblings,
               coalesce(sum({OF_J}) FILTER (WHERE {COUNTED}), 0)::bigint AS overdue,
               count(*) FILTER (WHERE {COUNTED}) AS overdue_invoices
        FROM invoice j LEFT JOIN cases o ON o.invoice_id = j.id AND o.closed_at IS NULL
        WHERE j.customer_id = c.customer_id AND j.currency = c.currency AND j.kind = 'invoice'
          AND (o.id IS NOT NULL OR NOT j.case_opened)
    ) a
    WHERE c.id = ANY(:ids) ORDER BY c.id
    """  # noqa: S608 - no outside text
)

_MINE = "JOIN cases c ON c.id = o.case_id AND o.occurrence > c.occurrences_before WHERE o.case_id = ANY(:ids)"
"""Rows of the climb that is under way: those of one a migration ended stay in history."""
_TIME = "o.occurrence - c.occurrences_before AS occurrence"
CLIMBED = """greatest(c.occurrences_before,
    (SELECT coalesce(max(occurrence), 0) FROM step_done WHERE case_id = c.id),
    (SELECT coalesce(max(occurrence), 0) FROM effect WHERE case_id = c.id),
    (SELECT coalesce(max(occurrence), 0) FROM approval WHERE case_id = c.id))"""
"""Of a case `c`: the `occurrences_before` with which it climbs anew, past everything that ever was of it."""

STEPS = text(f"SELECT o.case_id, o.step, o.done_on, o.how, {_TIME} FROM step_done o {_MINE} ORDER BY o.id")  # noqa: S608

EFFECTS = text(
    f"""
    SELECT DISTINCT ON (o.case_id, o.step, o.occurrence, o.channel) o.case_id, o.step, o.channel, o.state, o.changed_at,
           o.attempt, o.temporary, o.words, {_TIME}, EXISTS (SELECT FROM delivery_event v
               WHERE v.message_id = o.message_id AND v.kind = 'not_delivered') AS bounced,
           o.state = 'handing_over' AND EXISTS (SELECT FROM posting p
               WHERE p.message_id = o.message_id AND p.withdrawn_at IS NULL AND p.posted_on IS NULL) AS queued
    FROM effect o {_MINE} AND o.state <> 'voided' ORDER BY o.case_id, o.step, o.occurrence, o.channel, o.attempt DESC
    """  # noqa: S608 - no outside text
)

AGREED = text(
    f"""
    SELECT o.id, o.case_id, o.step, o.kind, o.agreed_on, o.principal, o.message_id, o.question_id, m.recipient, m.channel,
           m.calculated_at, m.state AS draft, {_TIME}
    FROM approval o LEFT JOIN message m ON m.id = o.message_id {_MINE} AND o.voided_at IS NULL ORDER BY o.id
    """  # noqa: S608 - no outside text
)

HOLDS = text(
    """
    SELECT h.id, h.case_id, h.customer_id, h.kind, h.reason, h.since, h.until, h.owner, h.must_answer, h.channels, h.interest_until, h.word,
           h.ended_at IS NULL OR h.agreement_id IS NOT NULL AND h.ended_by = 'money' AS standing
    FROM hold h WHERE (h.ended_at IS NULL OR h.word IS NOT NULL)
      AND h.customer_id = ANY(SELECT customer_id FROM cases WHERE id = ANY(:ids))
      AND (h.case_id IS NULL OR h.case_id = ANY(:ids)) ORDER BY h.id
    """
)

MAY_BE_PAID = text(
    """
    SELECT c.id AS case_id, l.payment_id, l.proposed, m.left, p.currency, p.value_date, p.counterparty
    FROM cases c JOIN line_claim l ON l.invoice_id = c.invoice_id JOIN line_match m ON m.payment_id = l.payment_id
    JOIN payment p ON p.id = l.payment_id
    WHERE c.id = ANY(:ids) ORDER BY c.id, NOT l.proposed, p.value_date, l.payment_id
    """
)
"""Money that has come and may be for the invoice of a case."""

OPENINGS = text(
    """
    SELECT c.id AS case_id, c.customer_id, c.currency, o.stage, o.until
    FROM cases c JOIN customer d ON d.id = c.customer_id CROSS JOIN LATERAL (
        SELECT q.stage, NULL::date AS until FROM question_case qc JOIN question q ON q.id = qc.question_id
        WHERE qc.case_id = c.id AND q.state IN ('open', 'gathering') AND q.stage <> ''
        UNION ALL
        SELECT m.stage, NULL FROM effect e JOIN message m ON m.id = e.message_id
        WHERE e.case_id = c.id AND m.resend_of IS NULL AND (e.state IN ('reserved', 'handing_over') OR e.state = 'ambiguous' AND e.channel <> 'sms')
        UNION ALL
        SELECT s.stage, s.pay_by FROM step_done s
        WHERE s.case_id = c.id AND s.pay_by >= (CAST(:as_of AS timestamptz) AT TIME ZONE d.zone)::date
    ) o
    WHERE c.customer_id = ANY(:customers) AND c.closed_at IS NULL
    """
)

DEBTOR = text(
    """
    SELECT o.id FROM cases o JOIN cases c ON c.id = :case AND o.customer_id = c.customer_id AND o.currency = c.currency
    WHERE o.closed_at IS NULL ORDER BY o.id
    """
)
"""All open cases of the debtor of `case`, in its currency."""
