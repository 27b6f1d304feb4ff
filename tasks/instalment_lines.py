"""Lists of open items with one line per due date: the lines of one invoice are its instalments."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from policies.records import InstalmentRecord, InvoiceRecord
from tasks.reading import Reading


def joined(reading: Reading[InvoiceRecord]) -> Reading[InvoiceRecord]:
    """Lines of one number, customer and currency that differ in their due date are one invoice, due on the last day.

    Lines with the same due date stay apart: they are the same line again, or two that contradict each other.
    """
    groups: dict[str, list[InvoiceRecord]] = defaultdict(list)
    for record in reading.records:
        groups[record.number].append(record)
    records = [one for group in groups.values() for one in (_one(group) if _are_parts(group) else group)]
    return replace(reading, records=tuple(records))


def _are_parts(group: list[InvoiceRecord]) -> bool:
    whole = {(one.kind, one.customer_number, one.currency, one.issued) for one in group}
    return (
        len(group) > 1
        and len(whole) == 1
        and None not in {one.due for one in group}
        and len({one.due for one in group}) == len(group)
    )


def _one(group: list[InvoiceRecord]) -> list[InvoiceRecord]:
    parts = sorted(group, key=_day)
    return [
        replace(
            group[0],
            due=parts[-1].due,
            total=sum(one.total for one in parts),
            prepaid=sum(one.prepaid for one in parts),
            instalments=tuple(InstalmentRecord(_day(one), one.payable) for one in parts if one.payable),
        )
    ]


def _day(one: InvoiceRecord) -> date:
    assert one.due is not None, "parts have their days"
    return one.due
