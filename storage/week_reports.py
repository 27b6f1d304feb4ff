"""Which weekly reports are due: one per creditor and week, none where nothing was collected in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.report_week import ReportWeek, last_told, week_before, week_of
from storage import service_times
from storage.bulk import rows_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class DueReport:
    """A week whose report a creditor is owed; `others`: there are more creditors in the house."""

    creditor: int
    creditor_name: str
    week: ReportWeek
    others: bool

    @property
    def key(self) -> str:
        """Small letters, digits and dashes, unlike any other report's."""
        return f"week-{self.creditor}-{self.week}".lower()


_CREDITORS = text(
    """
    SELECT r.id, r.name, r.zone, r.digest_hour, t.last_at, (SELECT count(*) FROM creditor) > 1 AS others
    FROM creditor r LEFT JOIN service_time t ON t.name = 'week-' || r.id WHERE r.digest_hour IS NOT NULL ORDER BY r.id
    """
)
_COLLECTED = text(
    "SELECT EXISTS (SELECT FROM cases WHERE creditor_id = :creditor AND opened_at < :ends "
    "AND (closed_at IS NULL OR closed_at >= :starts))"
)


async def due(as_of: datetime) -> tuple[DueReport, ...]:
    """The reports of the last week that is over, on its Monday from the creditor's hour on, until they are written."""
    found = []
    async with reading() as connection:
        for row in await rows_of(connection, _CREDITORS, {}):
            zone = ZoneInfo(row["zone"])
            week = last_told(as_of, zone, row["digest_hour"])
            told = row["last_at"] is not None and row["last_at"] >= week.told_at(zone, row["digest_hour"])
            if not told and await _collected(connection, row["id"], week, zone):
                found.append(DueReport(row["id"], row["name"], week, row["others"]))
    return tuple(found)


async def written(one: DueReport, as_of: datetime) -> None:
    """The report has its run: none of this week, nor of one before it, is due any more."""
    await service_times.done(f"week-{one.creditor}", as_of)


async def next_due(as_of: datetime) -> datetime | None:
    """When the next report is due, at `as_of` if one is now; None: nothing is collected."""
    if await due(as_of):
        return as_of
    async with reading() as connection:
        found = [await _next(connection, row, as_of) for row in await rows_of(connection, _CREDITORS, {})]
    return min((moment for moment in found if moment is not None), default=None)


async def _next(connection: AsyncConnection, creditor: Mapping[str, Any], as_of: datetime) -> datetime | None:
    """The first Monday hour after `as_of` whose week had, or has so far, something that was collected."""
    zone = ZoneInfo(creditor["zone"])
    today = as_of.astimezone(zone).date()
    for week in (week_before(today), week_of(today)):
        moment = week.told_at(zone, creditor["digest_hour"])
        if moment > as_of and await _collected(connection, creditor["id"], week, zone):
            return moment
    return None


async def _collected(connection: AsyncConnection, creditor: int, week: ReportWeek, zone: ZoneInfo) -> bool:
    values = {"creditor": creditor, "starts": week.begins(zone), "ends": week.ends(zone)}
    return bool(await connection.scalar(_COLLECTED, values))
