"""The mediators a creditor named, what may be proposed to a debtor, and whom a person chose where several may be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import DebtorKind, HoldKind
from policies.law.freshness import all_on_day
from policies.law.ways_on import ways_on
from policies.mediation_proposal import Mediator, Proposal
from policies.mediator_choice import CONSUMER, Proposals, for_segment, proposals
from policies.problems import Problem
from policies.stages import Stage
from storage import journal
from storage.dossier import Dossier
from storage.law_store import UnknownCountry, for_country
from storage.session import reading, transaction
from storage.whom import SOURCE

_NAMED = text(
    "SELECT id, kind, name, address, url, segment FROM mediator WHERE creditor_id = :creditor AND ended_at IS NULL ORDER BY id"
)
_ADD = text(
    "INSERT INTO mediator (creditor_id, kind, name, address, url, segment, named_by) "
    "VALUES (:creditor, :kind, :name, :address, :url, :segment, :by) RETURNING id"
)
_END = text("UPDATE mediator SET ended_at = :at WHERE id = :id AND ended_at IS NULL RETURNING creditor_id")
_ABOUT = text(
    """
    SELECT d.segment, r.mediator AS own, k.key
    FROM customer d JOIN creditor r ON r.id = d.creditor_id
    LEFT JOIN mediator_choice k ON k.customer_id = d.id AND k.state = 'chosen' WHERE d.id = :customer
    """
)
_WANT = text(
    "INSERT INTO mediator_choice (customer_id, case_id, state, key, wanted_at) VALUES (:customer, :case, 'wanted', '', :at) "
    "ON CONFLICT (customer_id) DO UPDATE SET state = 'wanted', case_id = :case, key = '', wanted_at = :at "
    "WHERE mediator_choice.state = 'chosen'"
)
_CHOOSE = text(
    "INSERT INTO mediator_choice (customer_id, state, key, wanted_at, chosen_by, chosen_at) "
    "VALUES (:customer, 'chosen', :key, :at, :by, :at) "
    "ON CONFLICT (customer_id) DO UPDATE SET state = 'chosen', key = :key, chosen_by = :by, chosen_at = :at"
)
_CREDITOR = text("SELECT min(id) FROM creditor")


@dataclass(frozen=True, slots=True)
class MayPropose:
    """What may be proposed to a customer now, and what a person chose for it."""

    proposals: Proposals
    key: str
    own: str
    """The mediator for consumers that messages to this customer name."""

    @property
    def chosen(self) -> Proposal | None:
        """The one to propose; None: a person has to choose."""
        return self.proposals.chosen(self.key)


async def may_propose(connection: AsyncConnection, one: Dossier, today: date) -> MayPropose:
    """By the law of the debtor, what it owes, and whom the creditor named for its segment."""
    case = one.case
    row = (await connection.execute(_ABOUT, {"customer": case.customer})).one()
    named = await named_by(connection, one.creditor)
    try:
        law = all_on_day(for_country(case.country or "", case.region), today)
        owed = max(case.customer_overdue, case.principal)
        ways = ways_on(law, case.kind, owed, case.currency, contested=case.disputed)
    except UnknownCountry:
        ways = None
    insolvent = any(hold.kind is HoldKind.INSOLVENCY for hold in case.holds)
    found = proposals(ways, case.kind, named, row.segment, row.own, insolvent=insolvent)
    theirs = (each.in_words for each in for_segment(named, row.segment) if each.kind == CONSUMER)
    return MayPropose(found, row.key or "", next(theirs, row.own))


async def named_to(
    connection: AsyncConnection, one: Dossier, stage: Stage, own: str, today: date
) -> tuple[str, Proposal | None]:
    """The mediator for consumers a message names, and what it proposes where it proposes a mediation.

    A draft names the first of several, which a person approves; without one a person chooses before anything is written.
    """
    if stage is not Stage.MEDIATION and one.case.kind is not DebtorKind.CONSUMER:
        return own, None
    may = await may_propose(connection, one, today)
    if stage is not Stage.MEDIATION:
        return may.own, None
    return may.own, may.chosen or may.proposals.open[0]


async def must_choose(connection: AsyncConnection, some: Dossier, stage: Stage, at: datetime) -> bool:
    """Whether a person must first choose among several mediators; that it is wanted is written down, and asked about."""
    if (
        stage is not Stage.MEDIATION
        or (await may_propose(connection, some, some.case.calendar.day(at))).chosen is not None
    ):
        return False
    await connection.execute(_WANT, {"customer": some.case.customer, "case": some.case.id, "at": at})
    return True


async def choose(connection: AsyncConnection, customer: int, key: str, by: str, at: datetime) -> None:
    """Keep whom a person chose for the customer; the customer is locked."""
    await connection.execute(_CHOOSE, {"customer": customer, "key": key, "by": by, "at": at})
    await journal.append(connection, "customer", customer, "mediator_chosen", {"mediator": key, "actor": by}, at)


async def named_by(connection: AsyncConnection, creditor: int) -> tuple[Mediator, ...]:
    """The mediators the creditor named, in the order of their naming."""
    rows = (await connection.execute(_NAMED, {"creditor": creditor})).all()
    return tuple(Mediator(row.id, row.kind, row.name, row.address, row.url, row.segment) for row in rows)


async def listed() -> tuple[Mediator, ...]:
    """The mediators the house named."""
    async with reading() as connection:
        return await named_by(connection, int(await connection.scalar(_CREDITOR)))


async def name(one: Mediator, kinds: Iterable[str], by: str, at: datetime) -> int | list[Problem]:
    """Name a mediator; `kinds` are those the law files know, and `mediator`. Answers its number."""
    known = sorted(set(kinds))
    if one.kind not in known:
        return [Problem(SOURCE, None, "kind", f"“{one.kind}” is unknown; use one of {', '.join(known)}.")]
    if not one.name.strip():
        return [Problem(SOURCE, None, "name", "Say the mediator's name.")]
    if not (one.address.strip() or one.url.strip()):
        return [Problem(SOURCE, None, "address", "Say how to reach the mediator: an address, or a web address.")]
    async with transaction() as connection:
        creditor = int(await connection.scalar(_CREDITOR))
        values = {
            "creditor": creditor, "kind": one.kind, "name": one.name.strip(), "address": one.address.strip(),
            "url": one.url.strip(), "segment": one.segment.strip(), "by": by,
        }  # fmt: skip
        number = int(await connection.scalar(_ADD, values))
        facts = {"mediator": number, "kind": one.kind, "actor": by}
        await journal.append(connection, "creditor", creditor, "mediator_named", facts, at)
    return number


async def forget(number: int, by: str, at: datetime) -> list[Problem]:
    """Propose a mediator no more; what was proposed stays as it is."""
    async with transaction() as connection:
        creditor = await connection.scalar(_END, {"id": number, "at": at})
        if creditor is None:
            return [Problem(SOURCE, None, "", f"There is no mediator {number}: see ./relance mediation mediators.")]
        await journal.append(
            connection, "creditor", creditor, "mediator_forgotten", {"mediator": number, "actor": by}, at
        )
    return []
