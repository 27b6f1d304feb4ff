"""What staff do by themselves: log a call, write a note. Each is journalled and wakes its cases."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies import consequences as said
from policies.answers import interpret
from policies.case import HoldKind
from policies.choices import choices
from policies.fingerprint import decision_text
from policies.hold_form import HoldAsked
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.said import short_day
from policies.staff import Role, Signer
from policies.stages import Stage
from storage import doors, journal, questions
from storage.answer_reasons import SaidReason, keep
from storage.beside_cases import write_note
from storage.bulk import append_to_cases
from storage.facts import lock, touch
from storage.hold_deeds import Deed, hold_in
from storage.session import reading, transaction
from storage.whom import SOURCE, Whom, find

LONGEST_NOTE = 2000


_CALL_QUESTION = text(
    """
    SELECT q.id FROM question q WHERE q.customer_id = :customer AND q.kind = 'call_outcome' AND q.state = 'open'
      AND (CAST(:case AS bigint) IS NULL OR EXISTS (SELECT FROM question_case k WHERE k.question_id = q.id
      AND k.case_id = :case))
    ORDER BY q.id
    """
)


async def log_call(
    customer: str, invoice: str, outcome: str, on: str, note: str, actor: str, at: datetime
) -> Deed | list[Problem]:
    """What was said on the telephone. `outcome` is a code or the sentence of a call's choices, `on` its date if any.

    An open question about a call to this customer is answered by it; otherwise it holds what it must hold.
    """
    async with reading() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        asked = await connection.scalar(_CALL_QUESTION, {"customer": whom.customer, "case": whom.case})
    kind, stage = QuestionKind.CALL_OUTCOME, Stage.FOLLOW_UP_CALL
    code = next(
        (one.code for one in choices(kind, stage) if outcome.strip() in (one.code, one.sentence)), outcome.strip()
    )
    values = {"decision": code, "date": on.strip(), "note": note.strip()}
    follows = interpret(kind, stage, values, whom.today(at))
    if isinstance(follows, list):
        return [
            Problem(SOURCE, None, "outcome" if one.field == "decision" else one.field, one.reason) for one in follows
        ]
    words = _call_words(code, follows)
    if asked is not None:
        return await _answer_call(int(asked), whom, values, words, actor)
    if code == "skip":
        return [Problem(SOURCE, None, "outcome", "No call is waiting for this customer: there is no step to skip.")]
    async with transaction() as connection:
        await _call_facts(connection, whom, follows, actor, at)
        await _tell(connection, whom, "called", {"outcome": code, "actor": actor}, at)
        await touch(connection, whom.concerned)
    return Deed("call", whom.number, whom.name, words, whom.concerned)


async def note(customer: str, invoice: str, words: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """Write something down about a customer: facts only, the debtor may read them."""
    told = words.strip()
    if not told or len(told) > LONGEST_NOTE:
        reason = f"Write at most {LONGEST_NOTE} characters." if told else "Write what is to be kept."
        return [Problem(SOURCE, None, "note", reason)]
    async with transaction() as connection:
        whom = await find(connection, customer, invoice)
        if isinstance(whom, list):
            return whom
        await write_note(connection, whom.customer, actor, told, at, whom.case)
        await _tell(connection, whom, "noted", {"actor": actor}, at)
        await touch(connection, whom.concerned)
    return Deed("note", whom.number, whom.name, whom.invoice or "customer", whom.concerned)


async def says_paid(customer: str, invoice: str, remark: str, actor: str, at: datetime) -> Deed | list[Problem]:
    """The customer says it is paid: nothing leaves for some days, so that the money can arrive."""
    return await log_call(customer, invoice, "says_paid", "", remark, actor, at)


async def _call_facts(
    connection: AsyncConnection, whom: Whom, follows: Iterable[said.Consequence], actor: str, at: datetime
) -> None:
    """What follows from a call that no step had asked for."""
    for one in follows:
        match one:
            case said.SetHold(kind=kind, until=until, reason=reason):
                await hold_in(connection, whom, HoldAsked(kind, reason, whom.today(at), until), actor, at)
            case said.CallAgain(until=until):
                again = HoldAsked(HoldKind.CALL_BACK, "call again", whom.today(at), until)
                await hold_in(connection, whom, again, actor, at)
            case said.GaveReason(reason=reason, words=words):
                about = [] if whom.case is None else [whom.case]
                why = SaidReason(reason, "call", words)
                await keep(connection, whom.customer, about, why, actor, whom.today(at), at)
            case said.AddNote(text=words):
                await write_note(connection, whom.customer, actor, words, at, whom.case)
            case _:
                pass  # the step such a consequence speaks of was not asked about


async def _tell(connection: AsyncConnection, whom: Whom, kind: str, facts: dict[str, object], at: datetime) -> None:
    await lock(connection, whom.cases)
    await journal.append(connection, "customer", whom.customer, kind, facts, at)
    await append_to_cases(connection, kind, [(case, facts) for case in whom.concerned], at)


async def _answer_call(
    question: int, whom: Whom, values: dict[str, str], words: str, actor: str
) -> Deed | list[Problem]:
    """The call was asked for: this is the answer."""
    found = await questions.read(question)
    assert found is not None, "the question was read a moment ago"
    sentence = next(one.sentence for one in choices(found.kind, found.stage) if one.code == values["decision"])
    decision = decision_text(sentence, found.shown_facts, found.fingerprint)
    refusal = await doors.answer_directly(
        question, Signer(actor, Role.AGENT), "log-call", values | {"decision": decision}
    )
    if refusal:
        return [Problem(SOURCE, None, "", refusal)]
    return Deed("call", whom.number, whom.name, words, whom.concerned)


def _call_words(code: str, follows: Iterable[said.Consequence]) -> str:
    until = next((one.until for one in follows if isinstance(one, said.SetHold)), None)
    words = code.replace("_", " ")
    return f"{words} {short_day(until)}" if until and code == "promised" else words
