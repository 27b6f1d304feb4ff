"""Holds that follow from the invoices of cases are placed once, and end when what they follow from is no longer said."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.calendar import Calendar
from policies.instrument_holds import Instruments, holds_that_follow
from policies.records import InvoiceRecord
from storage.bulk import rows_of
from storage.facts import touch
from storage.hold_origins import follow_origins, placed
from storage.holiday_sets import settlement_holidays

SAID = (
    "payment_method", "instrument_on", "payer", "recipient", "einvoice_status", "assignee", "assignee_iban",
    "assignment_notice",
)  # fmt: skip
"""Columns of an invoice that say how, by whom and to whom it is paid."""
ASSIGNMENT = ("assignee", "assignee_iban", "assignment_notice")
FAMILIES = ("instrument", "einvoice")

_CASES = text(
    """
    SELECT c.id AS case, c.customer_id AS customer, coalesce(nullif(d.owner, ''), r.owner) AS owner,
           (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today,
           i.payment_method, i.instrument_on, i.einvoice_status
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    JOIN creditor r ON r.id = c.creditor_id
    WHERE c.id = ANY(:cases) AND c.closed_at IS NULL ORDER BY c.id
    """
)


def said_by(record: InvoiceRecord, known: Mapping[str, Any] | None) -> dict[str, Any]:
    """The columns of a record. What a later file has no column for stays as it was; an empty cell takes it back.

    Whoever no longer says to whom a claim is assigned says nothing of that one's account either.
    """
    said = {name: getattr(record, name) for name in SAID}
    if known is None:
        return said
    taken_back = {*record.emptied, *(ASSIGNMENT if "assignee" in record.emptied else ())}
    return {name: value if value or name in taken_back else known[name] for name, value in said.items()}


async def follow(connection: AsyncConnection, cases: Sequence[int], at: datetime) -> None:
    """Place and end these holds on open cases."""
    if not cases:
        return
    known = await placed(connection, cases, FAMILIES)
    changed = []
    for row in await rows_of(connection, _CASES, {"cases": list(cases), "at": at}):
        mine = [one for one in known if one["case_id"] == row["case"]]
        said = Instruments(row["payment_method"], row["instrument_on"], row["einvoice_status"])
        banks = Calendar(UTC, settlement_holidays(said.on or row["today"]))
        if await follow_origins(connection, row, mine, holds_that_follow(said, banks), at):
            changed.append(row["case"])
    await touch(connection, changed)
