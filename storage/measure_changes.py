"""What the ERP and sales are told of a measure: once for each change, whatever dies in the middle."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.credit_exposure import CreditExposure
from policies.money import plain
from storage.measure_books import MeasureRow, read
from storage.session import glance, reading, transaction

TAKEN, LIFTED = "taken", "lifted"

_PLAN = text(
    """
    INSERT INTO measure_change (measure_id, change, on_day, at, file, content, sha256, state)
    VALUES (:measure, :change, :on, :at, :file, :content, :sha256, 'planned') ON CONFLICT (measure_id, change) DO NOTHING
    """
)
_UNWRITTEN = text(
    "SELECT id, file, content, state, token FROM measure_change WHERE state <> 'written' ORDER BY id LIMIT 100"
)
_BEGIN = text("UPDATE measure_change SET state = 'handing_over', token = :token WHERE id = :id AND state = 'planned'")
_WRITTEN = text(
    "UPDATE measure_change SET state = 'written', written_at = :at WHERE id = :id AND state = 'handing_over'"
)
_UNMAILED = text("SELECT id, measure_id, change FROM measure_change WHERE mailed_at IS NULL ORDER BY id LIMIT 100")
_MAILED = text("UPDATE measure_change SET mailed_at = :at WHERE id = :id AND mailed_at IS NULL")
_WAITS = text("SELECT EXISTS (SELECT FROM measure_change WHERE state <> 'written' OR mailed_at IS NULL)")


@dataclass(frozen=True, slots=True)
class ErpFile:
    """A change whose file is still to be placed. `token`: under which it was made ready, if it was."""

    id: int
    file: str
    content: str
    state: str
    token: str


@dataclass(frozen=True, slots=True)
class SalesNews:
    """A change sales are still to be told of."""

    id: int
    change: str
    measure: MeasureRow


async def plan(
    connection: AsyncConnection, row: MeasureRow, change: str, owed: CreditExposure, by: str, at: datetime
) -> None:
    """Write down what the ERP gets, in the transaction of the decision."""
    content = _content(row, change, owed, by, at)
    values = {
        "measure": row.number, "change": change, "on": row.today(at), "at": at, "file": f"measure-{row.number}-{change}.json",
        "content": content, "sha256": hashlib.sha256(content.encode()).hexdigest(),
    }  # fmt: skip
    await connection.execute(_PLAN, values)


async def unwritten() -> tuple[ErpFile, ...]:
    """Files to be placed, the oldest first."""
    async with glance() as connection:
        return tuple(ErpFile(**row) for row in (await connection.execute(_UNWRITTEN)).mappings())


async def begin(change: int, token: str) -> bool:
    """Commit that the file made ready under `token` is the one that is placed; False: another was quicker."""
    async with transaction() as connection:
        return bool((await connection.execute(_BEGIN, {"id": change, "token": token})).rowcount)


async def written(change: int, at: datetime) -> bool:
    """The file stands in its place."""
    async with transaction() as connection:
        return bool((await connection.execute(_WRITTEN, {"id": change, "at": at})).rowcount)


async def unmailed() -> tuple[SalesNews, ...]:
    """Changes sales are to be told of."""
    async with reading() as connection:
        rows = (await connection.execute(_UNMAILED)).all()
        found = [(row, await read(connection, row.measure_id)) for row in rows]
    return tuple(SalesNews(row.id, row.change, measure) for row, measure in found if measure is not None)


async def mailed(change: int, at: datetime) -> None:
    """Sales were told, or there is nobody to tell."""
    async with transaction() as connection:
        await connection.execute(_MAILED, {"id": change, "at": at})


async def waits(connection: AsyncConnection) -> bool:
    """Whether any change is still to be told."""
    return bool(await connection.scalar(_WAITS))


def _content(row: MeasureRow, change: str, owed: CreditExposure, by: str, at: datetime) -> str:
    """One JSON document: amounts as text in the currency's decimals, days ISO 8601."""
    lower = None if row.lower_limit is None else plain(row.lower_limit, row.currency)
    limit = None if owed.limit is None else plain(owed.limit, row.currency)
    told = {
        "id": f"measure-{row.number}-{change}", "measure": row.number, "change": change, "kind": row.kind, "on": row.today(at),
        "creditor": row.creditor_name, "customer": row.customer_number, "name": row.customer_name,
        "company_number": row.company_number, "currency": row.currency, "new_limit": lower, "lifted_by": row.lifted_by,
        "clause": row.clause, "by": by, "overdue": plain(owed.unpaid, row.currency),
        "exposure": plain(owed.total, row.currency), "limit": limit,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n"
