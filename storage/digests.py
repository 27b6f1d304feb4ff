"""Whose digest is due on a day, and since when it tells: once per person and working day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from policies.calendar import Calendar
from policies.calendar_days import days_after
from policies.digest_day import digest_day, due_at, next_digest
from policies.staff import Role
from storage import service_times
from storage.bulk import rows_of
from storage.holiday_sets import holidays_around
from storage.session import reading

SERVICE = "digest"
FARTHEST = timedelta(days=7)
"""What happened longer ago is no news, however long Relance has stood still."""
USUAL = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who wants a digest and is there to read it."""

    login: str
    name: str
    language: str
    role: Role


@dataclass(frozen=True, slots=True)
class DigestDay:
    """A day whose digests are due: of which creditor, on which of its days, news since when, and when the day is over."""

    creditor: int
    desk_url: str
    on: date
    since: datetime
    ends: datetime


_HOUSE = text("SELECT id, zone, country, digest_hour, desk_url FROM creditor ORDER BY id LIMIT 1")
_READERS = text(
    """
    SELECT login, coalesce(nullif(name, ''), login) AS name, language, role FROM person
    WHERE digest AND email <> '' AND disabled_at IS NULL
      AND NOT ((absent_from IS NOT NULL OR absent_until IS NOT NULL)
               AND :today BETWEEN coalesce(absent_from, '-infinity') AND coalesce(absent_until, 'infinity'))
    ORDER BY id
    """
)
_ANYBODY = text("SELECT EXISTS (SELECT FROM person WHERE digest AND email <> '' AND disabled_at IS NULL)")


async def due(as_of: datetime) -> DigestDay | None:
    """The day whose digests are to be sent at `as_of`; None: none, they were, or nobody wants one."""
    house = await _house()
    if house is None:
        return None
    last = await service_times.last_run(SERVICE)
    calendar = _calendar(house["zone"], house["country"], as_of)
    day = digest_day(calendar, house["digest_hour"], as_of)
    if day is None or (last is not None and last >= due_at(calendar, house["digest_hour"], day)):
        return None
    ends = due_at(calendar, 0, days_after(day, 1))
    return DigestDay(house["id"], house["desk_url"], day, max(last or as_of - USUAL, as_of - FARTHEST), ends)


async def sent(as_of: datetime) -> None:
    """The digests of the day have their run."""
    await service_times.done(SERVICE, as_of)


async def next_due(as_of: datetime) -> datetime | None:
    """When digests are due next, at `as_of` if they are now; None: nobody wants one."""
    if await due(as_of) is not None:
        return as_of
    house = await _house()
    if house is None:
        return None
    return next_digest(_calendar(house["zone"], house["country"], as_of), house["digest_hour"], as_of)


async def readers(on: date) -> tuple[Reader, ...]:
    """Who gets a digest on that day: an account with an e-mail address that has not switched it off, and is not away."""
    async with reading() as connection:
        rows = await rows_of(connection, _READERS, {"today": on})
    return tuple(Reader(**row | {"role": Role(row["role"])}) for row in rows)


async def _house() -> dict[str, Any] | None:
    """The house by whose day digests go; None: it sends none, or nobody wants one."""
    async with reading() as connection:
        rows = await rows_of(connection, _HOUSE, {})
        if not rows or rows[0]["digest_hour"] is None or not await connection.scalar(_ANYBODY):
            return None
    return rows[0]


def _calendar(zone: str, country: str, at: datetime) -> Calendar:
    return Calendar(ZoneInfo(zone), holidays_around(country, at.astimezone(ZoneInfo(zone)).date()))
