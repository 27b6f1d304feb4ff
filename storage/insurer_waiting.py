"""A promise or a plan beyond the extension of an insured invoice waits for the insurer: written down, and in force only with its word."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementKind
from policies.agreement_words import EndedHow
from policies.beside import MessageKind
from policies.case import DatedAmount, HoldKind
from policies.insurance import ConsentFor
from storage import agreement_books, holds
from storage.agreement_news import queue, remind_of
from storage.beside_cases import write_note
from storage.bulk import append_to_cases
from storage.dispute_sums import DEMANDED
from storage.facts import open_cases_of
from storage.insurer_consents import ask_for, needed
from storage.insurer_holds import BY
from storage.voiding import void

_STAND = text(
    f"""
    UPDATE hold h SET ended_at = NULL, ended_by = '' WHERE h.id = :hold AND h.ended_by = '{BY}'
      AND NOT EXISTS (SELECT FROM hold o WHERE o.customer_id = h.customer_id AND o.case_id IS NOT DISTINCT FROM h.case_id
                      AND o.kind IN ('promise', 'plan') AND o.ended_at IS NULL AND o.id > h.id)
    RETURNING h.kind, h.case_id, h.customer_id, h.until, h.owner
    """  # noqa: S608 - no outside text
)
"""What was promised or agreed since takes the place of what waited."""
_FIRST = text("SELECT coalesce(min(n.on_day), h.until) FROM hold h LEFT JOIN hold_instalment n ON n.hold_id = h.id "
              "WHERE h.id = :hold GROUP BY h.until")  # fmt: skip
_DEMANDED = text(
    f"SELECT coalesce(sum({DEMANDED}), 0)::bigint FROM agreement_case k JOIN cases c ON c.id = k.case_id "  # noqa: S608
    "JOIN invoice i ON i.id = c.invoice_id WHERE k.agreement_id = :id AND c.closed_at IS NULL"
)
_ASKED = text("SELECT id FROM question WHERE kind = 'settlement' AND step = :step AND state = 'open'")
LATE = "The insurer agreed after the first day of the plan, or what is owed has changed since: make the plan anew; the consent stands."
OVER = "The insurer agreed after the first day of the promise or plan: note a new one; the consent stands."


async def plan_waits(
    connection: AsyncConnection, agreement: int, customer: int, cases: Iterable[int], payments: Sequence[DatedAmount],
    interest_until: date | None, actor: str, at: datetime,
) -> bool:  # fmt: skip
    """Whether a plan over several invoices has to wait, proposed, for the insurer's word. The cases are locked."""
    last = payments[-1].on
    found = await needed(connection, cases, last)
    if found:
        terms = {
            "payments": [[one.on.isoformat(), one.amount] for one in payments],
            "interest_until": interest_until.isoformat() if interest_until else "",
        }
        await ask_for(connection, ConsentFor.PLAN, customer, found, last, actor, at, agreement=agreement, terms=terms)
    return bool(found)


async def settlement_waits(
    connection: AsyncConnection, agreement: int, customer: int, cases: Iterable[int], by: date, actor: str, at: datetime
) -> None:
    """The insurer is asked about a settlement whose day is beyond the extension; until then no manager can agree to it."""
    found = await needed(connection, cases, by)
    if found:
        await ask_for(connection, ConsentFor.SETTLEMENT, customer, found, by, actor, at, agreement=agreement)


async def stands(connection: AsyncConnection, consent: RowMapping, today: date, actor: str, at: datetime) -> None:
    """The insurer agreed: what waited takes effect, if its days are still to come. The customer is locked."""
    if consent["hold_id"] is not None:
        await _hold_stands(connection, consent, today, at)
    if consent["agreement_id"] is not None:
        row = await agreement_books.read(connection, consent["agreement_id"])
        if row is not None and row["state"] == "proposed" and row["kind"] == AgreementKind.PLAN:
            await _plan_stands(connection, row, consent["terms"], today, actor, at)


async def falls(connection: AsyncConnection, consent: RowMapping, words: str, actor: str, at: datetime) -> None:
    """The insurer refused: what waited is not made, and who proposed it finds the reason in the customer's file."""
    if consent["agreement_id"] is not None:
        row = await agreement_books.read(connection, consent["agreement_id"])
        if row is not None and row["state"] == "proposed":
            asked = list(await connection.scalars(_ASKED, {"step": str(row["id"])}))
            await void(connection, asked, "the insurer refused", at, wake=False)
            await agreement_books.end(connection, row["id"], EndedHow.REFUSED, actor, at)
    await write_note(
        connection, consent["customer_id"], actor, f"{consent['asked_by']}: the insurer refused. {words}", at
    )


async def let_go(connection: AsyncConnection, agreement: int | None, at: datetime) -> None:
    """A plan that waited for the insurer is over with what it was about. The customer is locked."""
    row = await agreement_books.read(connection, agreement) if agreement is not None else None
    if row is not None and row["state"] == "proposed" and row["kind"] == AgreementKind.PLAN:
        await agreement_books.end(connection, row["id"], EndedHow.CANCELLED, "relance", at)


async def _hold_stands(connection: AsyncConnection, consent: RowMapping, today: date, at: datetime) -> None:
    hold = consent["hold_id"]
    first: date | None = await connection.scalar(_FIRST, {"hold": hold})
    if first is not None and first < today:
        await write_note(connection, consent["customer_id"], "relance", OVER, at)
        return
    row = (await connection.execute(_STAND, {"hold": hold})).mappings().first()
    if row is not None:
        kind, customer, case = HoldKind(row["kind"]), row["customer_id"], row["case_id"]
        await holds.take_effect(connection, hold, customer, case, kind, row["until"], row["owner"], at)
        if case is None:
            facts = {"hold": hold, "kind": kind.value, "until": row["until"], "owner": row["owner"]}
            concerned = await open_cases_of(connection, customer)
            await append_to_cases(connection, "held", [(one, facts) for one in concerned], at)


async def _plan_stands(
    connection: AsyncConnection, row: RowMapping, terms: Any, today: date, actor: str, at: datetime
) -> None:
    number = row["id"]
    payments = [DatedAmount(date.fromisoformat(on), amount) for on, amount in terms["payments"]]
    if payments[0].on < today or await connection.scalar(_DEMANDED, {"id": number}) != row["amount"]:
        await agreement_books.end(connection, number, EndedHow.CANCELLED, "relance", at)
        await write_note(connection, row["customer_id"], "relance", LATE, at)
        return
    interest = date.fromisoformat(terms["interest_until"]) if terms["interest_until"] else None
    await agreement_books.agree(connection, number, actor, at)
    await agreement_books.hold(connection, number, HoldKind.PLAN, payments, actor, today, at, interest)
    await queue(connection, number, MessageKind.PLAN_AGREED, at)
    await remind_of(connection, number, payments, today, at)
