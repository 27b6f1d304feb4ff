"""Placements: born when a file handed to an agency is confirmed, ended once; each step a line in the journals of its cases."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.facts import HoldKind
from policies.placement import PlacementState, reference_of
from storage import deadlines, holds
from storage.agencies import Agency, agency_called
from storage.bulk import append_to_cases
from storage.deadlines import NewDeadline
from storage.facts import lock, touch

_HANDED = text(
    """
    SELECT m.id, m.creditor_id, m.customer_id, m.currency, m.recipient, m.facts, d.number, d.owner,
           (m.calculated_at AT TIME ZONE d.zone)::date AS written_on, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today
    FROM message m JOIN customer d ON d.id = m.customer_id
    WHERE m.id = :message AND m.stage = 'agency' AND m.channel = 'handover' AND m.resend_of IS NULL
    """
)
_LISTED = text(
    "SELECT case_id, amount FROM effect WHERE message_id = :message AND state = 'confirmed' AND channel = 'handover' ORDER BY case_id"
)
_BORN = text(
    """
    INSERT INTO placement (creditor_id, customer_id, agency_id, agency_name, address, message_id, reference, currency, principal,
        told, state, fee_percent, fee_flat, placed_on, placed_at, ends_on)
    VALUES (:creditor, :customer, :agency, :name, :address, :message, :reference, :currency, :principal, :principal, 'placed',
        :percent, :flat, :on, :at, :ends) ON CONFLICT (message_id) DO NOTHING RETURNING id
    """
)
_COVER = text("INSERT INTO placement_case (placement_id, case_id, principal) VALUES (:placement, :case, :principal)")
_EVENT = text(
    "INSERT INTO placement_event (placement_id, status, amount, on_day, said, actor, at) "
    "VALUES (:placement, :status, :amount, :on, :said, :actor, :at)"
)
_STATE = text("UPDATE placement SET state = :state WHERE id = :id AND ended_at IS NULL")
_END = text(
    "UPDATE placement SET state = :state, ended_on = :on, ended_at = :at, ended_how = :how, ended_by = :by "
    "WHERE id = :id AND ended_at IS NULL RETURNING id"
)
_RELEASE = text(
    "UPDATE hold SET ended_at = :at, ended_by = :by WHERE origin = :origin AND ended_at IS NULL RETURNING id, case_id"
)
CASES = text("SELECT case_id FROM placement_case WHERE placement_id = :id ORDER BY case_id")


def subject(placement: int) -> str:
    """What its deadline and its holds are called by."""
    return f"placement:{placement}"


async def born(connection: AsyncConnection, message: int, at: datetime) -> None:
    """A file that arrived at an agency is a placement; any other message is none. Its cases are locked."""
    row = (await connection.execute(_HANDED, {"message": message, "at": at})).mappings().first()
    if row is None:
        return
    listed = {one.case_id: one.amount for one in await connection.execute(_LISTED, {"message": message})}
    agency = await agency_called(connection, row["creditor_id"], row["facts"].get("receiver", ""))
    values = _values(row, agency, sum(listed.values()), at)
    placement = await connection.scalar(_BORN, values)
    if placement is None:
        return
    for case, principal in listed.items():
        await connection.execute(_COVER, {"placement": placement, "case": case, "principal": principal})
    facts = {"placement": placement, "reference": values["reference"], "principal": values["principal"]}
    await append_to_cases(connection, "placed", [(case, facts) for case in listed], at)
    if agency is not None:
        await _rest(connection, row, placement, agency, list(listed), values["ends"], at)


def _values(row: RowMapping, agency: Agency | None, principal: int, at: datetime) -> dict[str, Any]:
    term = None if agency is None else agency.term_days
    return {
        "creditor": row["creditor_id"], "customer": row["customer_id"], "message": row["id"], "currency": row["currency"],
        "agency": None if agency is None else agency.id, "name": row["recipient"] if agency is None else agency.name,
        "address": row["recipient"], "principal": principal, "on": row["today"], "at": at,
        "reference": row["facts"].get("reference") or reference_of(row["number"], row["written_on"], row["currency"]),
        "percent": None if agency is None else agency.fee_percent, "flat": None if agency is None else agency.fee_flat,
        "ends": None if term is None else row["today"] + timedelta(days=term),
    }  # fmt: skip


async def _rest(
    connection: AsyncConnection, row: RowMapping, placement: int, agency: Agency, cases: list[int], ends: date | None, at: datetime
) -> None:  # fmt: skip
    """The ladder rests while the agency works, up to the agreed end of its mandate, of which a person is warned."""
    for case in cases:
        await holds.place(
            connection, row["customer_id"], case, HoldKind.MANUAL, f"placed with {agency.name}", row["today"], ends,
            row["owner"], at, origin=subject(placement),
        )  # fmt: skip
    if ends is not None:
        signed = "" if agency.mandate_on is None else f" of {agency.mandate_on.isoformat()}"
        article = f"mandate{signed} {agency.mandate_reference}".strip()
        new = NewDeadline(DeadlineKind.PLACEMENT_END, subject(placement), ends, article, what=agency.name)
        await deadlines.set_deadline(connection, new, row["customer_id"], cases, row["today"], "relance", at)


async def note(
    connection: AsyncConnection, placement: int, status: str, on: date, actor: str, at: datetime, *, amount: int = 0,
    said: str = "",
) -> None:  # fmt: skip
    """Write down what was told about a placement; the cases' journals get codes and amounts only."""
    values = {
        "placement": placement,
        "status": status,
        "amount": amount,
        "on": on,
        "said": said,
        "actor": actor,
        "at": at,
    }
    await connection.execute(_EVENT, values)
    cases = list(await connection.scalars(CASES, {"id": placement}))
    facts: Mapping[str, object] = {"placement": placement, "status": status, "amount": amount, "on": on, "actor": actor}
    await append_to_cases(connection, "placement_told", [(case, dict(facts)) for case in cases], at)


async def set_state(connection: AsyncConnection, placement: int, state: PlacementState) -> None:
    """How an open placement stands."""
    await connection.execute(_STATE, {"id": placement, "state": state})


async def end(
    connection: AsyncConnection, placement: int, state: PlacementState, how: str, on: date, by: str, at: datetime
) -> bool:
    """The placement is over: its cases are free again, and the ladder goes on. False: it was over already."""
    cases = list(await connection.scalars(CASES, {"id": placement}))
    await lock(connection, cases)
    values = {"id": placement, "state": state, "how": how, "on": on, "by": by, "at": at}
    if await connection.scalar(_END, values) is None:
        return False
    released = {"origin": subject(placement), "at": at, "by": by}
    freed = [
        (row.case_id, {"hold": row.id, "actor": by}) for row in (await connection.execute(_RELEASE, released)).all()
    ]
    await append_to_cases(connection, "released", [(case, dict(facts)) for case, facts in freed], at)
    facts = {"placement": placement, "state": state.value, "how": how, "actor": by}
    await append_to_cases(connection, "placement_ended", [(case, dict(facts)) for case in cases], at)
    await deadlines.drop(connection, subject(placement), how, on, by, at)
    await touch(connection, cases)
    return True
