"""Who is treated outside the policy: what holds them, what was waived for them, which ladder is their own."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import TextClause, text

from policies.facts import DoneHow
from storage.bulk import rows_of
from storage.dossier_queries import PRINCIPAL, TODAY
from storage.hold_kinds import LASTING
from storage.session import reading


class Way(StrEnum):
    """How somebody is treated otherwise than the policy of all says."""

    HOLD = "hold"
    SKIPPED_STEP = "skipped_step"
    OWN_POLICY = "own_policy"


@dataclass(frozen=True, slots=True)
class TreatedOtherwise:
    """One exception: what it is, for whom (no invoice: all of the customer's), since when, by whom, why."""

    way: Way
    what: str
    """The kind of hold, the step, or the policy."""
    customer_number: str
    customer_name: str
    invoice: str
    since: date
    until: date | None
    by: str
    reason: str


_HOLDS = text(
    f"""
    SELECT 'hold' AS way, h.kind AS what, d.number AS customer_number, d.name AS customer_name,
           coalesce(i.number, '') AS invoice, h.since, h.until, h.owner AS by, h.reason
    FROM hold h JOIN customer d ON d.id = h.customer_id
    LEFT JOIN cases c ON c.id = h.case_id LEFT JOIN invoice i ON i.id = c.invoice_id
    WHERE h.ended_at IS NULL AND c.closed_at IS NULL
      AND (h.until IS NULL OR h.until >= {TODAY} OR h.kind = ANY(:lasting))
    """  # noqa: S608 - no outside text
)
_SKIPPED = text(
    """
    SELECT 'skipped_step' AS way, s.step AS what, d.number AS customer_number, d.name AS customer_name,
           i.number AS invoice, s.done_on AS since, CAST(NULL AS date) AS until, coalesce(j.actor, '') AS by, s.why AS reason
    FROM step_done s JOIN cases c ON c.id = s.case_id AND c.closed_at IS NULL AND s.occurrence > c.occurrences_before
    JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    LEFT JOIN LATERAL (
        SELECT facts ->> 'actor' AS actor FROM journal WHERE chain = 'case:' || c.id AND kind = 'step_behind'
          AND facts ->> 'step' = s.step AND facts ->> 'how' = s.how ORDER BY place DESC LIMIT 1
    ) j ON true
    WHERE s.how = :skipped
    """
)
_OWN_OF_CUSTOMER = text(
    """
    SELECT 'own_policy' AS way, d.policy AS what, d.number AS customer_number, d.name AS customer_name, '' AS invoice,
           (coalesce(j.at, d.recorded_at) AT TIME ZONE d.zone)::date AS since, CAST(NULL AS date) AS until,
           coalesce(j.actor, '') AS by, coalesce(j.reason, '') AS reason
    FROM customer d LEFT JOIN LATERAL (
        SELECT at, facts ->> 'actor' AS actor, facts ->> 'reason' AS reason FROM journal
        WHERE chain = 'customer:' || d.id AND (facts ? 'policy' OR facts -> 'fields' ? 'policy')
        ORDER BY place DESC LIMIT 1
    ) j ON true
    WHERE d.policy <> ''
    """
)
_OWN_OF_INVOICE = text(
    f"""
    SELECT 'own_policy' AS way, i.policy AS what, d.number AS customer_number, d.name AS customer_name,
           i.number AS invoice, (i.recorded_at AT TIME ZONE d.zone)::date AS since, CAST(NULL AS date) AS until,
           '' AS by, '' AS reason
    FROM invoice i JOIN customer d ON d.id = i.customer_id
    WHERE i.policy <> '' AND i.kind = 'invoice' AND {PRINCIPAL} > 0
    """  # noqa: S608 - no outside text
)


async def exceptions(as_of: datetime) -> tuple[TreatedOtherwise, ...]:
    """Everybody who is treated outside the policy at `as_of`: by customer, what is oldest first. Closed cases are not.

    An empty `by` is a file of the accounting program.
    """
    asked: tuple[tuple[TextClause, dict[str, object]], ...] = (
        (_OWN_OF_CUSTOMER, {}),
        (_OWN_OF_INVOICE, {}),
        (_HOLDS, {"as_of": as_of, "lasting": LASTING}),
        (_SKIPPED, {"skipped": DoneHow.SKIPPED.value}),
    )
    found: list[TreatedOtherwise] = []
    async with reading() as connection:
        for query, values in asked:
            rows = await rows_of(connection, query, values)
            found += [TreatedOtherwise(**{**row, "way": Way(row["way"])}) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.customer_name, one.customer_number, one.since, one.way)))
