"""Invoices of a file as due items, held against how they are known: whole, or in so many instalments."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.instalments import due_items
from policies.money import plain
from policies.problems import Problem
from policies.records import InvoiceRecord
from storage.bulk import chunks, rows_of

_WHOLE = text(
    "SELECT number FROM invoice WHERE creditor_id = :creditor AND source = :source AND number = ANY(:numbers) "
    "AND part_of = ''"
)
_PARTS = text(
    "SELECT part_of, count(*) AS parts, sum(total - prepaid)::bigint AS payable FROM invoice WHERE creditor_id = :creditor "
    "AND source = :source AND part_of = ANY(:numbers) GROUP BY part_of"
)


async def as_known(
    connection: AsyncConnection, records: Sequence[InvoiceRecord], source: str, creditor: int
) -> tuple[list[InvoiceRecord], tuple[Problem, ...]]:
    """The due items of a file's invoices, and why some are left as they are known.

    One that is known whole stays whole, with the last of its days: a person may have agreed to it as it is. One that is
    known in instalments is followed as long as there are as many.
    """
    whole: set[str] = set()
    parts: dict[str, dict[str, Any]] = {}
    for part in chunks(records):
        which = {"creditor": creditor, "source": source, "numbers": [record.number for record in part]}
        whole |= {row["number"] for row in await rows_of(connection, _WHOLE, which)}
        parts |= {row["part_of"]: row for row in await rows_of(connection, _PARTS, which)}
    items: list[InvoiceRecord] = []
    problems: list[Problem] = []
    for record in records:
        found = [record] if record.number in whole else list(due_items(record))
        known = parts.get(record.number)
        if known is None or len(found) == known["parts"]:
            items += found
        else:
            problems += _otherwise(record, known, len(found), source)
    return items, tuple(problems)


def _otherwise(record: InvoiceRecord, known: dict[str, Any], parts: int, source: str) -> Iterator[Problem]:
    """Why an invoice that is known in other instalments is left as it is; nothing where only the days are left out."""
    if parts == 1 and known["payable"] == record.payable:
        return
    said = "in one sum" if parts == 1 else f"in {parts} instalments"
    sums = [f"{plain(amount, record.currency)} {record.currency}" for amount in (known["payable"], record.payable)]
    yield Problem(
        source, record.line, "instalments",
        f"{record.number} is known in {known['parts']} instalments that come to {sums[0]}, the file says {sums[1]} {said}: nothing "
        "of it was changed. Credit it and issue it anew, or give it as many instalments.",
    )  # fmt: skip
