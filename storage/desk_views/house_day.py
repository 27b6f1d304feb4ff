"""The house as the desk's pages name it: whose it is, its own day, and whether messages leave in earnest."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text

from storage.bulk import rows_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class House:
    """The first creditor, by whose day and name the pages go."""

    name: str
    zone: ZoneInfo
    live: bool
    collecting: bool
    today: date


_FIRST = text("SELECT name, zone, live, collecting FROM creditor ORDER BY id LIMIT 1")


async def house_at(at: datetime) -> House:
    """The house at `at`; before anything was imported it has no name and the day is that of UTC."""
    async with reading() as connection:
        found = await rows_of(connection, _FIRST, {})
    if not found:
        return House("", ZoneInfo("UTC"), live=False, collecting=True, today=at.date())
    zone = ZoneInfo(found[0]["zone"])
    return House(found[0]["name"], zone, found[0]["live"], found[0]["collecting"], at.astimezone(zone).date())
