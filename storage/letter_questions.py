"""Letters to post: one question a creditor, with the list of what is to be posted, what must not be, and lost addresses."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.bank_days import bank_days_after, bank_days_between
from policies.calendar import Calendar
from policies.consequences import LettersPosted
from policies.fingerprint import fingerprint
from policies.questions import QuestionKind
from storage import print_queue
from storage.beside_cases import put
from storage.holiday_sets import holidays_around
from storage.letter_posted import posted_in
from storage.letter_rows import LetterRow, lock_letters, of_creditor
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

REST = timedelta(hours=20)
"""After an answer nobody is asked before the next working day."""
PATIENCE = 2
"""Working days a letter may wait; from the next one on the question says so."""
SHOWN = timedelta(days=3)
"""How long a withdrawn letter is listed."""
MORNING = time(6)
SOON = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Stack:
    """What there is to say about the letters of a creditor today."""

    to_post: tuple[LetterRow, ...]
    withdrawn: tuple[LetterRow, ...]
    sought: tuple[LetterRow, ...]
    """They came back from an address where nobody knows the customer, and no other is known yet."""
    overdue: tuple[LetterRow, ...]
    """Those to post that have waited too long."""


Describe = Callable[[Stack], Wording]
_CREDITORS = text(
    """
    SELECT r.id, r.owner, r.country, r.zone,
           (SELECT q.id FROM question q WHERE q.creditor_id = r.id AND q.kind = 'letters' AND q.state = 'open') AS open,
           (SELECT q.fingerprint FROM question q WHERE q.creditor_id = r.id AND q.kind = 'letters' AND q.state = 'open') AS shown,
           (SELECT max(q.ended_at) FROM question q WHERE q.creditor_id = r.id AND q.kind = 'letters' AND q.state = 'answered') AS ended
    FROM creditor r WHERE EXISTS (SELECT FROM posting p WHERE p.creditor_id = r.id) ORDER BY r.id
    """
)
_OF = text("SELECT r.id, r.country, r.zone FROM question q JOIN creditor r ON r.id = q.creditor_id WHERE q.id = :id")


async def ask_about_letters(as_of: datetime, describe: Describe) -> int:
    """Ask where letters wait; what has changed is asked anew, what is no longer so is taken back. Answers how many."""
    asked = 0
    async with reading() as connection:
        rows = (await connection.execute(_CREDITORS)).all()
        stacks = [(row, await _stack(connection, row, as_of)) for row in rows]
    for row, stack in stacks:
        content = _content(stack)
        if row.open is not None and row.shown != content:
            async with transaction() as connection:
                await void(connection, [row.open], "the letters have changed", as_of, wake=False)
        if content and (row.open is None or row.shown != content) and not _rests(row, as_of):
            about = {"creditor": row.id, "todo": row.owner}
            asked += await put(QuestionKind.LETTERS, about, describe(stack), content, as_of)
    return asked


async def next_question(now: datetime) -> datetime | None:
    """When there is something to ask, or to say anew: a letter that comes, that is withdrawn, or that waits too long."""
    moments: list[datetime] = []
    async with reading() as connection:
        for row in (await connection.execute(_CREDITORS)).all():
            stack = await _stack(connection, row, now)
            content = _content(stack)
            if content != (row.shown or ""):
                moments.append(max(now + SOON, row.ended + REST if row.ended is not None and content else now))
            calendar = _calendar(row, now)
            for one in stack.to_post:
                late = bank_days_after(calendar, one.printed_on, PATIENCE + 1)
                moments.append(datetime.combine(late, MORNING, UTC))
    return min((moment for moment in moments if moment > now), default=None)


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the list is what the question shows, and every letter to be posted may still be."""
    stack = await _of_question(connection, question, at)
    if _content(stack) != shown:
        return False
    return not [one for one in stack.to_post if await print_queue.why_untrue(connection, one.message, at)]


async def why_not(connection: AsyncConnection, question: Question, outcome: Any) -> str | None:
    """Why the answer cannot be used: a customer is left out who has no letter in the list, or a day is too early."""
    said = next((one for one in outcome if isinstance(one, LettersPosted)), None)
    if said is None:
        return None
    stack = await _of_question(connection, question.id, question.asked_at)
    listed = {one.customer_number for one in stack.to_post}
    if strangers := [number for number in said.left_out if number not in listed]:
        return f"customers: {', '.join(strangers)} has no letter in the list; copy the number from it."
    early = [one.name for one in stack.to_post if one.customer_number not in said.left_out and said.on < one.printed_on]
    return f"date: {', '.join(early)} was printed after {said.on}." if early else None


async def decided(
    connection: AsyncConnection, question: int, outcome: Sequence[object], actor: str, at: datetime
) -> None:
    """The letters of the list are posted, each as if it had been said of it alone."""
    for said in outcome:
        if isinstance(said, LettersPosted):
            await lock_letters(connection, (await _of_question(connection, question, at)).to_post)
            for one in (await _of_question(connection, question, at)).to_post:
                if one.customer_number not in said.left_out:
                    await posted_in(connection, one, said.on, "", actor, at)


async def _of_question(connection: AsyncConnection, question: int, at: datetime) -> Stack:
    return await _stack(connection, (await connection.execute(_OF, {"id": question})).one(), at)


async def _stack(connection: AsyncConnection, creditor: Any, at: datetime) -> Stack:
    rows = await of_creditor(connection, creditor.id, at - SHOWN)
    today, calendar = at.astimezone(ZoneInfo(creditor.zone)).date(), _calendar(creditor, at)
    to_post = tuple(one for one in rows if one.state == "to_post")
    return Stack(
        to_post=to_post,
        withdrawn=tuple(one for one in rows if one.state == "withdrawn"),
        sought=tuple(one for one in rows if one.address_sought),
        overdue=tuple(one for one in to_post if bank_days_between(calendar, one.printed_on, today) > PATIENCE),
    )


def _calendar(creditor: Any, at: datetime) -> Calendar:
    return Calendar(ZoneInfo(creditor.zone), holidays_around(creditor.country, at.date(), ""))


def _content(stack: Stack) -> str:
    """The fingerprint of what is shown; empty: there is nothing to ask. A withdrawn letter that drops off the list is no news."""
    if not stack.to_post and not stack.sought:
        return ""
    told = [f"post {one.name}" for one in stack.to_post] + [f"seek {one.name}" for one in stack.sought]
    return fingerprint(["letters", *told, *(f"late {one.name}" for one in stack.overdue)])


def _rests(row: Any, as_of: datetime) -> bool:
    return row.ended is not None and as_of < row.ended + REST
