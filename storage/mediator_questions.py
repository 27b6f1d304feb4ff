"""A person is asked whom to propose as mediator, where a proposal waits because several may be: one question a customer."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import Consequence, TakeReading
from policies.fingerprint import fingerprint
from policies.mediation_proposal import TOGETHER
from policies.mediator_choice import Proposals
from policies.stages import Channel
from storage import mediators
from storage.dossier import load
from storage.facts import open_cases_of, touch
from storage.journal import canonical
from storage.presence import asked_of
from storage.question_subject import Wording
from storage.questions import Question
from storage.session import reading, transaction
from storage.voiding import void

SOON = timedelta(minutes=1)
CHANGED = "the mediators that may be proposed, or what is owed, have changed"


@dataclass(frozen=True, slots=True)
class ToChoose:
    """Among whom a person chooses for a customer; `open` in minor units."""

    creditor: int
    customer: int
    number: str
    name: str
    owner: str
    currency: str
    open: int
    case: int
    proposals: Proposals

    @property
    def keys(self) -> tuple[str, ...]:
        """What each offer stands for, in the order of the form."""
        return tuple(one.key for one in self.proposals.open)


Describe = Callable[[ToChoose], Wording]

_WANTED = text(
    "SELECT k.customer_id, k.case_id, d.number, d.name FROM mediator_choice k JOIN customer d ON d.id = k.customer_id "
    "WHERE k.state = 'wanted' AND (CAST(:customer AS bigint) IS NULL OR d.id = :customer) ORDER BY k.id"
)
_OPEN = text("SELECT id, customer_id, fingerprint FROM question WHERE kind = 'mediator' AND state = 'open' ORDER BY id")
_OF = text("SELECT customer_id, offers FROM question WHERE id = :id")
_ASK = text(
    """
    INSERT INTO question (creditor_id, customer_id, currency, kind, stage, step, attempt, state, todo, title, description,
        fingerprint, shown_facts, amount, asked_at, offers)
    VALUES (:creditor, :customer, :currency, 'mediator', '', '', 0, 'open', :todo, :title, :description, :fingerprint, :shown,
        :amount, :at, CAST(:offers AS jsonb))
    """
)


async def ask_about_mediators(as_of: datetime, describe: Describe) -> int:
    """One round; answers how many were asked."""
    due = {one.customer: one for one in await _wanted(as_of)}
    async with reading() as connection:
        asked = (await connection.execute(_OPEN)).all()
    gone = [row.id for row in asked if row.customer_id not in due or _content(due[row.customer_id]) != row.fingerprint]
    if gone:
        async with transaction() as connection:
            await void(connection, gone, CHANGED, as_of, wake=False)
    stand = {row.customer_id for row in asked if row.id not in gone}
    return sum([await _ask(one, describe, as_of) for customer, one in due.items() if customer not in stand])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while everybody is asked."""
    due = {(one.customer, _content(one)) for one in await _wanted(now)}
    async with reading() as connection:
        asked = {(row.customer_id, row.fingerprint) for row in await connection.execute(_OPEN)}
    return now + SOON if asked ^ due else None


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether a mediator is still to be chosen, among those the question shows."""
    row = (await connection.execute(_OF, {"id": question})).one()
    return any(_content(one) == shown for one in await _wanted_in(connection, at, row.customer_id))


async def decided(
    connection: AsyncConnection, question: Question, outcome: Iterable[Consequence], actor: str, at: datetime
) -> None:
    """Keep whom a person chose: the proposal that waited leaves."""
    row = (await connection.execute(_OF, {"id": question.id})).one()
    place = next((one.place for one in outcome if isinstance(one, TakeReading)), 0)
    key = f"route:{TOGETHER}" if not place else row.offers["keys"][place - 1]
    await mediators.choose(connection, row.customer_id, key, actor, at)
    await touch(connection, await open_cases_of(connection, row.customer_id))


async def _wanted(at: datetime) -> list[ToChoose]:
    async with reading() as connection:
        return await _wanted_in(connection, at)


async def _wanted_in(connection: AsyncConnection, at: datetime, customer: int | None = None) -> list[ToChoose]:
    """Customers whose proposal waits for a choice; one that is settled meanwhile, or for whom one is left, waits no more."""
    rows = (await connection.execute(_WANTED, {"customer": customer})).all()
    dossiers = await load(connection, [row.case_id for row in rows], at, frozenset[Channel]())
    found: list[ToChoose] = []
    for row in rows:
        one = dossiers.get(row.case_id)
        if one is None or one.closed is not None:
            continue
        may = await mediators.may_propose(connection, one, one.case.calendar.day(at))
        if may.chosen is None:
            owed = max(one.case.customer_overdue, one.case.principal)
            found.append(
                ToChoose(
                    one.creditor, row.customer_id, row.number, row.name, one.owner, one.case.currency, owed, row.case_id, may.proposals
                )
            )  # fmt: skip
    return found


async def _ask(one: ToChoose, describe: Describe, at: datetime) -> bool:
    words = describe(one)
    offers = {"sentences": [offer(each.title, each.mediator) for each in one.proposals.open], "keys": list(one.keys)}
    values: dict[str, Any] = {
        "creditor": one.creditor, "customer": one.customer, "currency": one.currency, "title": words.title,
        "description": words.description, "fingerprint": _content(one), "shown": words.shown_facts, "amount": one.open, "at": at,
        "offers": canonical(offers),
    }  # fmt: skip
    try:
        async with transaction() as connection:
            values["todo"] = await asked_of(connection, one.creditor, one.owner, one.customer, at)
            await connection.execute(_ASK, values)
    except IntegrityError:
        return False
    return True


def offer(title: str, mediator: str) -> str:
    """A choice of the form: the route with who mediates; the route alone where it is its own name."""
    return mediator if title in mediator else f"{title}: {mediator}"


def _content(one: ToChoose) -> str:
    return fingerprint(["mediator", str(one.customer), *(f"{each.key}={each.mediator}" for each in one.proposals.open)])
