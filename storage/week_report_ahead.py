"""Of a weekly report: the acts of the next five days, as they come if nothing changes."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.calendar_days import days_after
from policies.forecast import forecast
from policies.stages import HARDNESS, Channel, Stage
from storage.bulk import chunks
from storage.dossier import load
from storage.week_report_span import Span

DAYS = 5
LOOKED_AT = 2_000
"""Cases decided about ahead; each takes some milliseconds."""
LOADED = 250


@dataclass(frozen=True, slots=True)
class Coming:
    """Acts of one day: `how` is the channel, or `question` where a person is asked first; counted by invoice."""

    on: date
    stage: str
    how: str
    asks: bool
    count: int


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes until the day `until`; `beyond`: cases that will be looked at too, and were not for this."""

    until: date
    acts: tuple[Coming, ...]
    beyond: int


_WAKING = text(
    "SELECT id FROM cases WHERE creditor_id = :creditor AND closed_at IS NULL AND next_at < :ends ORDER BY next_at, id"
)


async def ahead(connection: AsyncConnection, span: Span, channels: frozenset[Channel]) -> Ahead:
    """The acts of today and the four days after it. A case that waits beyond them, or for a person, has none."""
    until = days_after(span.today, DAYS - 1)
    ends = datetime.combine(days_after(until, 1), time(), tzinfo=ZoneInfo(span.zone)).astimezone(UTC)
    cases = list(await connection.scalars(_WAKING, {"creditor": span.creditor, "ends": ends}))
    found: Counter[tuple[date, str, str, bool]] = Counter()
    for part in chunks(cases[:LOOKED_AT], LOADED):
        for dossier in (await load(connection, part, span.at, channels)).values():
            coming = forecast(dossier.case, dossier.ladder, span.at, until)
            found.update((one.on, one.stage.value, one.how, one.asks) for one in coming)
    acts = sorted((Coming(*key, count) for key, count in found.items()), key=_place)
    return Ahead(until, tuple(acts), max(len(cases) - LOOKED_AT, 0))


def _place(one: Coming) -> tuple[date, int, str]:
    return one.on, HARDNESS[Stage(one.stage)], one.how
