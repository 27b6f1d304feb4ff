"""A call is logged by whoever made or took it: it answers the question that asked for it, or holds what it must hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies import consequences as said
from policies.answers import interpret
from policies.call_choices import NOT_SPOKEN, SKIP
from policies.call_consequences import CallTold, HoldCustomer, NumberDead, PromisePart, SendCopy, SendPaymentDetails
from policies.case import DatedAmount, HoldKind
from policies.choices import choices
from policies.fingerprint import decision_text
from policies.follows import Consequences
from policies.hold_form import HoldAsked
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.said import short_day
from policies.staff import Signer
from policies.stages import Stage
from storage import call_answers, call_record, doors, questions
from storage.answer_reading import DIRECTION
from storage.answer_reasons import SaidReason, keep
from storage.beside_cases import write_note
from storage.call_numbers import mark_wrong, numbers_of
from storage.call_record import About
from storage.facts import lock, touch
from storage.hold_deeds import Deed, hold_in
from storage.session import reading, transaction
from storage.staff_catalogue import in_every_language
from storage.whom import SOURCE, Whom, find

UNCOLLECTED = "Nothing of {name} is being collected now: leave the amount empty, and write it into the note."
KIND, STAGE = QuestionKind.CALL_OUTCOME, Stage.FOLLOW_UP_CALL
DIRECTIONS = {"out": "out", "in": "in", "we called": "out", "they called": "in"}
"""What a person may write, with what is kept."""

_QUESTION = text(
    """
    SELECT q.id FROM question q WHERE q.customer_id = :customer AND q.kind = 'call_outcome' AND q.state = 'open'
      AND (CAST(:case AS bigint) IS NULL OR EXISTS (SELECT FROM question_case k WHERE k.question_id = q.id
      AND k.case_id = :case))
    ORDER BY q.id
    """
)
_CURRENCIES = text("SELECT DISTINCT currency FROM cases WHERE id = ANY(:cases)")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said, as the form has it. `outcome`: a code, or the sentence of a choice; `direction`: who called."""

    outcome: str
    on: str = ""
    amount: str = ""
    note: str = ""
    direction: str = "out"


async def log_call(customer: str, invoice: str, call: Said, signer: Signer, at: datetime) -> Deed | list[Problem]:
    """What was said on the telephone, whoever called.

    An open question about a call to this customer is answered by it; otherwise it holds what it must hold. What else is
    asked about the customer is asked anew, if at all: it was asked before this was known.
    """
    async with reading() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        asked = await connection.scalar(_QUESTION, {"customer": whom.customer, "case": whom.case})
        currencies = list(await connection.scalars(_CURRENCIES, {"cases": whom.concerned}))
    if problems := _wrong(call, whom, currencies):
        return problems
    direction, code = DIRECTIONS[call.direction.strip().lower()], _code(call.outcome)
    values = {"decision": code, "date": call.on.strip(), "amount": call.amount.strip(), "note": call.note.strip()}
    follows = interpret(KIND, STAGE, values, whom.today(at), currency=currencies[0] if len(currencies) == 1 else "")
    if isinstance(follows, list):
        return [
            Problem(SOURCE, None, "outcome" if one.field == "decision" else one.field, one.reason) for one in follows
        ]
    words = _words(code, follows)
    if asked is not None:
        return await _answer(int(asked), whom, values | {DIRECTION: direction}, words, signer)
    if code == SKIP:
        return [Problem(SOURCE, None, "outcome", "No call is waiting for this customer: there is no step to skip.")]
    async with transaction() as connection:
        await lock(connection, whom.cases)
        await _Call(connection, whom, signer.name, at, direction, currencies).make_facts(follows)
        await touch(connection, whom.concerned)
    return Deed("call", whom.number, whom.name, words, whom.concerned)


def _wrong(call: Said, whom: Whom, currencies: list[str]) -> list[Problem]:
    """What the form cannot mean, besides its outcome."""
    problems = []
    if call.direction.strip().lower() not in DIRECTIONS:
        reason = f"“{call.direction}” is neither; write “they called” or “we called”."
        problems.append(Problem(SOURCE, None, "direction", reason))
    if call.amount.strip() and not currencies:
        problems.append(Problem(SOURCE, None, "amount", UNCOLLECTED.format(name=whom.name)))
    return problems


@dataclass(frozen=True, slots=True)
class _Call:
    """A call no question had asked for, while it is made facts; the customer's cases are locked."""

    connection: AsyncConnection
    whom: Whom
    actor: str
    at: datetime
    direction: str
    currencies: list[str]

    async def make_facts(self, follows: Consequences) -> None:
        """Every consequence, in its order; a step such a consequence speaks of was not asked about."""
        whom, connection = self.whom, self.connection
        numbers = (await numbers_of(connection, [whom.customer])).get(whom.customer, ())
        phone = numbers[0].phone if numbers else ""
        for one in follows:
            match one:
                case CallTold():
                    await self._record(one, phone)
                case NumberDead():
                    await mark_wrong(connection, whom.customer, phone, self.actor, self.at)
                case SendCopy():
                    await call_answers.send_copies(connection, whom.concerned, self.actor, self.at)
                case SendPaymentDetails():
                    await call_answers.send_payment_details(connection, whom.concerned, self.actor, self.at)
                case said.GaveReason(reason=reason, words=words):
                    about = [] if whom.case is None else [whom.case]
                    why = SaidReason(reason, "call", words)
                    await keep(connection, whom.customer, about, why, self.actor, whom.today(self.at), self.at)
                case said.AddNote(text=words):
                    await write_note(connection, whom.customer, self.actor, words, self.at, whom.case)
                case _:
                    await self._hold(one)

    async def _record(self, told: CallTold, phone: str) -> None:
        """The call; what is asked about the customer was asked before it."""
        currency = self.currencies[0] if len(self.currencies) == 1 else ""
        whom = self.whom
        about = About(whom.customer, whom.zone, whom.concerned, currency, None, phone, self.direction)
        await call_record.record(self.connection, about, told, self.actor, self.at)
        if told.outcome not in NOT_SPOKEN:
            await call_answers.ask_anew(self.connection, whom.concerned, None, self.at)

    async def _hold(self, one: said.Consequence) -> None:
        today = self.whom.today(self.at)
        match one:
            case said.SetHold(kind=kind, until=until, reason=reason):
                await self._place(HoldAsked(kind, reason, today, until))
            case PromisePart(until=until, amount=amount, reason=reason):
                agreed = (DatedAmount(until, amount),)
                await self._place(HoldAsked(HoldKind.PROMISE, reason, today, until, instalments=agreed))
            case said.CallAgain(until=until) if until >= today:
                await self._place(HoldAsked(HoldKind.CALL_BACK, "call again", today, until))
            case HoldCustomer(hold=hold, channels=channels):
                asked = HoldAsked(hold.kind, hold.reason, today, hold.until, channels)
                await self._place(asked, wide=True)
            case _:
                pass

    async def _place(self, asked: HoldAsked, *, wide: bool = False) -> None:
        whom = self.whom.as_a_whole if wide else self.whom
        await hold_in(self.connection, whom, asked, self.actor, self.at, "call")
        if wide:
            await touch(self.connection, whom.cases)


def _code(outcome: str) -> str:
    """The code of what a person chose, by code or by sentence in any language of staff; as it was written where it is none."""
    offered, told = choices(KIND, STAGE), outcome.strip()
    if any(one.code == told for one in offered):
        return told
    return next((one.code for one in in_every_language(offered) if one.sentence == told), told)


async def _answer(
    question: int, whom: Whom, values: dict[str, str], words: str, signer: Signer
) -> Deed | list[Problem]:
    """The call was asked for: this is the answer."""
    found = await questions.read(question)
    assert found is not None, "the question was read a moment ago"
    sentence = next(one.sentence for one in choices(found.kind, found.stage) if one.code == values["decision"])
    decision = decision_text(sentence, found.shown_facts, found.fingerprint)
    refusal = await doors.answer_directly(question, signer, "log-call", values | {"decision": decision})
    if refusal:
        return [Problem(SOURCE, None, "", refusal)]
    return Deed("call", whom.number, whom.name, words, whom.concerned)


def _words(code: str, follows: Iterable[said.Consequence]) -> str:
    """*promised 12 Mar*: the words that name its run."""
    named = (one for one in follows if isinstance(one, said.SetHold | PromisePart))
    until = next((one.until for one in named), None)
    words = code.replace("_", " ")
    return f"{words} {short_day(until)}" if until and code == "promised" else words
