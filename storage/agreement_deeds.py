"""What staff agree on with a customer: a plan, a promise; what needs a manager's word is proposed; any of it is cancelled."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agreement import AgreementKind
from policies.agreement_words import EndedHow
from policies.beside import MessageKind
from policies.case import HoldKind
from policies.hold_form import HoldWords
from policies.plan_form import PlanWords, read_plan
from policies.problems import Problem
from policies.said import short_day
from policies.set_off import read_set_off
from policies.settlement_offer import read_offer
from storage import agreement_books, agreement_set_off, court_payments, insurer_waiting
from storage.agreement_books import Terms
from storage.agreement_news import queue, remind_of
from storage.agreement_questions import Describe, ask
from storage.agreement_scope import cases_for, scope_of
from storage.facts import lock_debtor
from storage.hold_deeds import Deed, hold_customer
from storage.importing import importing
from storage.session import reading, transaction
from storage.voiding import void
from storage.whom import SOURCE

_ASKED = text("SELECT id FROM question WHERE kind IN ('settlement', 'set_off') AND step = :step AND state = 'open'")


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A plan that was agreed on, with what was done in words."""

    number: int
    deed: Deed


async def make_plan(customer: str, invoices: str, words: PlanWords, actor: str, at: datetime) -> Deed | list[Problem]:
    """The customer pays these invoices (none named: all that are open) in parts; nothing leaves while it keeps to it.

    An invoice that is not due yet may be among them: its case is opened, and rests.
    """
    async with transaction() as connection:
        made = await plan_in(connection, customer, invoices, words, actor, at)
    return made if isinstance(made, list) else made.deed


async def plan_in(
    connection: AsyncConnection, customer: str, invoices: str, words: PlanWords, actor: str, at: datetime
) -> PlanMade | list[Problem]:
    """The same in the caller's transaction, where nothing was done yet that must not stand without the plan."""
    scope = await scope_of(connection, customer, invoices)
    if isinstance(scope, list):
        return scope
    today = scope.today(at)
    asked = read_plan(words, scope.demanded, scope.currency, today)
    if isinstance(asked, list):
        return asked
    cases = await cases_for(connection, scope, at)
    if isinstance(cases, list):
        return cases
    if forbidden := await court_payments.no_terms(connection, cases.values()):
        return forbidden
    terms = Terms(
        AgreementKind.PLAN, scope.demanded, asked.payments[-1].on, asked.note, asked.late_days, asked.first_payment
    )
    number = await agreement_books.make(connection, scope, cases, terms, actor, at)
    payments, interest, covered = asked.payments, asked.interest_until, tuple(cases.values())
    if await insurer_waiting.plan_waits(connection, number, scope.customer, covered, payments, interest, actor, at):
        waits = f"agreement {number} waits for the credit insurer's consent"
        return PlanMade(number, Deed("plan", scope.number, scope.name, waits, covered))
    await agreement_books.agree(connection, number, actor, at)
    await agreement_books.hold(connection, number, HoldKind.PLAN, payments, actor, today, at, interest)
    await queue(connection, number, MessageKind.PLAN_AGREED, at)
    await remind_of(connection, number, payments, today, at)
    said = f"agreement {number}, {len(asked.payments)} payments from {short_day(asked.payments[0].on)}"
    return PlanMade(number, Deed("plan", scope.number, scope.name, said, tuple(cases.values())))


async def note_promise(
    customer: str, invoice: str, payments: str, note: str, actor: str, at: datetime
) -> Deed | list[Problem]:
    """The customer promised to pay: amounts with their days, or a day alone for everything."""
    alone = "=" not in payments
    words = HoldWords(
        note or "promised", HoldKind.PROMISE.value, until=payments.strip() if alone else "",
        payments="" if alone else payments,
    )  # fmt: skip
    found = await hold_customer(customer, invoice, words, actor, at)
    if isinstance(found, list):
        return [
            Problem(one.source, one.line, "payments" if one.field == "until" else one.field, one.reason)
            for one in found
        ]
    return found


async def propose_settlement(
    customer: str, invoices: str, amount: str, by: str, why: str, actor: str, at: datetime, describe: Describe
) -> Deed | list[Problem]:
    """Ask a manager whether less than everything, by a day, may settle these invoices."""
    async with transaction() as connection:
        scope = await scope_of(connection, customer, invoices)
        if isinstance(scope, list):
            return scope
        asked = read_offer(amount, by, why, scope.open, scope.currency, scope.today(at))
        if isinstance(asked, list):
            return asked
        cases = await cases_for(connection, scope, at)
        if isinstance(cases, list):
            return cases
        if forbidden := await court_payments.no_terms(connection, cases.values()):
            return forbidden
        terms = Terms(AgreementKind.SETTLEMENT, asked.amount, asked.by, asked.why)
        number = await agreement_books.make(connection, scope, cases, terms, actor, at)
        await insurer_waiting.settlement_waits(connection, number, scope.customer, cases.values(), asked.by, actor, at)
        await ask(connection, number, scope, at, describe)
    return Deed("settlement", scope.number, scope.name, f"agreement {number} proposed", tuple(cases.values()))


async def propose_set_off(
    customer: str,
    invoices: str,
    their_invoice: str,
    amount: str,
    why: str,
    actor: str,
    at: datetime,
    describe: Describe,
) -> Deed | list[Problem]:
    """Ask a manager whether what we owe the customer is set off against these invoices, the oldest first."""
    async with transaction() as connection:
        scope = await scope_of(connection, customer, invoices)
        if isinstance(scope, list):
            return scope
        asked = read_set_off(their_invoice, amount, why, scope.open, scope.currency)
        if isinstance(asked, list):
            return asked
        cases = await cases_for(connection, scope, at)
        if isinstance(cases, list):
            return cases
        terms = Terms(AgreementKind.SET_OFF, asked.amount, None, asked.why, their_invoice=asked.their_invoice)
        number = await agreement_books.make(connection, scope, cases, terms, actor, at)
        await ask(connection, number, scope, at, describe)
    return Deed("set-off", scope.number, scope.name, f"agreement {number} proposed", tuple(cases.values()))


async def cancel(number: int, actor: str, at: datetime) -> Deed | list[Problem]:
    """The agreement is over by our word: the full sum is due again, and its cases go on where they stood.

    A set-off is taken back: its credit settles nothing any more.
    """
    async with reading() as connection:
        row = await agreement_books.read(connection, number)
    if row is None:
        return [Problem(SOURCE, None, "", f"There is no agreement {number}: see ./relance agreement show.")]
    async with importing(row["creditor_id"]) as connection:
        await lock_debtor(connection, row["customer_id"])
        row = await agreement_books.read(connection, number)
        assert row is not None, "agreements are never deleted"
        if row["state"] == "ended":
            return [Problem(SOURCE, None, "", f"Agreement {number} is over already ({row['ended_how']}).")]
        asked = list(await connection.scalars(_ASKED, {"step": str(number)}))
        await void(connection, asked, "the proposal was taken back", at, wake=False)
        await agreement_books.end(connection, number, EndedHow.CANCELLED, actor, at)
        if row["credit_note_id"] is not None:
            await agreement_set_off.undo(connection, row, actor, at)
        cases = await agreement_books.cases_of(connection, number)
    return Deed("cancel", row["customer_number"], row["customer_name"], f"agreement {number}", cases)
