"""A person proposes a mediation, notes that the customer turned to a mediator, or says what became of one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import HoldKind
from policies.choices import choices
from policies.facts import DebtorKind
from policies.fingerprint import decision_text
from policies.form_days import day_of
from policies.mediation import MediationState, StartedBy
from policies.mediation_proposal import Proposal
from policies.mediator_choice import CONSUMER, PRIVATE
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.said import short_day
from policies.staff import Signer
from policies.stages import Channel, Stage
from storage import doors, holds, mediation_books, mediation_news, mediators, questions
from storage.agreement_scope import Scope, cases_for, scope_of
from storage.dossier import Dossier, load
from storage.facts import touch
from storage.hold_deeds import Deed
from storage.mediation_answers import HELD
from storage.mediation_questions import Describe, ask_about_mediations
from storage.session import reading, transaction
from storage.whom import SOURCE

LONGEST = 2000  # characters of what is noted
_ASK_NOW = text("UPDATE mediation SET ask_on = NULL WHERE id = :id AND state <> 'ended'")
_QUESTION = text(
    """
    SELECT q.id FROM question q WHERE q.state = 'open' AND (q.kind = 'mediation' AND q.subject = 'mediation:' || CAST(:id AS bigint)
        OR q.kind = 'mediation_outcome' AND EXISTS (SELECT FROM question_case c JOIN mediation_case k ON k.case_id = c.case_id
            WHERE c.question_id = q.id AND k.mediation_id = :id)) ORDER BY q.id LIMIT 1
    """
)


@dataclass(frozen=True, slots=True)
class MediationWords:
    """What a person writes down of a mediation; empty text means none."""

    started_by: StartedBy
    mediator: str = ""
    """A name that fits one of those who may be proposed; of a customer's own mediator any name."""
    last_day: str = ""
    """The last day for an answer (YYYY-MM-DD); empty: as the law or the customer's policy says."""
    words: str = ""
    """Kept with the mediation, and given to nobody outside."""


async def propose(
    customer: str, invoices: str, words: MediationWords, actor: str, at: datetime
) -> Deed | list[Problem]:
    """A mediation about these invoices (none named: all that are open) begins: nothing else leaves about them meanwhile."""
    async with transaction() as connection:
        scope = await scope_of(connection, customer, invoices)
        if isinstance(scope, list):
            return scope
        cases = await cases_for(connection, scope, at)
        if isinstance(cases, list):
            return cases
        if (known := await mediation_books.running(connection, cases.values())) is not None:
            return [_no("invoice", f"Mediation {known} is about it already: say what became of it first.")]
        dossier = (await load(connection, [min(cases.values())], at, frozenset[Channel]()))[min(cases.values())]
        asked = await _asked(connection, scope, dossier, words, actor, at)
        if isinstance(asked, list):
            return asked
        today = scope.today(at)
        number = await mediation_books.make(connection, asked, MediationState.PROPOSED, today, at)
        placed: dict[int, int | None] = {
            case: await holds.place(connection, scope.customer, case, HoldKind.MANUAL, HELD, today, None, actor, at)
            for case in sorted(cases.values())
        }
        await mediation_books.begin(connection, number, placed, today, at)
        if words.started_by is StartedBy.PERSON:
            await mediation_news.queue(connection, number, at)
        await touch(connection, cases.values())
    until = "" if asked.last_day is None else f", answer by {short_day(asked.last_day)}"
    return Deed("mediation", scope.number, scope.name, f"mediation {number}{until}", tuple(cases.values()))


async def outcome(number: int, values: dict[str, str], signer: Signer, at: datetime, describe: Describe) -> str | None:
    """Say what became of a mediation, whether or not anybody is asked now: the same checks. Answers the sentence that refuses it."""
    async with transaction() as connection:
        row = await mediation_books.read(connection, number)
        if row is None or row["state"] in ("drafted", "ended"):
            return f"There is no mediation {number} that goes on. See ./relance mediation list."
        await connection.execute(_ASK_NOW, {"id": number})
    await ask_about_mediations(at, describe)
    async with reading() as connection:
        asked = await connection.scalar(_QUESTION, {"id": number})
    found = None if asked is None else await questions.read(int(asked))
    if found is None:
        return f"Mediation {number} rests until its day: release the hold of its invoices first, then say what became of it."
    offered = choices(QuestionKind.MEDIATION, None)
    choice = next((one for one in offered if one.code == values.get("decision")), None)
    if choice is None:
        return f"Choose one of: {', '.join(one.code for one in offered)}."
    decision = decision_text(choice.sentence, found.shown_facts, found.fingerprint)
    return await doors.answer_directly(found.id, signer, "terminal", values | {"decision": decision})


async def _asked(
    connection: AsyncConnection, scope: Scope, dossier: Dossier, words: MediationWords, actor: str, at: datetime
) -> mediation_books.Asked | list[Problem]:
    """What is proposed, and until when an answer is waited for; or everything that is wrong with it."""
    today = scope.today(at)
    may = await mediators.may_propose(connection, dossier, today)
    what = _whom(may, words, dossier.case.kind)
    if isinstance(what, str):
        return [_no("mediator", what)]
    last = _last_day(words, what, dossier, today)
    if isinstance(last, str):
        return [_no("last_day", last)]
    if len(words.words) > LONGEST:
        return [_no("words", f"At most {LONGEST} characters.")]
    day, rule = last
    return mediation_books.Asked(
        scope.customer,
        scope.currency,
        words.started_by,
        what,
        may.proposals.compulsory,
        day,
        rule,
        actor,
        words.words.strip(),
    )


def _whom(may: mediators.MayPropose, words: MediationWords, kind: DebtorKind) -> Proposal | str:
    """Who mediates; or why that cannot be proposed."""
    said, may_be = words.mediator.strip(), may.proposals.open
    if may.proposals.refused:
        return may.proposals.refused
    fitting = [one for one in may_be if said and said.casefold() in f"{one.title} {one.mediator} {one.key}".casefold()]
    if len(fitting) == 1:
        return fitting[0]
    if said and words.started_by is StartedBy.CUSTOMER:
        return Proposal(CONSUMER if kind is DebtorKind.CONSUMER else PRIVATE, "Mediation", said, "")
    names = "; ".join(one.mediator for one in may_be) or "nobody: name one with ./relance mediation name"
    if said:
        return f"“{said}” fits {'several' if fitting else 'none'} of those who may be proposed ({names})."
    chosen = may.chosen
    return f"Several may be proposed, say which: {names}." if chosen is None else chosen


def _last_day(words: MediationWords, what: Proposal, dossier: Dossier, today: date) -> tuple[date | None, str] | str:
    """The last day for an answer with the rule it comes from; a sentence where none is known, or it is not to come."""
    said = words.last_day.strip()
    if said:
        on = day_of(said)
        if on is None or on <= today:
            return f"“{said}” is no day to come; write it as YYYY-MM-DD."
        return on, "entered with the mediation"
    if words.started_by is StartedBy.CUSTOMER:
        return None, ""
    step = next((one for one in dossier.ladder.steps if one.stage is Stage.MEDIATION and one.pay_within), None)
    if what.days is not None:
        return today + timedelta(days=what.days), what.article
    if step is not None and step.pay_within:
        rule = f"policy {dossier.ladder.id}, step {step.id}: {step.pay_within} days to answer"
        return today + timedelta(days=step.pay_within), rule
    return "Neither the law nor the policy gives days to answer: say the last day (YYYY-MM-DD)."


def _no(field: str, reason: str) -> Problem:
    return Problem(SOURCE, None, field, reason)
