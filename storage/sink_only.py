"""Customers who hear from now on: what only the local sink had of them reached nobody, and is carried out again.

Done means confirmed (design 4.2), and the sink is nobody (4.12): a customer's first message is the first of its ladder,
never a formal notice that speaks of reminders no one got. What did reach the customer, was recorded as done before us or
was skipped by a person stays behind the case, and so does everything gentler than the hardest step that reached it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import DoneHow
from policies.ladder import Ladder
from storage import approvals, court_files, journal, policy_store
from storage.dossier_queries import CLIMBED
from storage.live_route import GOES_LIVE
from storage.voiding import void_questions

WHY = "only the sink had it"

_SILENT = text(
    f"""
    SELECT c.id FROM cases c JOIN creditor r ON r.id = c.creditor_id JOIN customer d ON d.id = c.customer_id
    WHERE c.creditor_id = :creditor AND c.closed_at IS NULL AND NOT {GOES_LIVE} ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_SUNK = text(
    f"""
    SELECT DISTINCT c.id, c.policy_hash FROM effect e JOIN cases c ON c.id = e.case_id
    JOIN creditor r ON r.id = c.creditor_id JOIN customer d ON d.id = c.customer_id
    WHERE c.id = ANY(:cases) AND c.closed_at IS NULL AND {GOES_LIVE} AND e.route = 'sink' AND e.channel <> 'call'
      AND e.state IN ('handing_over', 'confirmed', 'ambiguous') AND e.occurrence > c.occurrences_before ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_CLIMB = text(
    """
    WITH climbed AS (
        SELECT e.step, e.occurrence, bool_or(e.route = 'live' OR e.channel = 'call') AS reached, true AS tried
        FROM effect e JOIN cases c ON c.id = e.case_id
        WHERE c.id = :case AND e.occurrence > c.occurrences_before AND e.state IN ('handing_over', 'confirmed', 'ambiguous')
        GROUP BY e.step, e.occurrence
    )
    SELECT coalesce(s.step, t.step) AS step, s.id, coalesce(s.how, '') AS how, coalesce(t.reached, false) AS reached,
           coalesce(t.tried, false) AS tried
    FROM (SELECT s.* FROM step_done s JOIN cases c ON c.id = s.case_id
          WHERE c.id = :case AND s.occurrence > c.occurrences_before) s
    FULL JOIN climbed t ON t.step = s.step AND t.occurrence = s.occurrence ORDER BY 1, s.id
    """
)
"""Every step of the climb under way: behind the case (`id`) or only tried, and whether it reached anybody."""
_ANEW = text(
    f"""
    WITH was AS (SELECT id, occurrences_before AS before FROM cases WHERE id = :case),
    moved AS (
        UPDATE cases c SET occurrences_before = {CLIMBED}
        WHERE c.id = :case RETURNING c.id, c.occurrences_before
    )
    INSERT INTO step_done (case_id, step, stage, occurrence, done_on, how, why, pay_by)
    SELECT s.case_id, s.step, s.stage, moved.occurrences_before + s.occurrence - was.before, s.done_on, s.how, s.why, s.pay_by
    FROM step_done s JOIN was ON was.id = s.case_id JOIN moved ON moved.id = s.case_id WHERE s.id = ANY(:kept)
    """  # noqa: S608 - no outside text
)


async def silent(connection: AsyncConnection, creditor: int) -> list[int]:
    """The open cases of the creditor whose customers hear nothing now."""
    return list(await connection.scalars(_SILENT, {"creditor": creditor}))


async def begin_again(connection: AsyncConnection, cases: Iterable[int], at: datetime) -> tuple[int, ...]:
    """Of these cases, locked and silent so far, those whose customers now hear begin again where nobody had been reached.

    Answers which did. The gaps of the ladder hold from there on: nothing arrives in a heap.
    """
    begun: list[int] = []
    for row in (await connection.execute(_SUNK, {"cases": sorted(set(cases))})).all():
        climb = (await connection.execute(_CLIMB, {"case": row.id})).mappings().all()
        kept = _kept(climb, await policy_store.pinned(connection, row.policy_hash))
        if kept is None:
            continue
        await approvals.void(connection, [row.id], WHY, at)
        await void_questions(connection, row.id, WHY, at)
        await connection.execute(_ANEW, {"case": row.id, "kept": kept})
        again = sorted({one["step"] for one in climb} - {one["step"] for one in climb if one["id"] in kept})
        await journal.append(connection, "case", row.id, "begun_again", {"steps": again}, at)
        begun.append(row.id)
    await court_files.forget_sunk(connection, begun, at.date(), WHY, at)
    return tuple(begun)


def _kept(climb: Sequence[RowMapping], ladder: Ladder) -> list[int] | None:
    """The records that stay behind the case; None: everything that was tried has reached somebody, or is gentler."""
    place = {step.id: number for number, step in enumerate(ladder.steps)}
    hardest = max((place.get(one["step"], -1) for one in climb if _reached(one)), default=-1)
    if not any(one["tried"] and not one["reached"] and place.get(one["step"], -1) > hardest for one in climb):
        return None
    return [
        one["id"]
        for one in climb
        if one["id"] is not None and (place.get(one["step"], -1) <= hardest or one["how"] == DoneHow.SKIPPED)
    ]


def _reached(one: RowMapping) -> bool:
    """Whether the customer heard of the step: from us, or from whoever chased before us."""
    return (
        bool(one["reached"])
        or one["how"] == DoneHow.ELSEWHERE
        or (one["how"] == DoneHow.CONFIRMED and not one["tried"])
    )
