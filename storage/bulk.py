"""Many rows in one statement: columns as arrays for `unnest`, and journal entries for many cases at once."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import TextClause, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.journal import canonical

Row = TypeVar("Row")
CHUNK = 5_000
"""Rows per statement."""

_APPEND = text(
    """
    WITH given AS (
        SELECT * FROM unnest(CAST(:ids AS bigint[]), CAST(:facts AS text[])) AS g(id, facts)
    ), head AS (
        SELECT c.id, c.chain_length + 1 AS place, c.chain_head, given.facts
        FROM cases c JOIN given ON given.id = c.id FOR UPDATE OF c
    ), entry AS (
        INSERT INTO journal (chain, place, at, kind, facts, previous, hash)
        SELECT 'case:' || id, place, :at, :kind, CAST(facts AS jsonb), chain_head,
               encode(sha256(convert_to(concat_ws('|', chain_head, place, CAST(:stamp AS text), CAST(:kind AS text),
               facts),
                                        'UTF8')), 'hex')
        FROM head RETURNING chain, place, hash
    )
    UPDATE cases SET chain_length = entry.place, chain_head = entry.hash
    FROM entry WHERE 'case:' || cases.id = entry.chain AND cases.id = ANY(:ids)
    """
)


def chunks(rows: Sequence[Row], size: int = CHUNK) -> Iterator[Sequence[Row]]:
    """The rows, so many at a time."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def arrays(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> dict[str, list[Any]]:
    """The rows as one list per column."""
    return {name: [row[name] for row in rows] for name in names}


async def rows_of(
    connection: AsyncConnection, statement: TextClause, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows a statement answers, by column name."""
    return [dict(row) for row in (await connection.execute(statement, values)).mappings()]


async def append_to_cases(
    connection: AsyncConnection, kind: str, entries: Sequence[tuple[int, Mapping[str, object]]], at: datetime
) -> None:
    """Add an entry of one kind to the chains of many cases: what `journal.append` does for one, under the same locks.

    The rows of the cases must be locked already. A case may appear several times; its entries keep their order.
    """
    stamp, waiting = at.astimezone(UTC).isoformat(), list(entries)
    while waiting:
        now: dict[int, str] = {}
        later: list[tuple[int, Mapping[str, object]]] = []
        for case, facts in waiting:
            if case in now:
                later.append((case, facts))
            else:
                now[case] = canonical(facts)
        for part in chunks(list(now.items())):
            values = {"ids": [case for case, _ in part], "facts": [facts for _, facts in part]}
            await connection.execute(_APPEND, values | {"kind": kind, "at": at, "stamp": stamp})
        waiting = later
