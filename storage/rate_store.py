"""Reference rates: those that come with Relance, and those a person added with their source."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.rates.added import Added, with_added
from policies.rates.rate_file import load_rates
from policies.rates.series import Rates
from storage import journal
from storage.session import reading, transaction

_ADDED = text("SELECT series, start, percent, source, at FROM rate_value ORDER BY id")
_ADD = text(
    "INSERT INTO rate_value (series, start, percent, source, set_by, at)"
    " VALUES (:series, :start, :percent, :source, :actor, :at)"
)


class BadRates(RuntimeError):
    """The rates that come with Relance cannot be used; the message lists every problem."""


@lru_cache
def shipped_rates() -> Rates:
    """The rates that come with Relance."""
    folder = files("policies").joinpath("rates")
    found = load_rates({one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(".toml")})
    if isinstance(found, list):
        raise BadRates("\n".join(str(problem) for problem in found))
    return found


async def current_rates(connection: AsyncConnection) -> Rates:
    """The shipped rates with the added ones laid over."""
    rows = (await connection.execute(_ADDED)).mappings()
    added = [
        Added(row["series"], row["start"], Decimal(row["percent"]), row["source"], row["at"].date()) for row in rows
    ]
    return with_added(shipped_rates(), added)


async def known_rates() -> Rates:
    """The rates as the database knows them now."""
    async with reading() as connection:
        return await current_rates(connection)


async def add_rate(
    creditor: int, series: str, start: date, percent: Decimal, source: str, actor: str, at: datetime
) -> Rates:
    """Add a value, journalled with the creditor's settings, and answer the rates as they are from then on."""
    async with transaction() as connection:
        await connection.execute(
            _ADD,
            {"series": series, "start": start, "percent": percent, "source": source, "actor": actor, "at": at},
        )
        facts = {"series": series, "start": start, "percent": str(percent), "actor": actor}
        await journal.append(connection, "creditor", creditor, "rate_added", facts, at)
        return await current_rates(connection)
