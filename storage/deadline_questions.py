"""A person is asked about a deadline twice before its last day, and once when it has passed: one question for each.

Every round takes back what is no longer so and asks anew, so that a second warning never hides behind an unanswered first.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import DeadlineAnswered
from policies.deadline_choices import DONE, KNOWN
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from policies.staff import Role
from policies.who_may_answer import COURT, refusal
from storage import deadlines, journal
from storage.answer_reading import chosen
from storage.beside_cases import put, write_note
from storage.deadline_follows import FOLLOWS, why_unfit
from storage.deadline_views import DeadlineView, awaking_in, one_in, standing
from storage.facts import lock, touch
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

SOON = timedelta(minutes=1)
MORNING = time(6)
"""When the stepped clock stops to ask (UTC)."""
CHANGED = "the deadline, or what is owed, has changed"

Describe = Callable[[DeadlineView], Wording]

_OPEN = text("SELECT id, subject, fingerprint FROM question WHERE kind = 'deadline' AND state = 'open' ORDER BY id")
_KIND = text("SELECT kind FROM deadline WHERE id = :id")
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")


async def ask_about_deadlines(as_of: datetime, describe: Describe) -> int:
    """One round; answers how many were asked."""
    await _awake(as_of)
    found = await standing(as_of)
    due = {_subject(one): one for one in found if one.warning is not None}
    async with transaction() as connection:
        rows = (await connection.execute(_OPEN)).all()
        gone = [row.id for row in rows if row.subject not in due or content_of(due[row.subject]) != row.fingerprint]
        await void(connection, gone, CHANGED, as_of, wake=False)
    for view in found:
        if view.is_over:
            await _settled(view.deadline.number, as_of)
    stand = {row.subject for row in rows if row.id not in gone}
    return sum([await _ask(one, describe, as_of) for subject, one in due.items() if subject not in stand])


async def _settled(number: int, at: datetime) -> None:
    """Apart from the questions: whoever answers one holds the cases while it waits for the question."""
    async with transaction() as connection:
        found = await one_in(connection, number, at)
        assert found is not None, "a deadline is never deleted"
        await lock(connection, [one.case for one in found.cases])
        view = await one_in(connection, number, at)
        if view is not None and view.is_over:
            await deadlines.drop_one(connection, number, deadlines.SETTLED, view.today, deadlines.BY, at)


async def _awake(at: datetime) -> None:
    """Each under the lock of its cases, those of the lowest number first, as they are dropped."""
    async with reading() as connection:
        found = await awaking_in(connection, at)
    for view in found:
        async with transaction() as connection:
            await lock(connection, [one.case for one in view.cases])
            still = {one.deadline.number for one in await awaking_in(connection, at)}
            if view.deadline.number in still:
                await deadlines.wake(connection, view.deadline.number, at)


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while everybody is asked."""
    found = await standing(now)
    async with reading() as connection:
        if await awaking_in(connection, now):
            return now + SOON
        asked = {(row.subject, row.fingerprint) for row in await connection.execute(_OPEN)}
    if asked ^ {(_subject(one), content_of(one)) for one in found if one.warning is not None}:
        return now + SOON
    coming = [one.next_ask for one in found if one.next_ask is not None]
    return max(datetime.combine(min(coming), MORNING, UTC), now + SOON) if coming else None


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the deadline and what is owed are what the question shows."""
    view = await one_in(connection, _number(str(await connection.scalar(_SUBJECT, {"id": question}))), at)
    return view is not None and view.warning is not None and content_of(view) == shown


async def not_theirs(
    connection: AsyncConnection, question: Question, values: Mapping[str, Any], role: Role
) -> str | None:
    """The sentence that refuses *done* where it is an event of a court file, or a claim declared: that is not for everybody."""
    choice = chosen(question, values)
    if question.kind is not QuestionKind.DEADLINE or choice is None or choice.code != DONE:
        return None
    kind = await connection.scalar(_KIND, {"id": _number(question.subject)})
    return refusal(choice, COURT, role) or None if kind in FOLLOWS else None


async def why_not(connection: AsyncConnection, question: Question, outcome: Any, at: datetime) -> str:
    """The sentence that refuses a day the record of the deadline cannot have been kept on; empty: it is taken."""
    for one in outcome if question.kind is QuestionKind.DEADLINE else ():
        if isinstance(one, DeadlineAnswered) and one.how == DONE and one.on is not None:
            view = await one_in(connection, _number(question.subject), at)
            assert view is not None, "a deadline is never deleted"
            if one.on > view.today:
                return f"{one.on} is still to come: answer when it has been done."
            if why := await why_unfit(connection, view.deadline.kind, view.deadline.subject, one.on, at):
                return why
    return ""


async def decided(connection: AsyncConnection, question: Question, outcome: Any, actor: str, at: datetime) -> None:
    """The answer becomes a fact: the deadline is met or dropped, or known; its cases look again."""
    view = await one_in(connection, _number(question.subject), at)
    assert view is not None, "a deadline is never deleted"
    cases = [one.case for one in view.cases]
    await lock(connection, cases)
    for one in outcome:
        if isinstance(one, DeadlineAnswered):
            await _answered(connection, view, one, actor, at)
            if one.words:
                await write_note(connection, view.customer, actor, one.words, at)
    await touch(connection, cases)


async def _answered(
    connection: AsyncConnection, view: DeadlineView, said: DeadlineAnswered, actor: str, at: datetime
) -> None:
    one = view.deadline
    if said.how == KNOWN:
        facts = {"deadline": one.number, "kind": one.kind.value, "warning": view.warning, "actor": actor}
        for case in view.cases:
            await journal.append(connection, "case", case.case, "deadline_known", facts, at)
        return
    if said.how != DONE:
        await deadlines.drop_one(connection, one.number, said.words, view.today, actor, at)
        return
    assert said.on is not None, "the form asks for the day"
    if one.kind in FOLLOWS:
        await FOLLOWS[one.kind](connection, one.subject, said.on, actor, at)
    await deadlines.meet_one(connection, one.number, said.words, said.on, actor, at)


def content_of(one: DeadlineView) -> str:
    """The fingerprint of what is asked about."""
    told = (
        str(one.deadline.number),
        str(one.warning),
        one.deadline.last_day.isoformat(),
        one.deadline.what,
        str(one.open),
    )
    return fingerprint(["deadline", *told])


def _subject(one: DeadlineView) -> str:
    return f"deadline:{one.deadline.number}"


def _number(subject: str) -> int:
    return int(subject.partition(":")[2])


async def _ask(one: DeadlineView, describe: Describe, at: datetime) -> bool:
    about = {
        "creditor": one.creditor, "customer": one.customer, "todo": one.owner, "currency": one.currency,
        "amount": one.open, "step": str(one.warning), "subject": _subject(one),
    }  # fmt: skip
    return await put(QuestionKind.DEADLINE, about, describe(one), content_of(one), at)
