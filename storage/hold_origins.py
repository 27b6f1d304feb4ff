"""Holds that follow from a fact bear its origin: placed once for it, ended when the fact is no longer said."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.instrument_holds import Following
from storage import dispute_endings, holds, journal
from storage.bulk import rows_of

IMPORT = "import"
"""Who ends these holds."""

_PLACED = text(
    "SELECT id, case_id, origin, ended_at IS NULL AS standing, ended_by FROM hold "
    "WHERE case_id = ANY(:cases) AND split_part(origin, ':', 1) = ANY(:families)"
)
_END = text("UPDATE hold SET ended_at = :at, ended_by = :by WHERE id = :hold")

Row = Mapping[str, Any]


async def placed(connection: AsyncConnection, cases: Sequence[int], families: Sequence[str]) -> list[Row]:
    """The holds of these cases, over or not, whose origin belongs to one of the families (what stands before its colon)."""
    return [*await rows_of(connection, _PLACED, {"cases": list(cases), "families": list(families)})]


async def follow_origins(
    connection: AsyncConnection, case: Row, mine: Sequence[Row], following: Sequence[Following], at: datetime
) -> bool:
    """Bring the holds `mine` of a case (`case`, `customer`, `owner`, `today`) to those that follow; whether any changed.

    One that a person released, or a return ended, is not placed again for the same origin; one that a file ended is,
    when a later file says again what it follows from. What a person placed has no origin and is left alone.
    """
    wanted = {one.origin: one for one in following}
    over = [one["id"] for one in mine if one["standing"] and one["origin"] not in wanted]
    for hold in over:
        await connection.execute(_END, {"hold": hold, "at": at, "by": IMPORT})
        await dispute_endings.with_hold(connection, hold)
        await journal.append(connection, "case", case["case"], "released", {"hold": hold, "actor": IMPORT}, at)
    known = {one["origin"] for one in mine if one["standing"] or one["ended_by"] != IMPORT}
    new = [one for origin, one in wanted.items() if origin not in known]
    for one in new:
        await _place(connection, case, one, case["today"], at)
    return bool(over or new)


async def _place(connection: AsyncConnection, case: Row, one: Following, since: date, at: datetime) -> None:
    await holds.place(
        connection, case["customer"], case["case"], one.kind, one.reason, since, one.until, case["owner"], at, source="import",
        origin=one.origin,
    )  # fmt: skip
