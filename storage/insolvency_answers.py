"""What a person said about a notice, a declaration, goods under retention of title, or the task of a stay becomes a fact."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import AddNote, Consequence
from policies.deadline import DeadlineKind
from policies.insolvency import InsolvencyAsked, InsolvencyWords, Office, postal_lines
from policies.insolvency_consequences import (
    ClaimDeclared,
    ClaimGivenUp,
    DeclareClaim,
    FollowedUp,
    GoodsToClaim,
    NoGoods,
    NoticeConfirmed,
    NoticeDismissed,
)
from policies.insolvency_form import read_insolvency
from policies.problems import Problem
from policies.questions import QuestionKind
from storage import deadlines, insolvency_deeds, insolvency_holds, journal, stay_endings
from storage.answered import Covered
from storage.beside_cases import write_note
from storage.deadlines import NewDeadline
from storage.facts import open_cases_of, touch
from storage.insolvency_claimed import claimed, why_not_declared
from storage.insolvency_views import InsolvencyView, show_in
from storage.questions import Question
from storage.whom import Whom, find

OF_EVERYTHING = (QuestionKind.INSOLVENCY_NOTICE, QuestionKind.CLAIM_DECLARATION, QuestionKind.RETENTION)
"""Questions whose answer concerns everything a customer owes."""
NO_LAST_DAY = (
    "No last day to declare is known, so nobody would be reminded of it: enter it first "
    "(./relance insolvency change {number} --declare-by YYYY-MM-DD), or say on which day it was declared."
)
RETENTION = "retention of title (day entered by {actor})"

_SUBJECT = text("SELECT subject FROM question WHERE id = :id")
_NOTICE = text(
    "SELECT w.*, d.number AS customer_number FROM insolvency_notice w JOIN customer d ON d.id = w.customer_id WHERE w.id = :number"
)
_DECIDED = text(
    "UPDATE insolvency_notice SET state = :state, decided_by = :by, decided_at = :at WHERE id = :number AND state = 'waiting'"
)
_GOODS = text("UPDATE insolvency SET retention = :retention, retention_by = :by, goods = :goods WHERE id = :number")
_FOLLOWED = text("UPDATE stay SET follow_up = :words WHERE id = :number")
_OF_STAY = text("SELECT customer_id FROM stay_customer WHERE stay_id = :number ORDER BY customer_id")


async def why_not(
    connection: AsyncConnection, question: Question, covered: Sequence[Covered], outcome: Sequence[Consequence],
    values: Mapping[str, str], at: datetime,
) -> str | None:  # fmt: skip
    """The sentence that refuses proceedings nobody could write to, a day of the declaration that cannot be, or to resume several
    invoices of a stay by one word."""
    if refusal := await stay_endings.why_not(connection, question, covered, outcome, named=bool(values.get("only"))):
        return refusal
    if any(isinstance(one, DeclareClaim) for one in outcome):
        found = await show_in(connection, await _number(connection, question))
        return NO_LAST_DAY.format(number=found.number) if found is not None and found.declare_by is None else None
    if said := next((one for one in outcome if isinstance(one, ClaimDeclared)), None):
        subject = f"insolvency:{await _number(connection, question)}"
        return await why_not_declared(connection, subject, said.on, at) or None
    confirmed = next((one for one in outcome if isinstance(one, NoticeConfirmed)), None)
    if confirmed is None:
        return None
    read = await _asked(connection, await _number(connection, question), confirmed, at)
    return " ".join(f"{one.field}: {one.reason}" for one in read[0]) if isinstance(read[0], list) else None


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Write it down; the customer's cases are locked."""
    number = await _number(connection, question)
    for one in outcome:
        if question.kind is QuestionKind.INSOLVENCY_NOTICE:
            await _notice(connection, number, one, actor, at)
        elif question.kind is QuestionKind.STAY and isinstance(one, FollowedUp):
            await _followed(connection, number, one, actor, at)
        elif isinstance(one, AddNote) and question.customer is not None:
            await write_note(connection, question.customer, actor, one.text, at)
        elif found := await show_in(connection, number):
            await _proceedings(connection, found, one, actor, at)


async def _number(connection: AsyncConnection, question: Question) -> int:
    return int(str(await connection.scalar(_SUBJECT, {"id": question.id})).rpartition(":")[2])


async def _asked(
    connection: AsyncConnection, number: int, said: NoticeConfirmed, at: datetime
) -> tuple[InsolvencyAsked | list[Problem], Whom]:
    row = (await connection.execute(_NOTICE, {"number": number})).mappings().one()
    whom = await find(connection, row["customer_number"])
    assert isinstance(whom, Whom), "a number names one customer"
    name, _, postal = said.words.replace("\n", ",").partition(",")
    words = InsolvencyWords(
        row["kind"], _day(row["judgment"]), Office(name.strip(), said.email, postal_lines(postal)), published=_day(row["published"]),
        declare_by=said.declare_by.isoformat(), register=row["register_number"], court=row["court"],
    )  # fmt: skip
    return read_insolvency(words, whom.today(at)), whom


def _day(day: Any) -> str:
    return "" if day is None else str(day.isoformat())


async def _notice(connection: AsyncConnection, number: int, one: Consequence, actor: str, at: datetime) -> None:
    row = (await connection.execute(_NOTICE, {"number": number})).mappings().one()
    customer, origin = int(row["customer_id"]), f"notice:{number}"
    if isinstance(one, NoticeConfirmed):
        asked, whom = await _asked(connection, number, one, at)
        assert isinstance(asked, InsolvencyAsked), "it was read before the answer was taken"
        opened = await insolvency_deeds.open_in(connection, whom, asked, actor, at)
        assert not isinstance(opened, list), "a notice stands only while no proceedings are open"
        await connection.execute(_DECIDED, {"number": number, "state": "opened", "by": actor, "at": at})
    if isinstance(one, NoticeDismissed):
        await connection.execute(_DECIDED, {"number": number, "state": "dismissed", "by": actor, "at": at})
        await insolvency_holds.end(connection, customer, origin, actor, at)
        await write_note(connection, customer, actor, one.reason, at)
        facts = {"notice": number, "actor": actor}
        await journal.append(connection, "customer", customer, "notice_dismissed", facts, at)
        await touch(connection, await open_cases_of(connection, customer))


async def _proceedings(
    connection: AsyncConnection, found: InsolvencyView, one: Consequence, actor: str, at: datetime
) -> None:
    match one:
        case DeclareClaim():
            await claimed(connection, found, "approved", None, actor, at)
        case ClaimDeclared(on=on):
            await claimed(connection, found, "declared", on, actor, at)
        case ClaimGivenUp(reason=why):
            await claimed(connection, found, "given_up", None, actor, at)
            await write_note(connection, found.customer, actor, why, at)
        case GoodsToClaim(by=last_day, goods=goods):
            await _goods(connection, found, "claim_back", last_day, goods, actor, at)
        case NoGoods():
            await _goods(connection, found, "none", None, "", actor, at)
        case _:
            pass  # no other choice is offered


async def _goods(
    connection: AsyncConnection, found: InsolvencyView, said: str, last_day: Any, goods: str, actor: str, at: datetime
) -> None:
    values = {"number": found.number, "retention": said, "by": last_day, "goods": goods}
    await connection.execute(_GOODS, values)
    facts = {"insolvency": found.number, "by": last_day, "actor": actor}
    await journal.append(connection, "customer", found.customer, f"retention_{said}", facts, at)
    if last_day is not None:
        new = NewDeadline(
            DeadlineKind.RETENTION_CLAIM, found.subject, last_day, RETENTION.format(actor=actor), goods[:200]
        )
        cases = await open_cases_of(connection, found.customer)
        today = at.astimezone(ZoneInfo(found.zone)).date()
        await deadlines.set_deadline(connection, new, found.customer, cases, today, actor, at)


async def _followed(connection: AsyncConnection, number: int, one: FollowedUp, actor: str, at: datetime) -> None:
    await connection.execute(_FOLLOWED, {"number": number, "words": "done" if one.done else "not needed"})
    for customer in list(await connection.scalars(_OF_STAY, {"number": number})):
        await write_note(connection, customer, actor, one.words, at)
        facts = {"stay": number, "done": one.done, "actor": actor}
        await journal.append(connection, "customer", customer, "stay_followed_up", facts, at)
