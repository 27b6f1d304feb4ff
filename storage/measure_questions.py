"""A manager is asked about every proposed measure; one that was paid meanwhile is dropped, one that changed asked anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.credit_exposure import CreditExposure
from policies.fingerprint import fingerprint
from policies.measure import MeasureState, is_met
from policies.questions import QuestionKind
from storage import credit_exposures, measure_books, measure_changes, measure_proposals
from storage.beside_cases import put
from storage.facts import lock_debtor
from storage.measure_books import MeasureRow
from storage.measure_decisions import BY_ITSELF, met
from storage.presence import team
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

SOON = timedelta(minutes=1)
CHANGED = "what is owed has changed"
DROPPED = "what would lift it has come about before anybody decided"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a manager is asked about: the measure, and what the customer owes by now."""

    measure: MeasureRow
    owed: CreditExposure


Describe = Callable[[Asked], Wording]

_OPEN = text("SELECT id, step, fingerprint FROM question WHERE kind = 'measure' AND state = 'open' ORDER BY id")
_STEP = text("SELECT step FROM question WHERE id = :id")


async def ask_about_measures(at: datetime, describe: Describe) -> int:
    """One round; answers how many were asked."""
    for row in await met(MeasureState.PROPOSED, at):
        await _drop(row, at)
    async with reading() as connection:
        found = {one.measure.number: one for one in await _to_ask(connection, at)}
        rows = (await connection.execute(_OPEN)).all()
    stand = {int(row.step) for row in rows if _stands(found, int(row.step), row.fingerprint)}
    async with transaction() as connection:
        gone = [row.id for row in rows if not _stands(found, int(row.step), row.fingerprint)]
        await void(connection, gone, CHANGED, at, wake=False)
    return sum([await _ask(one, describe, at) for number, one in found.items() if number not in stand])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do: ask, lift, propose, or tell; None: nothing is to come."""
    async with reading() as connection:
        found = {one.measure.number: one for one in await _to_ask(connection, now)}
        rows = (await connection.execute(_OPEN)).all()
        asked = {int(row.step) for row in rows if _stands(found, int(row.step), row.fingerprint)}
        waits = await measure_changes.waits(connection)
        coming = await measure_proposals.next_proposal(connection, now)
    if waits or len(asked) != len(rows) or asked != set(found):
        return now + SOON
    if await met(MeasureState.TAKEN, now) or await met(MeasureState.PROPOSED, now):
        return now + SOON
    return coming


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the measure is still proposed and what is owed is what the question shows."""
    row = await measure_books.read(connection, int(await connection.scalar(_STEP, {"id": question}) or 0))
    if row is None or row.state is not MeasureState.PROPOSED:
        return False
    owed = await credit_exposures.of_customer(connection, row.customer, row.currency, at)
    return content_of(Asked(row, owed)) == shown and not is_met(row.lifted_by, owed, row.lower_limit)


def content_of(one: Asked) -> str:
    """The fingerprint of what is asked about."""
    row, owed = one.measure, one.owed
    figures = (owed.overdue, owed.not_due, owed.orders, owed.limit, owed.given_up, owed.disputed)
    return fingerprint(["measure", str(row.number), row.kind, row.lifted_by, str(row.lower_limit), *map(str, figures)])


def _stands(found: dict[int, Asked], number: int, shown: str) -> bool:
    return number in found and content_of(found[number]) == shown


async def _to_ask(connection: AsyncConnection, at: datetime) -> list[Asked]:
    rows = await measure_books.standing(connection, MeasureState.PROPOSED)
    return [Asked(row, await credit_exposures.of_customer(connection, row.customer, row.currency, at)) for row in rows]


async def _ask(one: Asked, describe: Describe, at: datetime) -> bool:
    row = one.measure
    async with reading() as connection:
        managers = (await team(connection, row.creditor, at)).managers
    about = {
        "creditor": row.creditor, "customer": row.customer, "currency": row.currency, "amount": one.owed.total,
        "todo": next(iter(managers), row.owner), "step": str(row.number), "subject": row.subject, "since": row.proposed_at,
    }  # fmt: skip
    return await put(QuestionKind.MEASURE, about, describe(one), content_of(one), at)


async def _drop(row: MeasureRow, at: datetime) -> None:
    async with transaction() as connection:
        await lock_debtor(connection, row.customer)
        if await measure_books.decide(connection, row, MeasureState.DROPPED, BY_ITSELF, at, how=DROPPED):
            facts = {"measure": row.number, "kind": row.kind, "why": DROPPED}
            await measure_books.note(connection, row.number, row.customer, "measure_dropped", facts, at)
