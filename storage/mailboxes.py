"""How reading a mailbox goes: since when, what is wrong, and when it is tried again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text

from storage.session import reading, transaction

LONGEST_REST = timedelta(hours=1)
"""Between two tries of a mailbox that cannot be used; the first rests are shorter."""


@dataclass(frozen=True, slots=True)
class MailboxState:
    """A mailbox by its name, which holds no password. `since`: the day of the first look; older messages are not ours to read."""

    name: str
    since: date
    failures: int
    problem: str
    read_at: datetime | None
    next_at: datetime | None


_BEGIN = text("INSERT INTO mailbox (name, since) VALUES (:name, :today) ON CONFLICT (name) DO NOTHING")
_READ = text("SELECT name, since, failures, problem, read_at, next_at FROM mailbox WHERE name = :name")
_ALL = text("SELECT name, since, failures, problem, read_at, next_at FROM mailbox ORDER BY name")
_FAILED = text(
    """
    UPDATE mailbox m SET failures = m.failures + 1, problem = :problem,
        next_at = CAST(:now AS timestamptz) + least(make_interval(mins => CAST(power(2, least(m.failures, 10)) AS int)), :longest)
    FROM mailbox old WHERE m.name = :name AND old.id = m.id RETURNING old.problem <> :problem
    """
)
_WELL = text("UPDATE mailbox SET failures = 0, problem = '', next_at = NULL, read_at = :now WHERE name = :name")


async def begin(name: str, now: datetime) -> MailboxState:
    """The state of the mailbox; its first look is now, if there was none before."""
    async with transaction() as connection:
        await connection.execute(_BEGIN, {"name": name, "today": now.date()})
        return MailboxState(**(await connection.execute(_READ, {"name": name})).mappings().one())


async def failed(name: str, problem: str, now: datetime) -> bool:
    """It cannot be used: it rests, longer each time up to an hour. Whether that is news."""
    values = {"name": name, "problem": problem, "now": now, "longest": LONGEST_REST}
    async with transaction() as connection:
        return bool(await connection.scalar(_FAILED, values))


async def went_well(name: str, now: datetime) -> None:
    """It was looked into."""
    async with transaction() as connection:
        await connection.execute(_WELL, {"name": name, "now": now})


async def states() -> tuple[MailboxState, ...]:
    """Every mailbox that was ever read."""
    async with reading() as connection:
        return tuple(MailboxState(**row) for row in (await connection.execute(_ALL)).mappings())
