"""Measures nobody had to think of: those a ladder proposes, and those lifted by a payment that went back, or by a dispute that was
rejected."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.ladder_measure import LadderMeasure
from policies.measure import Origin, is_met
from storage import credit_exposures, measure_books, policy_store
from storage.bulk import rows_of
from storage.facts import lock_debtor
from storage.hold_kinds import LASTING, STANDING
from storage.measure_books import SELECT, MeasureRow, NewMeasure, row_of
from storage.session import reading, transaction

MORNING = time(6)
"""When the stepped clock stops for a proposal (UTC)."""

_LADDERS = text("SELECT DISTINCT policy_hash FROM cases WHERE closed_at IS NULL ORDER BY policy_hash")
_DUE = text(
    f"""
    SELECT c.id AS case, c.customer_id AS customer, c.currency, min(s.done_on) AS done_on, d.zone
    FROM cases c JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id
    JOIN step_done s ON s.case_id = c.id AND s.step = :after AND s.how IN ('confirmed', 'elsewhere')
    WHERE c.closed_at IS NULL AND c.policy_hash = :hash AND d.kind <> 'consumer' AND r.collecting
      AND NOT EXISTS (SELECT FROM measure_case k JOIN measure m ON m.id = k.measure_id WHERE k.case_id = c.id AND m.kind = :kind)
      AND NOT EXISTS (SELECT FROM measure m WHERE m.customer_id = c.customer_id AND m.currency = c.currency AND m.kind = :kind
                      AND m.state IN ('proposed', 'taken'))
      AND NOT EXISTS (SELECT FROM hold h WHERE (h.case_id = c.id OR h.case_id IS NULL AND h.customer_id = c.customer_id)
                      AND h.channels = '' AND {STANDING})
    GROUP BY c.id, d.id ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_WENT_BACK = text(
    f"""
    {SELECT} WHERE m.state = 'lifted' AND m.ended_how = 'paid' AND NOT EXISTS (SELECT FROM measure n WHERE n.renews = m.id)
      AND NOT EXISTS (SELECT FROM measure n WHERE n.customer_id = m.customer_id AND n.currency = m.currency AND n.kind = m.kind
                      AND n.state IN ('proposed', 'taken'))
      AND EXISTS (SELECT FROM allocation a JOIN invoice i ON i.id = a.invoice_id WHERE i.customer_id = m.customer_id
                  AND i.currency = m.currency AND a.kind = 'payment' AND a.undone_at >= m.ended_at
                  UNION ALL SELECT FROM dispute x WHERE x.customer_id = m.customer_id AND x.currency IN ('', m.currency)
                  AND x.opened_at <= m.ended_at AND x.state IN ('rejected', 'withdrawn') AND x.decided_at >= m.ended_at)
    ORDER BY m.id
    """  # noqa: S608 - no outside text
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A case that has reached the step after which its ladder proposes a measure."""

    case: int
    customer: int
    currency: str
    done_on: date
    zone: str
    ladder: str
    measure: LadderMeasure


async def propose_due(at: datetime) -> int:
    """One round: write down every measure whose day has come; answers how many. Nobody is asked yet."""
    async with reading() as connection:
        reached = await _reached(connection, at)
        back = await _went_back(connection, at)
    proposed = 0
    for group in _by_debtor(reached):
        proposed += await _propose(group, at)
    for row in back:
        proposed += await _again(row, at)
    return proposed


async def next_proposal(connection: AsyncConnection, now: datetime) -> datetime | None:
    """When a ladder proposes the next measure, or a payment that went back asks for one; None: nothing is to come."""
    soon = now + timedelta(minutes=1)
    if await _went_back(connection, now):
        return soon
    days = []
    for group in _by_debtor(await _reached(connection, now)):
        owed = await credit_exposures.of_customer(connection, group[0].customer, group[0].currency, now)
        days += [
            one.measure.starts_on(one.done_on) for one in group if one.measure.is_proposed(owed, one.done_on, date.max)
        ]
    return max(datetime.combine(min(days), MORNING, UTC), soon) if days else None


async def _reached(connection: AsyncConnection, at: datetime) -> list[Reached]:
    found: list[Reached] = []
    for hash in list(await connection.scalars(_LADDERS)):
        ladder = await policy_store.pinned(connection, hash)
        for measure in ladder.measures:
            which = {"hash": hash, "after": measure.after, "kind": measure.kind, "today": at.date(), "lasting": LASTING}
            found += [
                Reached(**row, ladder=ladder.id, measure=measure) for row in await rows_of(connection, _DUE, which)
            ]
    return found


def _by_debtor(reached: Iterable[Reached]) -> Iterator[list[Reached]]:
    """Those of one customer, currency and kind of measure together."""
    groups: dict[tuple[int, str, str], list[Reached]] = defaultdict(list)
    for one in reached:
        groups[one.customer, one.currency, one.measure.kind].append(one)
    yield from groups.values()


async def _propose(group: list[Reached], at: datetime) -> bool:
    some = group[0]
    today = at.astimezone(ZoneInfo(some.zone)).date()
    async with transaction() as connection:
        await lock_debtor(connection, some.customer)
        owed = await credit_exposures.of_customer(connection, some.customer, some.currency, at)
        due = [one for one in group if one.measure.is_proposed(owed, one.done_on, today)]
        if not due:
            return False
        measure, lower = due[0].measure, due[0].measure.lower(some.currency)
        new = NewMeasure(
            some.customer, some.currency, measure.kind, measure.lifted_by, Origin.LADDER, due[0].ladder, lower,
            why=measure.after, review_days=measure.review_days,
        )  # fmt: skip
        return await measure_books.propose(connection, new, [one.case for one in due], at) is not None


async def _went_back(connection: AsyncConnection, at: datetime) -> list[MeasureRow]:
    """Measures lifted by a payment that went back since, or while a dispute stood that does no more, and which would not be lifted now."""
    rows = [row_of(row) for row in await rows_of(connection, _WENT_BACK, {})]
    found = []
    for row in rows:
        owed = await credit_exposures.of_customer(connection, row.customer, row.currency, at)
        if not is_met(row.lifted_by, owed, row.lower_limit):
            found.append(row)
    return found


async def _again(row: MeasureRow, at: datetime) -> bool:
    """The question is put again; the measure itself is not taken by it."""
    async with transaction() as connection:
        await lock_debtor(connection, row.customer)
        new = NewMeasure(
            row.customer, row.currency, row.kind, row.lifted_by, Origin.MONEY_BACK, "relance", row.lower_limit, row.clause,
            renews=row.number, review_days=row.review_days,
        )  # fmt: skip
        cases = await measure_books.open_of(connection, row)
        return await measure_books.propose(connection, new, cases, at) is not None
