"""Letters as the print folder and its list show them; who lays the folder out does it alone."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from policies.stages import Stage
from storage.lock_classes import PRINT
from storage.session import transaction

STATE = (
    "CASE WHEN p.withdrawn_at IS NOT NULL AND p.posted_on IS NULL THEN 'withdrawn' WHEN p.posted_on IS NULL THEN 'to_post' "
    "ELSE 'posted' END"
)
"""What is to be done with a letter; one that had left before it was withdrawn is posted."""
_ALONE = text("SELECT pg_advisory_xact_lock(:class, 0)")
_UNTIDY = text("SELECT id, printed_on, creditor_id FROM posting WHERE NOT tidy ORDER BY id FOR UPDATE")
_SHEETS = text(
    f"""
    SELECT p.id, p.file, p.printed_on, d.number AS customer_number, d.name AS customer_name, m.stage, p.address,
           p.registered, p.pages, m.sha256, p.cost, p.cost_currency, {STATE} AS state, p.withdrawn_why AS why, p.tracking,
           p.placed_at IS NOT NULL AS placed,
           CASE WHEN p.placed_at IS NULL AND p.withdrawn_at IS NULL AND p.posted_on IS NULL THEN m.raw END AS raw
    FROM posting p JOIN message m ON m.id = p.message_id JOIN customer d ON d.id = m.customer_id
    WHERE p.printed_on = ANY(:days) ORDER BY p.printed_on, p.id
    """  # noqa: S608 - no outside text
)
_TIDY = text(
    "UPDATE posting SET tidy = true, placed_at = CASE WHEN withdrawn_at IS NULL THEN coalesce(placed_at, :at) "
    "ELSE placed_at END WHERE id = ANY(:ids)"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter in the folder; `cost` in minor units of `cost_currency`, `raw` only where it is still to be placed."""

    id: int
    file: str
    printed_on: date
    customer_number: str
    customer_name: str
    stage: Stage
    address: str
    registered: bool
    pages: int
    sha256: str
    cost: int | None
    cost_currency: str
    state: str
    why: str
    tracking: str
    placed: bool
    raw: bytes | None


Place = Callable[[Sequence[Sheet]], None]
"""Brings the folder of the days of these sheets to what they say; doing it twice changes nothing."""


async def lay_out(place: Place, at: datetime) -> int:
    """Bring the folder to what the queue says, if it does not; answers how many letters that concerned.

    The rows are marked after the files stand: a crash in between lays them out once more, under the same names.
    """
    async with transaction() as connection:
        await connection.execute(_ALONE, {"class": PRINT})
        untidy = (await connection.execute(_UNTIDY)).all()
        if not untidy:
            return 0
        rows = await connection.execute(_SHEETS, {"days": sorted({row.printed_on for row in untidy})})
        sheets = [
            Sheet(**{**row, "stage": Stage(row["stage"]), "raw": None if row["raw"] is None else bytes(row["raw"])})
            for row in rows.mappings()
        ]
        await asyncio.to_thread(place, sheets)
        await connection.execute(_TIDY, {"ids": [row.id for row in untidy], "at": at})
    return len(untidy)
