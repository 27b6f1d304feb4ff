"""The journal: append-only, hash-chained per case, customer or creditor, written under the lock of that row.

Facts hold ids, codes, amounts and dates; names and texts stay in their own tables (design 4.13).
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.journal_chain import Entry, canonical, first_broken
from storage.session import reading

__all__ = ["HEADS", "Entry", "append", "canonical", "entries", "first_broken"]

HEADS = {"case": "cases", "customer": "customer", "creditor": "creditor"}

_HELD = {"case": "FOR UPDATE", "customer": "FOR UPDATE", "creditor": "FOR NO KEY UPDATE"}
"""Cases and customers are locked by facts in the same strength. Whoever writes a row that names its creditor waits for nobody."""

_APPEND = {
    kind: text(
        f"""
        WITH head AS (SELECT id, chain_length + 1 AS place, chain_head FROM {table} WHERE id = :id {_HELD[kind]}),
        entry AS (
            INSERT INTO journal (chain, place, at, kind, facts, previous, hash)
            SELECT :chain, head.place, :at, :kind, CAST(CAST(:facts AS text) AS jsonb), head.chain_head,
                   encode(sha256(convert_to(concat_ws('|', head.chain_head, head.place, CAST(:stamp AS text),
                                                      CAST(:kind AS text), CAST(:facts AS text)), 'UTF8')), 'hex')
            FROM head RETURNING place, hash
        )
        UPDATE {table} SET chain_length = entry.place, chain_head = entry.hash FROM entry WHERE {table}.id = :id
        """  # noqa: S608 - the table comes from HEADS
    )
    for kind, table in HEADS.items()
}


async def append(
    connection: AsyncConnection, owner: str, id: int, kind: str, facts: Mapping[str, object], at: datetime
) -> None:
    """Add an entry to the chain of the `owner` ("case", "customer" or "creditor") numbered `id`."""
    stamp = at.astimezone(UTC).isoformat()
    values = {"id": id, "chain": f"{owner}:{id}", "kind": kind, "facts": canonical(facts), "at": at, "stamp": stamp}
    await connection.execute(_APPEND[owner], values)


async def entries(owner: str, id: int) -> tuple[Entry, ...]:
    """The whole chain, oldest first."""
    async with reading() as connection:
        rows = await connection.execute(
            text(
                "SELECT chain, place, at, kind, facts, previous, hash FROM journal WHERE chain = :chain ORDER BY place"
            ),
            {"chain": f"{owner}:{id}"},
        )
        return tuple(Entry(**row) for row in rows.mappings())
