"""What became of a mediation becomes facts: a plan, a credit note awaited, or that it failed and the next stage comes.

The customer and its cases are locked. The note goes to the mediation alone, where nobody outside reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.call_form import amount_of
from policies.case import DoneHow, HoldKind
from policies.consequences import AddNote, Consequence, DecideDispute, MediationDecided, StepAnswered
from policies.dispute_reasons import DisputeReason, in_words
from policies.dispute_verdict import Verdict
from policies.mediation import MediationOutcome
from policies.money import plain
from policies.plan_form import PlanWords, read_plan
from policies.questions import QuestionKind
from storage import dispute_decisions, holds, mediation_books
from storage.agreement_deeds import plan_in
from storage.agreement_scope import Scope, scope_of
from storage.answered import Change, covered_by
from storage.questions import Question
from storage.step_outcomes import behind, hold

_ABOUT = text(
    """
    SELECT c.id AS case, i.number AS invoice, d.id AS customer, d.number, d.zone FROM cases c JOIN invoice i ON i.id = c.invoice_id
    JOIN customer d ON d.id = c.customer_id
    WHERE c.closed_at IS NULL AND (c.id IN (SELECT case_id FROM question_case WHERE question_id = :question)
       OR c.id IN (SELECT k.case_id FROM mediation_case k JOIN question q ON q.subject = 'mediation:' || k.mediation_id WHERE q.id = :question))
    ORDER BY i.due, c.id
    """
)
_OF_SUBJECT = text(
    "SELECT CAST(split_part(subject, ':', 2) AS bigint) FROM question WHERE id = :id AND subject LIKE 'mediation:%'"
)
_OPENED = text("SELECT max(id) FROM dispute WHERE case_id = :case AND state = 'open'")
GONE = "Nothing of it is open any more: nothing was done."


@dataclass(frozen=True, slots=True)
class About:
    """What an answer is about: the open invoices of a customer, oldest first."""

    customer: int
    number: str
    zone: str
    cases: tuple[int, ...]
    invoices: str

    def today(self, at: datetime) -> date:
        """The customer's day."""
        return at.astimezone(ZoneInfo(self.zone)).date()


async def why_not(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], at: datetime
) -> str | None:
    """The sentence that refuses an answer which cannot be carried out; None: it can, or it is about no mediation."""
    said = next((one for one in outcome if isinstance(one, MediationDecided)), None)
    if said is None:
        return None
    about = await _about(connection, question.id)
    if about is None:
        return GONE
    if said.outcome is MediationOutcome.NO_ANSWER:
        return await _too_early(connection, question, about, at)
    if said.outcome not in (MediationOutcome.PLAN, MediationOutcome.CREDIT):
        return None
    scope = await scope_of(connection, about.number, about.invoices)
    if isinstance(scope, list):
        return " ".join(one.reason for one in scope)
    return _wrong_terms(said, scope, about.today(at))


def _wrong_terms(said: MediationDecided, scope: Scope, today: date) -> str | None:
    if said.outcome is MediationOutcome.PLAN:
        plan = read_plan(PlanWords(said.terms), scope.demanded, scope.currency, today)
        return " ".join(f"{one.field}: {one.reason}" for one in plan) if isinstance(plan, list) else None
    amount = amount_of(said.terms, scope.currency)
    if isinstance(amount, str):
        return f"payments: {amount}"
    if not 0 < amount < scope.demanded:
        owed = f"{plain(scope.demanded, scope.currency)} {scope.currency}"
        return f"payments: Write the amount that is given up, less than the {owed} asked for: 150.00."
    return None


async def _too_early(connection: AsyncConnection, question: Question, about: About, at: datetime) -> str | None:
    number = await number_of(connection, question)
    row = None if number is None else await mediation_books.read(connection, number)
    last = None if row is None else row["last_day"]
    if row is None or last is None or about.today(at) > last:
        return None
    return f"The customer may answer until {last.isoformat()} ({row['last_day_from']}): wait until then, or say that it was refused."


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Make it so, for every case it is about."""
    every = tuple(outcome)
    said = next(one for one in every if isinstance(one, MediationDecided))
    words = "\n".join(one.text for one in every if isinstance(one, AddNote))
    about = await _about(connection, question.id)
    if about is None:
        return
    number, today = await number_of(connection, question), about.today(at)
    if said.outcome is None:
        await _goes_on(connection, question, number, said, words, actor, at, today)
        return
    agreement = await _agreed(connection, about, said, actor, at)
    if question.kind is QuestionKind.MEDIATION_OUTCOME and any(isinstance(one, StepAnswered) for one in every):
        for case in await covered_by(connection, question.id):
            await behind(Change(connection, question, case, actor, at), DoneHow.CONFIRMED, "")
    if number is not None:
        await mediation_books.end(connection, number, said.outcome, words, actor, today, at, agreement)


async def _goes_on(
    connection: AsyncConnection, question: Question, number: int | None, said: MediationDecided, words: str, actor: str,
    at: datetime, today: date,
) -> None:  # fmt: skip
    if question.kind is QuestionKind.MEDIATION_OUTCOME:
        for case in await covered_by(connection, question.id):
            await hold(Change(connection, question, case, actor, at), HoldKind.MANUAL, HELD, said.on)
    if number is not None:
        await mediation_books.goes_on(connection, number, said.on, words, actor, at, today)


HELD = "mediation under way"
"""The reason of a hold while something is mediated: what is said in it is no reason for anybody else to read."""


async def _agreed(
    connection: AsyncConnection, about: About, said: MediationDecided, actor: str, at: datetime
) -> int | None:
    """Carry out what was agreed; answers the number of the agreement, where there is one."""
    if said.outcome is MediationOutcome.PLAN:
        made = await plan_in(connection, about.number, about.invoices, PlanWords(said.terms), actor, at)
        assert not isinstance(made, list), "it was checked under the same locks"
        return made.number
    if said.outcome is MediationOutcome.CREDIT:
        await _await_credit(connection, about, said.terms, actor, at)
    return None


async def _await_credit(connection: AsyncConnection, about: About, terms: str, actor: str, at: datetime) -> None:
    """The amount given up is awaited as a credit note, of the oldest invoices first, and not demanded meanwhile."""
    scope = await scope_of(connection, about.number, about.invoices)
    assert isinstance(scope, Scope), "it was checked under the same locks"
    left = amount_of(terms, scope.currency)
    assert isinstance(left, int), "it was checked under the same locks"
    for one in scope.owed:
        part = min(left, one.demanded)
        if part and one.case is not None:
            reason = f"{in_words(DisputeReason.CREDIT_PROMISED)} {plain(part, scope.currency)}:"
            today = about.today(at)
            await holds.place(connection, about.customer, one.case, HoldKind.DISPUTE, reason, today, None, actor, at)
            opened = int(await connection.scalar(_OPENED, {"case": one.case}))
            await dispute_decisions.decided(connection, opened, (DecideDispute(Verdict.ACCEPT),), actor, at)
            left -= part


async def number_of(connection: AsyncConnection, question: Question) -> int | None:
    """The mediation a question is about."""
    found = await connection.scalar(_OF_SUBJECT, {"id": question.id})
    if found is not None:
        return int(found)
    about = await _about(connection, question.id)
    return None if about is None else await mediation_books.running(connection, about.cases)


async def _about(connection: AsyncConnection, question: int) -> About | None:
    rows = (await connection.execute(_ABOUT, {"question": question})).all()
    if not rows:
        return None
    first = rows[0]
    return About(
        first.customer,
        first.number,
        first.zone,
        tuple(row.case for row in rows),
        ", ".join(row.invoice for row in rows),
    )
