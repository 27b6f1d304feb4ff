"""What a ledger says closed an invoice: a loss writes its case off, anything but money holds it, for as long as it says so.

It is kept with the invoice, whether that has its case yet or not. Of several ledgers the one that reaches furthest counts,
in whatever order they come: one that shows the invoice open again takes back what an earlier one closed. What a person
wrote off, held or released stays.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.instrument_holds import Following
from policies.ledger_documents import Closing
from policies.ledger_lines import ClosedBy
from policies.payment_terms import MonthEnd, PaymentTerms
from policies.records import DocumentKind, InvoiceRecord
from policies.write_off import WriteOffReason
from storage import insolvency_holds, write_off_books
from storage.bulk import append_to_cases, arrays, chunks, rows_of
from storage.dossier_queries import PRINCIPAL
from storage.facts import lock, touch
from storage.hold_origins import follow_origins, placed
from storage.importing import importing
from storage.session import reading

ACTOR = "import"
LEDGER = "ledger"
"""Who wrote a case off, and the family of the holds that follow."""
REASONS = {
    ClosedBy.BILL: "settled by a bill of exchange (413) in the ledger",
    ClosedBy.CHEQUE: "settled by a cheque (511) in the ledger",
    ClosedBy.DOUBTFUL: "moved to doubtful customers (416) in the ledger",
    ClosedBy.LOSS: "written off (654) in the ledger",
    ClosedBy.UNKNOWN: "closed in the ledger by neither money nor credit",
    ClosedBy.SEVERAL: "closed in the ledger by several accounts",
    ClosedBy.RETURNED: "debited again in the ledger by no sale",
}
_SAY = text(
    """
    UPDATE invoice SET ledger_closed_by = g.kind, ledger_closed_on = g.on_day, ledger_on = :through
    FROM unnest(CAST(:customer AS text[]), CAST(:number AS text[]), CAST(:kind AS text[]), CAST(:on_day AS date[]))
        AS g(customer, number, kind, on_day)
    JOIN customer d ON d.number = g.customer AND d.creditor_id = :creditor
    WHERE invoice.customer_id = d.id AND invoice.creditor_id = :creditor AND g.number IN (invoice.number, invoice.part_of)
      AND invoice.kind = 'invoice' AND (invoice.ledger_on IS NULL OR invoice.ledger_on <= :through) RETURNING invoice.id
    """
)
_CASES = text(
    f"""
    SELECT DISTINCT ON (c.invoice_id) c.id AS case, c.customer_id AS customer, coalesce(nullif(d.owner, ''), r.owner) AS owner,
           (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today, c.closed_at, c.outcome, c.written_off,
           c.written_off_by, i.ledger_closed_by, i.ledger_closed_on, {PRINCIPAL} AS principal
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    JOIN creditor r ON r.id = c.creditor_id
    WHERE c.invoice_id = ANY(:invoices) AND i.ledger_on IS NOT NULL ORDER BY c.invoice_id, c.id DESC
    """  # noqa: S608 - no outside text
)
_WRITE_OFF = text("UPDATE cases SET written_off = :reason, written_off_by = :by WHERE id = :case")
_TAKE_BACK = text(
    "UPDATE cases SET written_off = NULL, written_off_by = '', closed_at = NULL, outcome = NULL, next_at = NULL WHERE id = :case"
)
_TERMS = text(
    "SELECT number, terms_days, terms_month_end, terms_on_day FROM customer "
    "WHERE creditor_id = :creditor AND terms_days IS NOT NULL"
)


async def terms_by_customer(creditor: int) -> dict[str, PaymentTerms]:
    """When invoices are due, of every customer of whom it is known, by its number."""
    async with reading() as connection:
        rows = await connection.execute(_TERMS, {"creditor": creditor})
        return {
            row.number: PaymentTerms(row.terms_days, MonthEnd(row.terms_month_end), row.terms_on_day) for row in rows
        }


async def take_ledger(
    closings: Sequence[Closing], records: Sequence[InvoiceRecord], through: date, creditor: int, at: datetime,
    dry_run: bool = False,
) -> None:  # fmt: skip
    """Keep what a ledger whose last entry is of the day `through` says closed invoices, and that `records` are not closed.

    Done again it changes nothing, also where a person released.
    """
    said = [*_open(records), *_closed(closings)]
    async with importing(creditor, dry_run=dry_run) as connection:
        for part in chunks(said):
            values = arrays(part, ("customer", "number", "kind", "on_day")) | {"creditor": creditor, "through": through}
            await follow(connection, list(await connection.scalars(_SAY, values)), at)


def _open(records: Sequence[InvoiceRecord]) -> Iterator[dict[str, Any]]:
    for one in records:
        if one.kind is DocumentKind.INVOICE:
            yield {"customer": one.customer_number, "number": one.number, "kind": "", "on_day": None}


def _closed(closings: Sequence[Closing]) -> Iterator[dict[str, Any]]:
    """Each invoice once, by what closed it last; of one day what holds it comes before what writes it off."""
    last: dict[tuple[str, str], Closing] = {}
    for one in sorted(closings, key=lambda each: (each.on, each.kind is not ClosedBy.LOSS, each.line)):
        last |= {(one.customer, number): one for number in one.invoices}
    for (customer, number), one in last.items():
        yield {"customer": customer, "number": number, "kind": one.kind.value, "on_day": one.on}


async def follow(connection: AsyncConnection, invoices: Sequence[int], at: datetime) -> None:
    """Bring the cases of these invoices to what the ledger says of them."""
    rows = await rows_of(connection, _CASES, {"invoices": list(invoices), "at": at}) if invoices else []
    ids = [row["case"] for row in rows]
    await lock(connection, ids)
    known = await placed(connection, ids, (LEDGER,)) if ids else []
    changed = [row["case"] for row in rows if await _bring(connection, row, known, at)]
    await touch(connection, changed)


async def _bring(
    connection: AsyncConnection, row: Mapping[str, Any], known: Sequence[Mapping[str, Any]], at: datetime
) -> bool:
    """Write off, take back or hold the case of one invoice; whether anything changed."""
    kind = ClosedBy(row["ledger_closed_by"]) if row["ledger_closed_by"] else None
    reason = f"{REASONS[kind]} on {row['ledger_closed_on']}" if kind else ""
    is_open, case = row["closed_at"] is None, row["case"]
    moved = False
    if kind is ClosedBy.LOSS and is_open and row["written_off"] is None:
        await connection.execute(_WRITE_OFF, {"case": case, "reason": reason, "by": LEDGER})
        facts = {"actor": ACTOR, "on": row["ledger_closed_on"]}
        await append_to_cases(connection, "written_off", [(case, facts)], at)
        await write_off_books.book_case(connection, case, WriteOffReason.OTHER, reason, LEDGER, ACTOR, row["today"], at)
        moved = True
    elif kind is not ClosedBy.LOSS and row["written_off_by"] == LEDGER:
        await connection.execute(_TAKE_BACK, {"case": case})
        await write_off_books.undo_made_by(connection, [case], LEDGER, at)
        await append_to_cases(connection, "reopened", [(case, {"principal": row["principal"]})], at)
        await insolvency_holds.follow(connection, [case], at)
        is_open = moved = True
    if not is_open:
        return moved
    following = (
        [Following(f"{LEDGER}:{reason}", HoldKind.MANUAL, reason, None)] if kind and kind is not ClosedBy.LOSS else []
    )
    mine = [one for one in known if one["case_id"] == case]
    return await follow_origins(connection, row, mine, following, at) or moved
