"""The daily seal of a creditor: taken once a day, kept for good, and held against the books whenever somebody asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.seals import Leaf, Sealed, sealed
from storage import service_times
from storage.bulk import chunks, rows_of
from storage.session import reading, transaction

HEADS = """
    SELECT 'creditor:' || id AS chain, chain_length AS place, chain_head AS head FROM creditor WHERE id = :creditor
    UNION ALL SELECT 'customer:' || id, chain_length, chain_head FROM customer WHERE creditor_id = :creditor
    UNION ALL SELECT 'case:' || id, chain_length, chain_head FROM cases WHERE creditor_id = :creditor
"""
_HEADS = text(f"SELECT h.chain, h.place, h.head FROM ({HEADS}) h WHERE h.place > 0")  # noqa: S608 - no outside text
_STOOD = text(
    """
    SELECT DISTINCT ON (chain) chain, place, head FROM seal_leaf
    WHERE creditor_id = :creditor AND seal_id <= :seal ORDER BY chain, seal_id DESC
    """
)
_SEALS = text(
    "SELECT id, number, sealed_on, leaves, root, previous, hash FROM seal WHERE creditor_id = :creditor ORDER BY number"
)
_LAST = text(
    "SELECT id, number, sealed_on, leaves, root, previous, hash FROM seal WHERE creditor_id = :creditor "
    "ORDER BY number DESC LIMIT 1"
)
_PUT = text(
    """
    INSERT INTO seal (creditor_id, number, sealed_on, leaves, root, previous, hash, at)
    VALUES (:creditor, :number, :on, :leaves, :root, :previous, :hash, :at) ON CONFLICT DO NOTHING RETURNING id
    """
)
_MOVED = text(
    """
    INSERT INTO seal_leaf (creditor_id, seal_id, chain, place, head)
    SELECT :creditor, :seal, * FROM unnest(CAST(:chains AS text[]), CAST(:places AS bigint[]), CAST(:heads AS text[]))
    """
)
_ZONES = text("SELECT id, zone FROM creditor ORDER BY id")


@dataclass(frozen=True, slots=True)
class Kept:
    """A seal in the books, with the number of its row."""

    id: int
    seal: Sealed


def _kept(row: Mapping[str, Any]) -> Kept:
    return Kept(
        row["id"],
        Sealed(row["number"], row["sealed_on"], row["leaves"], row["root"], row["previous"], row["hash"]),
    )


async def seals_of(creditor: int) -> tuple[Kept, ...]:
    """Every seal of a creditor, the first one first."""
    async with reading() as connection:
        return await seals_in(connection, creditor)


async def seals_in(connection: AsyncConnection, creditor: int) -> tuple[Kept, ...]:
    """The same, read with something else."""
    return tuple(_kept(row) for row in await rows_of(connection, _SEALS, {"creditor": creditor}))


async def stood(connection: AsyncConnection, creditor: int, seal: int) -> tuple[Leaf, ...]:
    """All chains as the seal of this row found them."""
    rows = await rows_of(connection, _STOOD, {"creditor": creditor, "seal": seal})
    return tuple(Leaf(**row) for row in rows)


async def due(now: datetime) -> tuple[tuple[int, str], ...]:
    """The creditors whose day has not been looked at yet, with their time zones."""
    async with reading() as connection:
        houses = (await connection.execute(_ZONES)).all()
    return tuple([(id, zone) for id, zone in houses if await service_times.is_due(_service(id), now)])


async def seal_day(creditor: int, zone: str, now: datetime) -> Sealed | None:
    """The seal of the day that runs, made if there is none; None: nothing has been written since the last one.

    Missed days are not made up: one seal covers whatever was written since the one before it.
    """
    async with transaction() as connection:
        return await _seal(connection, creditor, now.astimezone(ZoneInfo(zone)).date(), now)


async def looked(creditor: int, zone: str, now: datetime) -> None:
    """The creditor's day has been looked at: the next look is after midnight."""
    here = now.astimezone(ZoneInfo(zone))
    tomorrow = datetime.combine(here.date() + timedelta(days=1), time(0), here.tzinfo)
    await service_times.claim(_service(creditor), now, tomorrow - now)


async def _seal(connection: AsyncConnection, creditor: int, today: date, now: datetime) -> Sealed | None:
    rows = await rows_of(connection, _LAST, {"creditor": creditor})
    last = _kept(rows[0]) if rows else None
    if last is not None and last.seal.on >= today:
        return last.seal if last.seal.on == today else None
    before = {one.chain: one for one in (await stood(connection, creditor, last.id) if last else ())}
    now_ = tuple(Leaf(**row) for row in await rows_of(connection, _HEADS, {"creditor": creditor}))
    moved = [one for one in now_ if before.get(one.chain) != one]
    if not moved:
        return None
    made = sealed(last.seal.number + 1 if last else 1, today, now_, last.seal.hash if last else "")
    values = {
        "creditor": creditor, "number": made.number, "on": made.on, "leaves": made.leaves, "root": made.root,
        "previous": made.previous, "hash": made.hash, "at": now,
    }  # fmt: skip
    seal = await connection.scalar(_PUT, values)
    if seal is None:  # another process was faster
        return None
    await _keep(connection, creditor, seal, moved)
    return made


async def _keep(connection: AsyncConnection, creditor: int, seal: int, moved: Sequence[Leaf]) -> None:
    for part in chunks(moved):
        values = {
            "creditor": creditor, "seal": seal, "chains": [one.chain for one in part], "places": [one.place for one in part],
            "heads": [one.head for one in part],
        }  # fmt: skip
        await connection.execute(_MOVED, values)


def _service(creditor: int) -> str:
    return f"seal-{creditor}"
