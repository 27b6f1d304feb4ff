"""Holds that follow from the invoices of cases are placed once, and end when what they follow from is no longer said."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.calendar import Calendar
from policies.instrument_holds import Instruments, holds_that_follow
from policies.records import InvoiceRecord
from storage import holds, journal
from storage.bulk import rows_of
from storage.facts import touch
from storage.holiday_sets import settlement_holidays

SAID = (
    "payment_method", "instrument_on", "payer", "recipient", "einvoice_status", "assignee", "assignee_iban",
    "assignment_notice",
)  # fmt: skip
"""Columns of an invoice that say how, by whom and to whom it is paid."""

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
ASSIGNMENT = ("assignee", "assignee_iban", "assignment_notice")
IMPORT = "import"
"""Who ends these holds."""
_PLACED = text(
    "SELECT id, case_id, origin, ended_at IS NULL AS standing, ended_by FROM hold "
    "WHERE case_id = ANY(:cases) AND (origin LIKE 'instrument:%' OR origin LIKE 'einvoice:%')"
)
_NAME = text("UPDATE hold SET origin = :origin WHERE id = :hold")
_END = text("UPDATE hold SET ended_at = :at, ended_by = :by WHERE id = :hold")


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
    """Place and end these holds on open cases.

    One that a person released, or a return ended, is not placed again for the same origin; one that a file ended is,
    when a later file says again what it follows from.
    """
    if not cases:
        return
    placed = await rows_of(connection, _PLACED, {"cases": list(cases)})
    changed = []
    for row in await rows_of(connection, _CASES, {"cases": list(cases), "at": at}):
        mine = [one for one in placed if one["case_id"] == row["case"]]
        if await _follow_one(connection, row, mine, at):
            changed.append(row["case"])
    await touch(connection, changed)


async def _follow_one(
    connection: AsyncConnection, row: Mapping[str, Any], placed: Sequence[Mapping[str, Any]], at: datetime
) -> bool:
    said = Instruments(row["payment_method"], row["instrument_on"], row["einvoice_status"])
    banks = Calendar(UTC, settlement_holidays(said.on or row["today"]))
    wanted = {one.origin: one for one in holds_that_follow(said, banks)}
    over = [one["id"] for one in placed if one["standing"] and one["origin"] not in wanted]
    for hold in over:
        await connection.execute(_END, {"hold": hold, "at": at, "by": IMPORT})
        await journal.append(connection, "case", row["case"], "released", {"hold": hold, "actor": IMPORT}, at)
    known = {one["origin"] for one in placed if one["standing"] or one["ended_by"] != IMPORT}
    new = [one for origin, one in wanted.items() if origin not in known]
    for one in new:
        hold = await holds.place(
            connection, row["customer"], row["case"], one.kind, one.reason, row["today"], one.until, row["owner"], at
        )
        await connection.execute(_NAME, {"hold": hold, "origin": one.origin})
    return bool(over or new)
