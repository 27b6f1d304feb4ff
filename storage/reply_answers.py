"""What a person answered about what a customer wrote: it is read, what the customer says holds, and is counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.answer_reasons import AnswerReason, Reach
from policies.consequences import AddNote, Consequence, ReplyAnswered, SetHold
from policies.facts import HoldKind
from policies.reply_rules import named
from policies.stages import Channel
from storage import holds, journal
from storage.answer_reasons import SaidReason, keep
from storage.beside_cases import correct_email, write_note
from storage.bulk import append_to_cases
from storage.correspondence import queue_invoice_copy
from storage.facts import lock_debtor, open_cases_of, touch
from storage.questions import Question
from storage.received import origin_of
from storage.unread_replies import RepliesToRead, Reply, unread

_READ = text("UPDATE incoming_message SET read_at = :at, read_by = :actor WHERE id = ANY(:replies) AND read_at IS NULL")
_END = text(
    "UPDATE hold SET ended_at = :at, ended_by = :actor WHERE customer_id = :customer AND ended_at IS NULL "
    "AND kind IN ('unread_reply', 'complaint') AND origin = ANY(:origins) RETURNING id, case_id"
)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer while it is made facts: what was shown, and every open case of the customer, locked."""

    connection: AsyncConnection
    question: Question
    shown: RepliesToRead
    cases: tuple[int, ...]
    actor: str
    at: datetime

    @property
    def customer(self) -> int:
        return self.shown.customer

    @property
    def today(self) -> date:
        return self.shown.today


async def lock_customer(connection: AsyncConnection, question: Question) -> None:
    """Lock the customer with its open cases, before the question is."""
    if question.customer is not None:
        await lock_debtor(connection, question.customer)


async def why_not(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], at: datetime
) -> str | None:
    """The sentence that refuses an answer which names an invoice that is not shown; None: there is none."""
    said = next((one for one in outcome if isinstance(one, ReplyAnswered) and one.invoices), None)
    if said is None or question.customer is None:
        return None
    found = (await unread(connection, at, question.customer)).get(question.customer)
    known = {one.number for one in found.invoices} if found else set()
    unknown = named(said.invoices, known)[1]
    if not unknown:
        return None
    return f"invoices: {', '.join(unknown)} is not among the open invoices shown; copy the numbers from the table."


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Make the answer facts, in the transaction that takes it; the customer's cases wake."""
    assert question.customer is not None, "a reply is of a customer"
    shown = (await unread(connection, at, question.customer))[question.customer]
    cases = await open_cases_of(connection, question.customer)
    answer = _Answer(connection, question, shown, cases, actor, at)
    for one in outcome:
        if isinstance(one, ReplyAnswered):
            await _read(answer, one)
            await _follow(answer, one)
        if isinstance(one, AddNote):
            await write_note(connection, question.customer, actor, one.text, at)
    await touch(connection, cases)


async def _read(answer: _Answer, said: ReplyAnswered) -> None:
    """The messages are dealt with, and hold nothing any more."""
    ids = [one.id for one in answer.shown.replies]
    values = {"customer": answer.customer, "at": answer.at, "actor": answer.actor, "replies": ids}
    origins = [origin_of(one) for one in ids]
    for row in (await answer.connection.execute(_END, values | {"origins": origins})).all():
        facts = {"hold": row.id, "actor": answer.actor}
        if row.case_id is None:
            await journal.append(answer.connection, "customer", answer.customer, "released", facts, answer.at)
        over = answer.cases if row.case_id is None else [row.case_id]
        await append_to_cases(answer.connection, "released", [(case, facts) for case in over], answer.at)
    await answer.connection.execute(_READ, values)
    told = {
        "question": answer.question.id, "incoming": ids, "reason": said.reason, "actor": answer.actor
    }  # fmt: skip
    await journal.append(answer.connection, "customer", answer.customer, "reply_answered", told, answer.at)
    entries = [(case, told) for case in _meant(answer, said)]
    await append_to_cases(answer.connection, "reply_answered", entries, answer.at)


async def _follow(answer: _Answer, said: ReplyAnswered) -> None:
    """The hold of the reason, the reason itself, the copies asked for, a better address."""
    meant = _meant(answer, said)
    if said.hold is not None:
        for case in [None] if said.reach is Reach.CUSTOMER else meant:
            await _hold(answer, said.hold, case)
    if said.reason is not None:
        latest = answer.shown.replies[-1]
        why = SaidReason(said.reason, "sms" if latest.channel == Channel.SMS else "reply", said.words, latest.id)
        about = () if said.reach is Reach.CUSTOMER else meant
        await keep(answer.connection, answer.customer, about, why, answer.actor, answer.today, answer.at)
    if said.reason is AnswerReason.NOT_RECEIVED:
        for case in meant:
            await queue_invoice_copy(answer.connection, case, "not_received", answer.at, answer.actor)
    if said.email:
        await correct_email(answer.connection, answer.customer, said.email)
        facts = {"actor": answer.actor, "question": answer.question.id}
        await journal.append(answer.connection, "customer", answer.customer, "email_corrected", facts, answer.at)


def _meant(answer: _Answer, said: ReplyAnswered) -> Sequence[int]:
    """The cases the answer is about: all of the customer, those named, or those the replies are about."""
    if said.reach is Reach.CUSTOMER:
        return answer.cases
    numbers, _ = named(said.invoices, {one.number for one in answer.shown.invoices})
    return sorted(one.case for one in answer.shown.invoices if (one.number in numbers if numbers else one.in_question))


async def _hold(answer: _Answer, hold: SetHold, case: int | None) -> None:
    """A wish not to be written to is one of the ways the messages came by."""
    ways = _ways(answer.shown.replies) if hold.kind is HoldKind.OPT_OUT else frozenset[Channel]()
    placed = await holds.place(
        answer.connection, answer.customer, case, hold.kind, hold.reason, answer.today, hold.until, answer.actor,
        answer.at, channels=ways, source="reply", incoming=answer.shown.replies[-1].id,
    )  # fmt: skip
    if case is None:
        facts = {"hold": placed, "kind": hold.kind.value, "until": hold.until, "owner": answer.actor}
        await append_to_cases(answer.connection, "held", [(one, facts) for one in answer.cases], answer.at)


def _ways(replies: Iterable[Reply]) -> frozenset[Channel]:
    return frozenset(Channel(one.channel) for one in replies)
