"""What becomes of a measure: taken or refused by a manager, dropped where it makes no sense any more, lifted.

Taking and lifting write down, in one transaction, what the customer, sales and the ERP are told of it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.consequences import Consequence
from policies.deadline import DeadlineKind
from policies.measure import KIND_WORDS, MeasureState, is_met
from policies.measure_choices import MeasureRefused, MeasureTaken
from storage import credit_exposures, deadlines, measure_books, measure_changes, measure_news
from storage.deadlines import NewDeadline
from storage.measure_books import MeasureRow
from storage.questions import Question
from storage.session import transaction

BY_ITSELF = "relance"
PAID, BY_HAND = "paid", "by_hand"
"""How a measure ended: what lifts it came about, or a person lifted it."""


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Make the manager's word a fact. The customer with its open cases is locked."""
    row = await measure_books.read(connection, int(question.step))
    if row is None or row.state is not MeasureState.PROPOSED:
        return
    for one in outcome:
        if isinstance(one, MeasureTaken):
            await _take(connection, row, one, actor, at)
        if isinstance(one, MeasureRefused):
            await measure_books.decide(connection, row, MeasureState.REFUSED, actor, at, how=one.reason)
            facts = {"measure": row.number, "kind": row.kind, "actor": actor}
            await measure_books.note(connection, row.number, row.customer, "measure_refused", facts, at)


async def _take(connection: AsyncConnection, row: MeasureRow, said: MeasureTaken, actor: str, at: datetime) -> None:
    owed = await credit_exposures.of_customer(connection, row.customer, row.currency, at)
    review = said.review_on or row.review_on or _in_days(row.today(at), row.review_days)
    taken = await measure_books.decide(
        connection, row, MeasureState.TAKEN, actor, at, overdue=owed.unpaid, clause=said.clause, review_on=review
    )
    now = await measure_books.read(connection, row.number)
    assert now is not None, "measures are never deleted"
    assert taken, "its customer is locked"
    await measure_changes.plan(connection, now, measure_changes.TAKEN, owed, actor, at)
    await measure_news.queue(connection, now, MessageKind.MEASURE_TAKEN, at)
    if review is not None:
        await _set_review(connection, now, review, actor, at)
    facts = {"measure": row.number, "kind": row.kind, "actor": actor, "overdue": owed.unpaid, "review_on": review}
    await measure_books.note(connection, row.number, row.customer, "measure_taken", facts, at)


def _in_days(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


async def _set_review(connection: AsyncConnection, row: MeasureRow, on: date, actor: str, at: datetime) -> None:
    """The last day to look at it again rests on the contract's clause, or on the decision itself. It is of the customer: it does
    not end with the cases, which may close while the measure stands."""
    article = row.clause or f"decision of {row.decided_on} by {row.decided_by}"
    what = f"{KIND_WORDS[row.kind]}, measure {row.number}"
    new = NewDeadline(DeadlineKind.MEASURE_REVIEW, row.subject, on, article, what)
    await deadlines.set_deadline(connection, new, row.customer, (), row.today(at), actor, at)


async def lift(connection: AsyncConnection, row: MeasureRow, how: str, actor: str, at: datetime) -> bool:
    """Lift a measure that stands (`measure_books.lock_about` was called); False: somebody was quicker."""
    if not await measure_books.end(connection, row, actor, how, at):
        return False
    owed = await credit_exposures.of_customer(connection, row.customer, row.currency, at)
    await measure_changes.plan(connection, row, measure_changes.LIFTED, owed, actor, at)
    await measure_news.queue(connection, row, MessageKind.MEASURE_LIFTED, at)
    on = row.today(at)
    await deadlines.meet(connection, row.subject, DeadlineKind.MEASURE_REVIEW, f"lifted: {how}", on, actor, at)
    facts = {"measure": row.number, "kind": row.kind, "actor": actor, "how": how}
    await measure_books.note(connection, row.number, row.customer, "measure_lifted", facts, at, closed_too=True)
    return True


async def lift_paid(at: datetime) -> int:
    """Lift every measure of which what lifts it has come about; answers how many."""
    lifted = 0
    for row in await met(MeasureState.TAKEN, at):
        async with transaction() as connection:
            await measure_books.lock_about(connection, row)
            now = await measure_books.read(connection, row.number)
            if now is not None and now.state is MeasureState.TAKEN and await is_met_now(connection, now, at):
                lifted += await lift(connection, now, PAID, BY_ITSELF, at)
    return lifted


async def met(state: MeasureState, at: datetime) -> tuple[MeasureRow, ...]:
    """The measures in a state of which what lifts them has come about."""
    async with transaction() as connection:
        rows = await measure_books.standing(connection, state)
        owed = await credit_exposures.of_customers(connection, [row.customer for row in rows], at) if rows else {}
    return tuple(
        row for row in rows
        if not any(
            one.currency == row.currency and not is_met(row.lifted_by, one, row.lower_limit) for one in owed[row.customer]
        )
    )  # fmt: skip


async def is_met_now(connection: AsyncConnection, row: MeasureRow, at: datetime) -> bool:
    """Whether what lifts it has come about."""
    owed = await credit_exposures.of_customer(connection, row.customer, row.currency, at)
    return is_met(row.lifted_by, owed, row.lower_limit)
