"""An invoice payable in instalments is as many due items: each has its own day, and its own place on the ladder (design 2)."""

from dataclasses import replace

from policies.records import DocumentKind, InvoiceRecord


def due_items(record: InvoiceRecord) -> tuple[InvoiceRecord, ...]:
    """The due items of an invoice: itself, or its instalments as `FA-1/1`, `FA-1/2`…, in the order of their days.

    The instalments add up to what remains to be paid (`policies.due_days`); retention money is one of them.
    """
    parts = sorted(record.instalments, key=lambda one: one.due)
    if record.kind is not DocumentKind.INVOICE or len(parts) < 2:
        return (record,)
    return tuple(
        replace(
            record, number=f"{record.number}/{place}", part_of=record.number, due=one.due, total=one.amount, prepaid=0,
            rounding=0, instalments=(), discounts=(),
        )
        for place, one in enumerate(parts, 1)
    )  # fmt: skip
