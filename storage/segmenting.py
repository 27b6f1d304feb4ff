"""Customers are put into the segments of the user's own rules; who has a segment of another name keeps it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.behaviour.assess import Assessed
from policies.behaviour.segment import Segments, segment_of
from policies.facts import DebtorKind
from storage import journal
from storage.bulk import arrays, chunks, rows_of
from storage.payer_history import payers
from storage.segment_store import own_segments
from storage.session import transaction


@dataclass(frozen=True, slots=True)
class Segmented:
    """A customer whose segment changed; empty: none."""

    number: str
    name: str
    before: str
    after: str
    because: str
    """How the customer pays, in words; or why it is not scored."""


_CUSTOMERS = text(
    "SELECT id, number, name, kind, country, segment FROM customer WHERE creditor_id = :creditor "
    "AND segment = ANY(:names) ORDER BY id FOR UPDATE"
)
_WRITE = text(
    "UPDATE customer SET segment = g.segment FROM unnest(CAST(:id AS bigint[]), CAST(:segment AS text[])) "
    "AS g(id, segment) WHERE customer.id = g.id"
)


async def put_into_segments(creditor: int, as_of: datetime, *, dry_run: bool = False) -> tuple[Segmented, ...]:
    """Everybody whose segment the rules change at `as_of`. A segment given by a person or a file is left as it is."""
    segments = own_segments()
    names = ["", *sorted({rule.name for rule in segments.rules})]
    changed: list[Segmented] = []
    async with transaction() as connection:
        customers = await rows_of(connection, _CUSTOMERS, {"creditor": creditor, "names": names})
        for part in chunks(customers):
            known = await payers(connection, [row["id"] for row in part], as_of)
            told = [row | {"after": _after(segments, row, known[row["id"]])} for row in part]
            different = [row for row in told if row["after"] != row["segment"]]
            changed += [_segmented(row, known[row["id"]]) for row in different]
            if not dry_run:
                await _write(connection, different, as_of)
    return tuple(changed)


def _after(segments: Segments, row: Mapping[str, Any], assessed: Assessed) -> str:
    return segment_of(segments, DebtorKind(row["kind"]), row["country"], assessed)


def _segmented(row: Mapping[str, Any], assessed: Assessed) -> Segmented:
    return Segmented(row["number"], row["name"], row["segment"], row["after"], assessed.because)


async def _write(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]], as_of: datetime) -> None:
    if not rows:
        return
    await connection.execute(
        _WRITE, arrays([{"id": row["id"], "segment": row["after"]} for row in rows], ("id", "segment"))
    )
    for row in rows:
        await journal.append(connection, "customer", row["id"], "changed", {"fields": ["segment"]}, as_of)
