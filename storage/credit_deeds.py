"""What a person says of a credit note that settles nothing: which invoices it is for, or why it is left aside."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from policies.problems import Problem
from storage import credit_decisions, journal
from storage.importing import importing
from storage.session import reading
from storage.settling import settle_all
from storage.whom import SOURCE

_FIND = text(
    "SELECT n.id, n.creditor_id AS creditor, n.customer_id AS customer, n.currency FROM invoice n "
    "WHERE n.kind = 'credit_note' AND n.number = :number"
)
_INVOICES = text(
    "SELECT id, number, part_of FROM invoice WHERE creditor_id = :creditor AND customer_id = :customer AND currency = :currency "
    "AND kind = 'invoice' AND (number = ANY(:numbers) OR part_of = ANY(:numbers))"
)


async def allocate(number: str, invoices: Sequence[str], actor: str, at: datetime) -> list[Problem]:
    """Set the credit note against these invoices of its customer, as if it named them; problems, where it cannot be."""
    found = await _found(number)
    if isinstance(found, list):
        return found
    note, creditor, customer, currency = found
    async with importing(creditor) as connection:
        values = {"creditor": creditor, "customer": customer, "currency": currency, "numbers": list(invoices)}
        owed = (await connection.execute(_INVOICES, values)).all()
        if missing := [
            one for one in invoices if one not in {name for row in owed for name in (row.number, row.part_of)}
        ]:
            reason = "The customer of {note} has no invoice {one} in {currency}."
            return [_no(reason.format(note=number, one=one, currency=currency)) for one in missing]
        await credit_decisions.set_against(connection, [note], [row.id for row in owed], actor, at)
        facts = {"credit_note": note, "actor": actor}
        await journal.append(connection, "customer", customer, "credit_allocated", facts, at)
        await settle_all(connection, creditor, at)
    return []


async def leave_aside(number: str, why: str, actor: str, at: datetime) -> list[Problem]:
    """The credit note settles nothing, for this reason (paid out, kept for orders to come): no act waits for it any more."""
    found = await _found(number)
    if isinstance(found, list):
        return found
    if not why.strip():
        return [_no("Say why, in a few words: --why.")]
    note, creditor, customer, _ = found
    async with importing(creditor) as connection:
        await credit_decisions.leave(connection, [note], why.strip(), actor, at)
        facts = {"credit_note": note, "actor": actor}
        await journal.append(connection, "customer", customer, "credit_left_aside", facts, at)
        await settle_all(connection, creditor, at)
    return []


async def _found(number: str) -> tuple[int, int, int, str] | list[Problem]:
    async with reading() as connection:
        rows = (await connection.execute(_FIND, {"number": number})).all()
    if len(rows) != 1:
        several = "Several credit notes are called" if rows else "There is no credit note"
        return [_no(f"{several} {number}.")]
    row = rows[0]
    return row.id, row.creditor, row.customer, row.currency


def _no(reason: str) -> Problem:
    return Problem(SOURCE, None, "credit_note", reason)
