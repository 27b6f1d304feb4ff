"""Claims on the credit insurer as they are written down, and whether one that was not filed can still leave as it was proposed."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.insurance_claim import why_not_claimed
from policies.insured import Insured
from storage.bulk import append_to_cases
from storage.facts import touch
from storage.insurance_claim_views import ClaimView
from storage.insured_invoices import insured_cases

_MAKE = text(
    """
    INSERT INTO insurance_claim (creditor_id, customer_id, insurance_id, state, amount, indemnity, last_day, proposed_by, proposed_at)
    SELECT creditor_id, id, :insurance, 'proposed', :amount, :indemnity, CAST(:last AS date), :actor, :at FROM customer WHERE id = :customer
    RETURNING id
    """
)
_COVER = text(
    "INSERT INTO insurance_claim_case (claim_id, case_id, principal, insured) VALUES (:claim, :case, :principal, :insured)"
)
_CASES = text("SELECT case_id FROM insurance_claim_case WHERE claim_id = :id ORDER BY case_id")
_ROW = text(
    "SELECT c.*, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner FROM insurance_claim c "
    "JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id WHERE c.id = :id"
)
_ISSUED = text(
    "SELECT max(i.issued) FROM insurance_claim_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id "
    "WHERE k.claim_id = :id"
)
CHANGED = "What is insured of it has changed since it was proposed: propose it again (./relance insurance claim)."
_OUTDATED = text(
    "UPDATE insurance_claim SET state = 'refused', why = 'what is insured has changed' WHERE id = :id "
    "AND state IN ('proposed', 'approved')"
)


async def make(connection: AsyncConnection, customer: int, cases: tuple[Insured, ...], actor: str, at: datetime) -> int:
    """Write a claim down as proposed, with what is insured today. The customer is locked."""
    last = min((one.filing for one in cases if one.filing is not None), default=None)
    values = {
        "insurance": cases[0].insurance_number, "amount": sum(one.amount for one in cases), "customer": customer,
        "indemnity": sum(one.indemnity for one in cases), "last": last, "actor": actor, "at": at,
    }  # fmt: skip
    number = int(await connection.scalar(_MAKE, values))
    for one in cases:
        covered = {"claim": number, "case": one.invoice.case, "principal": one.invoice.open, "insured": one.amount}
        await connection.execute(_COVER, covered)
    await tell(connection, number, "insurance_claim_proposed", {"actor": actor}, at)
    return number


async def let_go(connection: AsyncConnection, number: int, at: datetime) -> None:
    """A claim that was not filed is over: what it was for is not insured as it says any more. The customer is locked."""
    if (await connection.execute(_OUTDATED, {"id": number})).rowcount:
        await tell(connection, number, "insurance_claim_refused", {"actor": "relance"}, at)


async def why_not_as_it_is(connection: AsyncConnection, number: int, at: datetime) -> str:
    """Why a claim that was not filed yet cannot leave as it was proposed; empty: it can."""
    row, wanted = await read(connection, number), await cases_of(connection, number)
    cases = await insured_cases(connection, wanted)
    wrong = why_not_claimed(cases, at.astimezone(ZoneInfo(row["zone"])).date())
    same = len(cases) == len(wanted) and sum(one.amount for one in cases) == row["amount"]
    return wrong or ("" if same else CHANGED)


async def why_not_filed_on(connection: AsyncConnection, number: int, day: date) -> str:
    """Why the insurer cannot have had a claim on a day: an invoice of it was issued later; empty: it can."""
    issued: date | None = await connection.scalar(_ISSUED, {"id": number})
    return f"An invoice of it was issued on {issued}, after {day}." if issued is not None and day < issued else ""


async def find(connection: AsyncConnection, number: int) -> RowMapping | None:
    """The claim of this number with its customer; None: there is none."""
    return (await connection.execute(_ROW, {"id": number})).mappings().first()


async def read(connection: AsyncConnection, number: int) -> RowMapping:
    """The claim of this number with its customer."""
    return (await connection.execute(_ROW, {"id": number})).mappings().one()


async def cases_of(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    """Its cases, in the order in which they are locked."""
    return tuple(await connection.scalars(_CASES, {"id": number}))


async def tell(connection: AsyncConnection, number: int, kind: str, facts: dict[str, Any], at: datetime) -> None:
    """Journal it for every case, and wake these."""
    cases = await cases_of(connection, number)
    await touch(connection, cases)
    await append_to_cases(connection, kind, [(case, {"claim": number, **facts}) for case in cases], at)


def content_of(view: ClaimView, cases: tuple[Insured, ...]) -> str:
    """The fingerprint of what is claimed."""
    lines = [f"{one.invoice.number}={one.invoice.open}={one.amount}={one.filing}" for one in cases]
    return fingerprint(["claim", str(view.number), str(view.amount), *lines])
