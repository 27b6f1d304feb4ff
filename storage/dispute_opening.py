"""A dispute is opened: by whichever door it comes, it is one row for each invoice, and its owner is asked.

About the whole invoice it is a hold besides; about a part (`policies.dispute_words`) the rest goes on being collected.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.dispute import DisputeState, is_answered, set_aside
from policies.dispute_terms import deadline_of
from policies.dispute_words import SaidDispute, read_said
from storage import approvals, journal
from storage.dispute_sums import OPEN
from storage.standing_disputes import COLUMNS, STATES, dispute_from


@dataclass(frozen=True, slots=True)
class Told:
    """What a door knows of a dispute: of a case, or (no case) of everything the customer owes."""

    customer: int
    case: int | None
    words: str
    until: date | None
    actor: str
    source: str = "person"
    """`person`, `reply`, `call` or `import`."""
    incoming: int | None = None
    """The message it came with."""


_INVOICE = text(
    f"""
    SELECT c.id AS case, i.id AS invoice, i.currency, {OPEN} AS open, i.credited
    FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = :case
    """  # noqa: S608 - no outside text
)
_STANDING = text(
    f"SELECT {COLUMNS}, x.hold_id FROM dispute x WHERE x.invoice_id = :invoice AND x.state = ANY(:states)"  # noqa: S608
)
_INSERT = text(
    """
    INSERT INTO dispute (creditor_id, customer_id, case_id, invoice_id, currency, reason, amount, claimed, text, source,
        incoming_id, opened_by, opened_at, opened_on, owner, deadline, ask_on, hold_id, credited_before, state)
    SELECT d.creditor_id, d.id, CAST(:case AS bigint), CAST(:invoice AS bigint), :currency, :reason, CAST(:amount AS bigint),
           CAST(:claimed AS bigint), :text, :source, CAST(:incoming AS bigint), :actor, :at, CAST(:today AS date),
           coalesce(nullif(d.owner, ''), nullif(r.owner, ''), :actor), CAST(:deadline AS date), CAST(:today AS date),
           CAST(:hold AS bigint), CAST(:credited AS bigint), 'open'
    FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer RETURNING id
    """
)
_END = text("UPDATE dispute SET state = :state, ask_on = NULL WHERE id = :id")
_WIDEN = text(
    "UPDATE dispute SET amount = NULL, claimed = :claimed, hold_id = :hold, text = concat_ws(E'\\n', nullif(text, ''), "
    "nullif(:text, '')) WHERE id = :id"
)
_ZONE = text("SELECT (CAST(:at AS timestamptz) AT TIME ZONE zone)::date FROM customer WHERE id = :customer")
_OWED = text(
    f"SELECT coalesce(sum({OPEN}), 0)::bigint FROM cases c JOIN invoice i ON i.id = c.invoice_id "  # noqa: S608
    "WHERE c.customer_id = :customer AND c.closed_at IS NULL"
)


async def open_part(connection: AsyncConnection, told: Told, at: datetime) -> int | None:
    """Open a dispute about a part of an invoice; None where it is about the whole, which is held (`open_whole`).

    Where a dispute about the invoice stands undecided, nothing is added to it but a part that is larger.
    """
    row = await _invoice(connection, told)
    said = None if row is None else read_said(told.words, row["currency"])
    if row is None or said is None or said.amount is None or said.amount >= row["open"]:
        return None
    before = await _standing(connection, row["invoice"])
    amount: int = said.amount
    if before is not None:
        known = dispute_from(before)
        if known.state is DisputeState.OPEN:
            if known.amount is None or known.amount >= amount:
                return known.number
            amount = max(amount, known.amount)
        elif not is_answered(known, row["credited"]):
            amount += set_aside(known, row["open"], row["credited"])
        await _make_way(connection, before, row)
    if amount >= row["open"]:
        return None
    return await _open(connection, told, row, SaidDispute(said.reason, amount, said.text), None, at)


async def open_whole(connection: AsyncConnection, told: Told, hold: int, at: datetime) -> int:
    """Open a dispute that holds everything it is about; one about a part that stands undecided becomes one about the whole."""
    row = await _invoice(connection, told)
    said = read_said(told.words, "" if row is None else row["currency"])
    before = None if row is None else await _standing(connection, row["invoice"])
    if row is not None and before is not None:
        if dispute_from(before).state is DisputeState.OPEN:
            values = {"id": before["id"], "claimed": row["open"], "hold": hold, "text": said.text}
            await connection.execute(_WIDEN, values)
            return int(before["id"])
        await _make_way(connection, before, row)
    return await _open(connection, told, row, SaidDispute(said.reason, None, said.text), hold, at)


async def _invoice(connection: AsyncConnection, told: Told) -> RowMapping | None:
    if told.case is None:
        return None
    return (await connection.execute(_INVOICE, {"case": told.case})).mappings().one()


async def _standing(connection: AsyncConnection, invoice: int) -> RowMapping | None:
    values = {"invoice": invoice, "states": STATES}
    return (await connection.execute(_STANDING, values)).mappings().first()


async def _make_way(connection: AsyncConnection, before: RowMapping, row: RowMapping) -> None:
    """Of each invoice one dispute stands: what the earlier one awaited is part of the new one."""
    answered = is_answered(dispute_from(before), row["credited"])
    state = DisputeState.CREDITED if answered else DisputeState.ENDED
    await connection.execute(_END, {"id": before["id"], "state": state})


async def _open(
    connection: AsyncConnection, told: Told, row: RowMapping | None, said: SaidDispute, hold: int | None, at: datetime
) -> int:
    today = await connection.scalar(_ZONE, {"customer": told.customer, "at": at})
    whole = await connection.scalar(_OWED, {"customer": told.customer}) if row is None else row["open"]
    values: dict[str, Any] = {
        "customer": told.customer, "case": told.case, "invoice": None if row is None else row["invoice"],
        "currency": "" if row is None else row["currency"], "reason": said.reason, "amount": said.amount,
        "claimed": whole if said.amount is None else said.amount, "text": said.text, "source": told.source,
        "incoming": told.incoming, "actor": told.actor, "at": at, "today": today,
        "deadline": deadline_of(today, told.until), "hold": hold, "credited": 0 if row is None else row["credited"],
    }  # fmt: skip
    number = int(await connection.scalar(_INSERT, values))
    facts = {"dispute": number, "reason": said.reason.value, "amount": values["claimed"], "actor": told.actor}
    chain, id = ("customer", told.customer) if told.case is None else ("case", told.case)
    await journal.append(connection, chain, id, "disputed", facts, at)
    if told.case is not None and said.amount is not None:
        await approvals.void(connection, [told.case], "disputed in part", at)
    return number
