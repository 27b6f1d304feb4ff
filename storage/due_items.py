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
    "SELECT part_of, array_agg(ARRAY[to_char(due, 'YYYYMMDD')::bigint, total - prepaid] ORDER BY due, number) AS parts, "
    "sum(total - prepaid)::bigint AS payable FROM invoice WHERE creditor_id = :creditor "
    "AND source = :source AND part_of = ANY(:numbers) GROUP BY part_of"
)


async def as_known(
    connection: AsyncConnection, records: Sequence[InvoiceRecord], source: str, creditor: int
) -> tuple[list[InvoiceRecord], tuple[Problem, ...]]:
    """The due items of a file's invoices, and why some are left as they are known.

    One that is known whole stays whole, with the last of its days: a person may have agreed to it as it is; so does one of
    which an instalment would be called like another invoice. One that is known in instalments stays so, and is told where a
    file says other ones.
    """
    whole: set[str] = set()
    parts: dict[str, dict[str, Any]] = {}
    for part in chunks(records):
        which = {"creditor": creditor, "source": source, "numbers": _numbers(part)}
        whole |= {row["number"] for row in await rows_of(connection, _WHOLE, which)}
        parts |= {row["part_of"]: row for row in await rows_of(connection, _PARTS, which)}
    items: list[InvoiceRecord] = []
    problems: list[Problem] = []
    own = {record.number for record in records}
    for record in records:
        found = list(due_items(record))
        if record.number in whole or (len(found) > 1 and {one.number for one in found} & (whole | own)):
            found = [record]
        known = parts.get(record.number)
        if known is None or _shape(found) == known["parts"]:
            items += found
        else:
            problems += _otherwise(record, known, source)
        if len(found) > 1:
            parts.setdefault(record.number, {"parts": _shape(found), "payable": record.payable})
        else:
            whole.add(record.number)
    return items, tuple(problems)


def _numbers(records: Sequence[InvoiceRecord]) -> list[str]:
    """The numbers of the invoices and of their instalments."""
    return sorted({record.number for record in records} | {one.number for each in records for one in due_items(each)})


def _shape(items: Sequence[InvoiceRecord]) -> list[list[int]]:
    """Day and amount of each; nothing of a single one."""
    return [[int(f"{one.due:%Y%m%d}"), one.payable] for one in items if one.due] if len(items) > 1 else []


def _otherwise(record: InvoiceRecord, known: dict[str, Any], source: str) -> Iterator[Problem]:
    """Why an invoice that is known in other instalments is left as it is; nothing where only the days are left out."""
    if len(record.instalments) < 2 and known["payable"] == record.payable:
        return
    sums = [f"{plain(amount, record.currency)} {record.currency}" for amount in (known["payable"], record.payable)]
    yield Problem(
        source, record.line, "instalments",
        f"{record.number} is known in {len(known['parts'])} instalments that come to {sums[0]}, the file says {sums[1]} otherwise: "
        "nothing of it was changed. Credit it and issue it anew.",
    )  # fmt: skip


_CALLED = text(
    "SELECT number FROM invoice WHERE part_of = :number AND (CAST(:customer AS bigint) IS NULL OR customer_id = :customer) "
    "ORDER BY due, number"
)


async def in_instalments(connection: AsyncConnection, number: str, customer: int | None = None) -> str:
    """The sentence that says by which numbers an invoice in instalments is called; empty where it is none."""
    parts = list(await connection.scalars(_CALLED, {"number": number, "customer": customer}))
    return f"{number} is payable in instalments: name one of them, {', '.join(parts)}." if parts else ""
