"""Claims on the credit insurer: proposed, approved by a person, filed, paid; the debtor owes all the same."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.claim_file import ClaimFile
from policies.form_days import act_day_wrong, day_of
from policies.insurance_claim import why_not_claimed
from policies.problems import Problem
from policies.sum_written import read_sum
from storage import insurance_claim_books as books
from storage import insurance_claim_filing as filing
from storage.facts import lock_debtor
from storage.hold_deeds import Deed
from storage.insurance_claim_file import file_of_claim
from storage.insurance_claim_questions import Describe, put_question
from storage.insurance_claim_views import view_of
from storage.insured_invoices import insured_cases
from storage.session import reading, transaction
from storage.whom import SOURCE, find

_UNDER_WAY = text(
    "SELECT DISTINCT k.claim_id FROM insurance_claim_case k JOIN insurance_claim c ON c.id = k.claim_id "
    "WHERE k.case_id = ANY(:cases) AND c.state <> 'refused' ORDER BY k.claim_id"
)
_DECLINED = text("UPDATE insurance_claim SET state = 'refused', why = :why WHERE id = :id AND state = 'filed'")
_PAID = text("UPDATE insurance_claim SET state = 'paid' WHERE id = :id")
_INDEMNITY = text(
    "INSERT INTO insurance_indemnity (claim_id, amount, on_day, reference, actor, at) "
    "VALUES (:id, :amount, :on, :reference, :actor, :at)"
)


async def propose(customer: str, invoice: str, actor: str, at: datetime, describe: Describe) -> Deed | list[Problem]:
    """Ask a manager whether the claim for what is insured of a customer, or of one invoice, leaves to the insurer."""
    async with transaction() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        await lock_debtor(connection, whom.customer)
        cases = await insured_cases(connection, whom.concerned)
        if wrong := why_not_claimed(cases, whom.today(at)):
            return [_no("invoice", wrong)]
        ids = [one.invoice.case for one in cases]
        for under in list(await connection.scalars(_UNDER_WAY, {"cases": ids})):
            if not await _is_outdated(connection, under, at):
                return [_no("invoice", f"It is in claim {under} already: see ./relance insurance claims.")]
            await books.let_go(connection, under, at)
        number = await books.make(connection, whom.customer, cases, actor, at)
    await put_question(number, at, describe)
    return Deed("insurance-claim", whom.number, whom.name, f"claim {number} proposed", tuple(ids))


async def _is_outdated(connection: AsyncConnection, number: int, at: datetime) -> bool:
    row = await books.read(connection, number)
    if row["state"] != "approved" or await filing.has_left(connection, number):
        return False
    return bool(await books.why_not_as_it_is(connection, number, at))


async def file_of(number: int, at: datetime) -> ClaimFile | list[Problem]:
    """The file of an approved claim, for the insurer."""
    async with reading() as connection:
        row = await books.find(connection, number)
        if row is None:
            return [_unknown(number)]
        if row["state"] == "refused":
            return [_no("claim", f"Claim {number} is refused: propose it again (./relance insurance claim).")]
        if row["state"] not in ("approved", "filed", "paid"):
            return [_no("claim", f"Claim {number} is not approved: answer its question first (./relance inbox).")]
        if row["state"] == "approved" and (wrong := await books.why_not_as_it_is(connection, number, at)):
            return [_no("claim", wrong)]
        return await file_of_claim(connection, number, at)


async def filed(number: int, on: str, reference: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """The insurer confirmed a claim that waits to be filed, or that left by itself: its last day is met."""
    async with transaction() as connection:
        if row := await books.find(connection, number):
            await lock_debtor(connection, row["customer_id"])
            row = await books.read(connection, number)
        if row is None:
            return [_unknown(number)]
        if row["state"] not in ("approved", "filed") or row["insurer_reference"]:
            return [_no("claim", f"Claim {number} does not wait to be filed.")]
        today = at.astimezone(ZoneInfo(row["zone"])).date()
        day = day_of(on.strip()) or row["filed_on"] or today
        if wrong := act_day_wrong(on.strip(), today) or await books.why_not_filed_on(connection, number, day):
            return [_no("on", wrong)]
        if not reference.strip():
            return [_no("reference", "Write the insurer's reference for the claim.")]
        await filing.note_filed(connection, number, day, reference.strip(), actor, at)
        cases, view = await books.cases_of(connection, number), await view_of(connection, number)
    return Deed("insurance-claim", view.customer_number, view.name, f"claim {number} filed", cases)


async def declined(number: int, why: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """The insurer does not pay on a claim it has; its last day stays met."""
    if not why.strip():
        return [_no("why", "Write what the insurer says.")]
    async with transaction() as connection:
        row = await books.find(connection, number)
        if row is None:
            return [_unknown(number)]
        await lock_debtor(connection, row["customer_id"])
        if not (await connection.execute(_DECLINED, {"id": number, "why": why.strip()})).rowcount:
            return [_no("claim", f"Claim {number} is not filed, or the insurer has paid on it.")]
        await books.tell(connection, number, "insurance_claim_declined", {"actor": actor}, at)
        view, cases = await view_of(connection, number), await books.cases_of(connection, number)
    return Deed("insurance-claim", view.customer_number, view.name, f"claim {number} declined", cases)


async def indemnity(
    number: int, amount: str, on: str, reference: str, actor: str, at: datetime
) -> Deed | list[Problem]:
    """The insurer paid on a claim: no payment of the debtor, so it settles no invoice and closes no case."""
    async with transaction() as connection:
        row = await books.find(connection, number)
        if row is None or row["state"] not in ("filed", "paid"):
            return [_unknown(number) if row is None else _no("claim", f"Claim {number} is not filed.")]
        await lock_debtor(connection, row["customer_id"])
        view = await view_of(connection, number)
        read, today = read_sum(amount, view.currency), at.astimezone(ZoneInfo(row["zone"])).date()
        if isinstance(read, str):
            return [_no("amount", read)]
        day = day_of(on.strip()) or today
        if wrong := act_day_wrong(on.strip(), today) or _too_early(day, row["filed_on"]):
            return [_no("on", wrong)]
        if view.received + read > view.amount:
            return [_no("amount", "That is more than was claimed: look again.")]
        values = {"id": number, "amount": read, "on": day, "reference": reference.strip(), "actor": actor, "at": at}
        await connection.execute(_INDEMNITY, values)
        await connection.execute(_PAID, {"id": number})
        await books.tell(connection, number, "indemnity_received", {"amount": read, "on": day, "actor": actor}, at)
        cases = await books.cases_of(connection, number)
    return Deed("indemnity", view.customer_number, view.name, f"claim {number}: {amount.strip()}", cases)


def _too_early(paid_on: date, filed_on: date) -> str:
    return f"The claim was filed on {filed_on}: nothing was paid on it before." if paid_on < filed_on else ""


def _unknown(number: int) -> Problem:
    return _no("claim", f"There is no claim {number}: see ./relance insurance claims.")


def _no(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
