"""An invoice payable in instalments is as many due items: each has its own day, and its own place on the ladder (design 2)."""

from dataclasses import replace

from policies.records import DocumentKind, InvoiceRecord


def due_items(record: InvoiceRecord) -> tuple[InvoiceRecord, ...]:
    """The due items of an invoice: itself, or its instalments as `FA-1/1`, `FA-1/2`…, in the order of their days.

    The instalments add up to what remains to be paid (`policies.due_days`); retention money is one of them. Only an e-invoice
    says once for all what they are: the lines of a list of open items vanish as they are paid, and stay one due item.
    """
    parts = sorted(record.instalments, key=lambda one: one.due)
    if record.kind is not DocumentKind.INVOICE or len(parts) < 2 or not record.document_type:
        return (record,)
    whole = replace(
        record, part_of=record.number, prepaid=0, rounding=0, instalments=(), discounts=(), net=None, vat=None
    )
    later = replace(whole, reached_stage=None, reached_on=None)
    return tuple(
        replace(later if place > 1 else whole, number=f"{record.number}/{place}", due=one.due, total=one.amount)
        for place, one in enumerate(parts, 1)
    )
