"""Agreements as they are written down: made, taken up, ended; each journalled for its customer and its cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementKind
from policies.agreement_words import EndedHow
from policies.case import DatedAmount, HoldKind
from storage import holds, journal
from storage.agreement_scope import Scope
from storage.bulk import append_to_cases
from storage.facts import lock, touch


@dataclass(frozen=True, slots=True)
class Terms:
    """What is written down of an agreement. `amount` in minor units; `due` its last day."""

    kind: AgreementKind
    amount: int
    due: date | None
    why: str
    late_days: int = 0
    first_payment: bool = False
    their_invoice: str = ""


_MAKE = text(
    """
    INSERT INTO agreement (creditor_id, customer_id, kind, currency, state, amount, due, late_days, first_payment, their_invoice,
        why, proposed_by, proposed_at)
    VALUES (:creditor, :customer, :kind, :currency, 'proposed', :amount, :due, :late_days, :first_payment, :their_invoice, :why,
        :actor, :at) RETURNING id
    """
)
_COVER = text("INSERT INTO agreement_case (agreement_id, case_id, principal) VALUES (:agreement, :case, :principal)")
_AGREE = text("UPDATE agreement SET state = 'agreed', agreed_by = :actor, agreed_at = :at WHERE id = :id")
_END = text("UPDATE agreement SET state = 'ended', ended_how = :how, ended_by = :actor, ended_at = :at WHERE id = :id")
_AGAIN = text("UPDATE agreement SET state = 'agreed', ended_how = '', ended_by = '', ended_at = NULL WHERE id = :id")
_READ = text(
    """
    SELECT a.*, d.number AS customer_number, d.name AS customer_name, d.zone,
           coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM agreement a JOIN customer d ON d.id = a.customer_id JOIN creditor r ON r.id = a.creditor_id WHERE a.id = :id
    """
)
_CASES = text("SELECT case_id FROM agreement_case WHERE agreement_id = :id ORDER BY case_id")
_REPLACE = text(
    "UPDATE hold SET ended_at = :at, ended_by = :actor WHERE case_id = :case AND kind IN ('promise', 'plan') "
    "AND agreement_id IS NULL AND ended_at IS NULL AND word IS NULL RETURNING id"
)
"""A plan takes the place of what was promised of its invoices: that is waited for no more, and not broken."""
_RELEASE = text(
    "UPDATE hold SET ended_at = :at, ended_by = :actor WHERE agreement_id = :id AND (ended_at IS NULL OR ended_by = 'money')"
)


async def make(
    connection: AsyncConnection, scope: Scope, cases: Mapping[int, int], terms: Terms, actor: str, at: datetime
) -> int:
    """Write an agreement down as proposed; answers its number."""
    values: dict[str, Any] = {
        "creditor": scope.creditor, "customer": scope.customer, "currency": scope.currency, "kind": terms.kind,
        "amount": terms.amount, "due": terms.due, "late_days": terms.late_days, "first_payment": terms.first_payment,
        "their_invoice": terms.their_invoice, "why": terms.why, "actor": actor, "at": at,
    }  # fmt: skip
    number = int(await connection.scalar(_MAKE, values))
    for one in scope.owed:
        covered = {"agreement": number, "case": cases[one.invoice], "principal": one.open}
        await connection.execute(_COVER, covered)
    facts = {"kind": terms.kind.value, "amount": terms.amount, "due": terms.due}
    await tell(connection, number, scope.customer, "agreement_proposed", facts | {"actor": actor}, at)
    return number


async def agree(connection: AsyncConnection, number: int, actor: str, at: datetime) -> None:
    """It stands from now on."""
    row = await read(connection, number)
    assert row is not None, "it was written down"
    await connection.execute(_AGREE, {"id": number, "actor": actor, "at": at})
    await tell(connection, number, row["customer_id"], "agreement_made", {"actor": actor}, at)


async def hold(
    connection: AsyncConnection, number: int, kind: HoldKind, payments: Sequence[DatedAmount], actor: str, today: date,
    at: datetime, interest_until: date | None = None,
) -> None:  # fmt: skip
    """Nothing leaves about its cases while the payments come in time."""
    row = await read(connection, number)
    assert row is not None, "it was written down"
    for case in await cases_of(connection, number):
        if kind is HoldKind.PLAN:
            for one in list(await connection.scalars(_REPLACE, {"case": case, "actor": actor, "at": at})):
                await journal.append(connection, "case", case, "released", {"hold": one, "actor": actor}, at)
        await holds.place(
            connection, row["customer_id"], case, kind, row["why"], today, None, actor, at,
            instalments=payments, interest_until=interest_until, agreement=number,
        )  # fmt: skip


async def end(connection: AsyncConnection, number: int, how: EndedHow, actor: str, at: datetime) -> None:
    """It is over. A person's word releases what it held; money has written its word on the holds itself."""
    row = await read(connection, number)
    assert row is not None, "it was written down"
    await connection.execute(_END, {"id": number, "how": how, "actor": actor, "at": at})
    if how in (EndedHow.CANCELLED, EndedHow.REFUSED):
        await connection.execute(_RELEASE, {"id": number, "actor": actor, "at": at})
    await tell(connection, number, row["customer_id"], f"agreement_ended_{how.value}", {"actor": actor}, at)


async def stands_again(connection: AsyncConnection, number: int, customer: int, at: datetime) -> None:
    """What became known later shows that it was not over."""
    await connection.execute(_AGAIN, {"id": number})
    await tell(connection, number, customer, "agreement_open_again", {}, at)


async def read(connection: AsyncConnection, number: int) -> RowMapping | None:
    """The agreement with its customer."""
    return (await connection.execute(_READ, {"id": number})).mappings().first()


async def cases_of(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    """Its cases, in the order in which they are locked."""
    return tuple(await connection.scalars(_CASES, {"id": number}))


async def tell(
    connection: AsyncConnection, number: int, customer: int, kind: str, facts: Mapping[str, object], at: datetime
) -> None:
    """Journal it for the customer and for every case, and wake these."""
    told = {"agreement": number, **facts}
    cases = await cases_of(connection, number)
    await lock(connection, cases)
    await journal.append(connection, "customer", customer, kind, told, at)
    await append_to_cases(connection, kind, [(case, told) for case in cases], at)
    await touch(connection, cases)
