"""Claims on the credit insurer: proposed, approved by a person, filed, paid; the debtor owes all the same."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.claim_file import ClaimFile, FileChoice
from policies.deadline import DeadlineKind
from policies.fingerprint import fingerprint
from policies.form_days import act_day_wrong, day_of
from policies.insurance_claim import why_not_claimed
from policies.insurance_consequences import ClaimAnswered
from policies.insured import Insured
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.sum_written import read_sum
from storage import beside_cases, deadlines
from storage.bulk import append_to_cases
from storage.claim_file import claim_file
from storage.facts import lock_debtor, touch
from storage.hold_deeds import Deed
from storage.insurance_claim_views import ClaimView, view_of
from storage.insured_invoices import insured_cases
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.whom import SOURCE, find

Describe = Callable[[ClaimView, tuple[Insured, ...]], Wording]

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
_UNDER_WAY = text(
    "SELECT min(k.claim_id) FROM insurance_claim_case k JOIN insurance_claim c ON c.id = k.claim_id "
    "WHERE k.case_id = ANY(:cases) AND c.state <> 'refused'"
)
_ROW = text(
    "SELECT c.*, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner FROM insurance_claim c "
    "JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id WHERE c.id = :id"
)
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")
_APPROVE = text(
    "UPDATE insurance_claim SET state = :state, why = :why, approved_by = :actor, approved_at = :at WHERE id = :id AND state = 'proposed'"
)
_FILED = text(
    "UPDATE insurance_claim SET state = 'filed', filed_on = :on, filed_by = :actor, insurer_reference = :reference WHERE id = :id"
)
_PAID = text("UPDATE insurance_claim SET state = 'paid' WHERE id = :id")
_INDEMNITY = text(
    "INSERT INTO insurance_indemnity (claim_id, amount, on_day, reference, actor, at) "
    "VALUES (:id, :amount, :on, :reference, :actor, :at)"
)
_SUBJECTS = text(
    """
    SELECT DISTINCT x.subject FROM deadline x WHERE x.kind = 'insurance_filing' AND x.state = 'standing' AND x.subject LIKE 'insurance:%'
      AND NOT EXISTS (SELECT FROM deadline_case k JOIN cases c ON c.id = k.case_id WHERE k.deadline_id = x.id AND c.closed_at IS NULL
                      AND NOT k.case_id = ANY(:cases))
      AND EXISTS (SELECT FROM deadline_case k WHERE k.deadline_id = x.id AND k.case_id = ANY(:cases))
    """
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
        if (under := await connection.scalar(_UNDER_WAY, {"cases": ids})) is not None:
            return [_no("invoice", f"It is in claim {under} already: see ./relance insurance claims.")]
        last = min((one.filing for one in cases if one.filing is not None), default=None)
        values = {
            "insurance": cases[0].insurance_number, "amount": sum(one.amount for one in cases), "customer": whom.customer,
            "indemnity": sum(one.indemnity for one in cases), "last": last, "actor": actor, "at": at,
        }  # fmt: skip
        number = int(await connection.scalar(_MAKE, values))
        for one in cases:
            covered = {"claim": number, "case": one.invoice.case, "principal": one.invoice.open, "insured": one.amount}
            await connection.execute(_COVER, covered)
        await _tell(connection, number, "insurance_claim_proposed", {"actor": actor}, at)
        view, row = await view_of(connection, number), await _row(connection, number)
    about = {
        "creditor": row["creditor_id"], "customer": row["customer_id"], "currency": view.currency, "amount": view.amount,
        "todo": row["owner"], "subject": f"claim:{number}",
    }  # fmt: skip
    await beside_cases.put(QuestionKind.INSURANCE_CLAIM, about, describe(view, cases), _content(view, cases), at)
    return Deed("insurance-claim", whom.number, whom.name, f"claim {number} proposed", tuple(ids))


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether what is claimed is still open, insured, undisputed, and in time."""
    number = await _number(connection, question)
    row = await _row(connection, number)
    cases = await insured_cases(connection, await _cases(connection, number))
    today = at.astimezone(ZoneInfo(row["zone"])).date()
    return not why_not_claimed(cases, today) and _content(await view_of(connection, number), cases) == shown


async def decided(connection: AsyncConnection, question: Question, outcome: Any, actor: str, at: datetime) -> None:
    """The claim leaves, or does not. The customer is locked."""
    number = await _number(connection, question.id)
    for one in outcome:
        if isinstance(one, ClaimAnswered):
            state = "approved" if one.file else "refused"
            await connection.execute(
                _APPROVE, {"id": number, "state": state, "why": one.words, "actor": actor, "at": at}
            )
            await _tell(connection, number, f"insurance_claim_{state}", {"actor": actor}, at)


async def file_of(number: int, at: datetime) -> ClaimFile | list[Problem]:
    """The file of an approved claim, for the insurer."""
    async with reading() as connection:
        row = await _find(connection, number)
        if row is None or row["state"] not in ("approved", "filed", "paid"):
            return [_no("claim", f"Claim {number} is not approved: answer its question first (./relance inbox).")]
        view = await view_of(connection, number)
        choice = FileChoice("en", receiver=view.insurer, reference=f"{view.policy} / {number}")
        return await claim_file(connection, await _cases(connection, number), at, choice)


async def filed(number: int, on: str, reference: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """The insurer has the claim: its last day is met."""
    async with transaction() as connection:
        row = await _find(connection, number)
        if row is None or row["state"] != "approved":
            return [_no("claim", f"Claim {number} does not wait to be filed.")]
        await lock_debtor(connection, row["customer_id"])
        today = at.astimezone(ZoneInfo(row["zone"])).date()
        if wrong := act_day_wrong(on.strip(), today):
            return [_no("on", wrong)]
        if not reference.strip():
            return [_no("reference", "Write the insurer's reference for the claim.")]
        day = day_of(on.strip()) or today
        await connection.execute(_FILED, {"id": number, "on": day, "actor": actor, "reference": reference.strip()})
        cases = await _cases(connection, number)
        for subject in list(await connection.scalars(_SUBJECTS, {"cases": list(cases)})):
            how = f"claim {number} filed"
            await deadlines.meet(connection, subject, DeadlineKind.INSURANCE_FILING, how, day, actor, at)
        await _tell(connection, number, "insurance_claim_filed", {"on": day, "actor": actor}, at)
        view = await view_of(connection, number)
    return Deed("insurance-claim", view.customer_number, view.name, f"claim {number} filed", cases)


async def indemnity(
    number: int, amount: str, on: str, reference: str, actor: str, at: datetime
) -> Deed | list[Problem]:
    """The insurer paid on a claim: no payment of the debtor, so it settles no invoice and closes no case."""
    async with transaction() as connection:
        row = await _find(connection, number)
        if row is None or row["state"] not in ("filed", "paid"):
            return [_no("claim", f"Claim {number} is not filed.")]
        await lock_debtor(connection, row["customer_id"])
        view = await view_of(connection, number)
        read, today = read_sum(amount, view.currency), at.astimezone(ZoneInfo(row["zone"])).date()
        if isinstance(read, str):
            return [_no("amount", read)]
        if wrong := act_day_wrong(on.strip(), today):
            return [_no("on", wrong)]
        if view.received + read > view.amount:
            return [_no("amount", "That is more than was claimed: look again.")]
        day = day_of(on.strip()) or today
        values = {"id": number, "amount": read, "on": day, "reference": reference.strip(), "actor": actor, "at": at}
        await connection.execute(_INDEMNITY, values)
        await connection.execute(_PAID, {"id": number})
        await _tell(connection, number, "indemnity_received", {"amount": read, "on": day, "actor": actor}, at)
        cases = await _cases(connection, number)
    return Deed("indemnity", view.customer_number, view.name, f"claim {number}: {amount.strip()}", cases)


async def _find(connection: AsyncConnection, number: int) -> RowMapping | None:
    return (await connection.execute(_ROW, {"id": number})).mappings().first()


async def _row(connection: AsyncConnection, number: int) -> RowMapping:
    return (await connection.execute(_ROW, {"id": number})).mappings().one()


async def _cases(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    return tuple(await connection.scalars(_CASES, {"id": number}))


async def _number(connection: AsyncConnection, question: int) -> int:
    return int(str(await connection.scalar(_SUBJECT, {"id": question})).partition(":")[2])


async def _tell(connection: AsyncConnection, number: int, kind: str, facts: dict[str, object], at: datetime) -> None:
    cases = await _cases(connection, number)
    await touch(connection, cases)
    await append_to_cases(connection, kind, [(case, {"claim": number, **facts}) for case in cases], at)


def _content(view: ClaimView, cases: tuple[Insured, ...]) -> str:
    lines = [f"{one.invoice.number}={one.invoice.open}={one.amount}={one.filing}" for one in cases]
    return fingerprint(["claim", str(view.number), str(view.amount), *lines])


def _no(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
