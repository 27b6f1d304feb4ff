"""Everything known about cases at one moment, read in a handful of queries and handed out as frozen values."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.bank_position import BankPosition
from policies.behaviour.assess import Assessed
from policies.broken_promise import broken_on
from policies.case import Case, Contact, Hold
from policies.decisions import Outcome
from policies.hold_form import OF_MONEY
from policies.insured_case import InsuredCase
from policies.ladder import Ladder
from policies.live_room import LiveRoom
from policies.roles import Person
from policies.stages import Channel, Stage
from storage import policy_store
from storage.bank_positions import positions
from storage.contacts import contacts_of
from storage.dossier_queries import AGREED, BASE, EFFECTS, HOLDS, MAY_BE_PAID, OPENINGS, STEPS
from storage.dossier_rows import Opening, Parts, Standing, calendar_of, case_from, standing_from
from storage.insured_cases import of_customers as insured_of
from storage.limitation import UNKNOWN, Claim, Life, lives
from storage.live_route import rooms
from storage.open_credits import OpenCredit, in_the_way, of_customers
from storage.payer_history import payers
from storage.promises import Kept, counted_once, read_holds
from storage.recipients import people_of
from storage.standing_disputes import StandingDispute
from storage.standing_disputes import of_customers as disputes_of


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with what surrounds it: who owes, who owns it, which run carries it."""

    case: Case
    ladder: Ladder
    version: int
    generation: int
    run: UUID | None
    creditor: int
    customer_number: str
    language: str
    owner: str
    live: bool
    email: str
    phone: str
    postal: str
    """Postal address of who pays the bills; empty: none, or one to which the post brings nothing."""
    seat: str
    """The same of the registered office."""
    contact_name: str
    """The desk that pays."""
    people: tuple[Person, ...]
    """Who at the customer can be written to, by role."""
    agency: str
    counsel: str
    """Where files go: the agency's and counsel's addresses, else the creditor's own."""
    issued: date | None
    failures: int
    problem: str
    shown: str
    woken: bool
    next_at: datetime | None
    closed: Outcome | None
    approvals: tuple[Standing, ...]
    promises: tuple[Kept, ...] = ()
    """Promises and plans about the case, over or not."""
    broken_promises: int = 0
    """How many the customer has broken."""
    disputes: tuple[StandingDispute, ...] = ()
    """What the customer disputes, of whichever invoice."""
    life: Life = UNKNOWN
    """How long the claim lives, with what that rests on."""

    def held_by(self, agreement: int) -> Hold | None:
        """What an agreement holds the case by, over or not; None: it holds nothing of it."""
        holds = (one.hold for one in self.promises)
        return next((hold for hold in holds if hold.agreement and hold.agreement.number == agreement), None)


def _group(rows: Iterable[RowMapping]) -> dict[int, list[RowMapping]]:
    grouped: dict[int, list[RowMapping]] = defaultdict(list)
    for row in rows:
        grouped[row["case_id"]].append(row)
    return grouped


async def load(
    connection: AsyncConnection, cases: Iterable[int], as_of: datetime, channels: frozenset[Channel]
) -> dict[int, Dossier]:
    """The dossiers of `cases` as they stand. `channels` are those that have credentials."""
    ids = sorted(set(cases))
    if not ids:
        return {}
    at: dict[str, Any] = {"ids": ids, "as_of": as_of}
    bases = (await connection.execute(BASE, at)).mappings().all()
    around = await _around(connection, ids, bases, as_of)
    found: dict[int, Dossier] = {}
    for base in bases:
        ladder = await policy_store.pinned(connection, base["policy_hash"])
        parts = around.parts_of(base, ladder, as_of)
        case = _with_words(case_from(base, parts, channels, as_of), ladder, parts.holds, as_of)
        found[base["id"]] = _dossier(base, ladder, parts, case)
    return await _with_lives(connection, await _with_payers(connection, found, as_of))


@dataclass(frozen=True, slots=True)
class _Around:
    """What surrounds some cases, by case, customer or creditor."""

    of_cases: tuple[Mapping[int, list[RowMapping]], ...]
    holds: Sequence[RowMapping]
    kept: Mapping[int, Kept]
    openings: Mapping[tuple[int, str], list[Opening]]
    banks: Mapping[int, BankPosition]
    rooms: Mapping[int, LiveRoom]
    contacts: Mapping[int, tuple[Contact, ...]]
    credits: Mapping[int, list[OpenCredit]]
    people: Mapping[int, tuple[Person, ...]]
    disputes: Mapping[int, tuple[StandingDispute, ...]]
    insured: Mapping[int, InsuredCase]

    def parts_of(self, base: RowMapping, ladder: Ladder, as_of: datetime) -> Parts:
        """What of it one case is made of."""
        case, customer, creditor = base["id"], base["customer_id"], base["creditor_id"]
        about = [row for row in self.holds if row["case_id"] in (None, case) and row["customer_id"] == customer]
        steps, effects, agreed, money = (rows.get(case, []) for rows in self.of_cases)
        return Parts(
            steps=steps, effects=effects, agreed=agreed, may_be_paid=money,
            holds=counted_once([self.kept[row["id"]] for row in about], ladder, calendar_of(base, as_of)),
            openings=self.openings.get((customer, base["currency"]), []),
            contacts=self.contacts.get(customer, ()), bank=self.banks.get(creditor),
            credits=in_the_way(self.credits.get(customer, ()), base["currency"]),
            live_room=self.rooms.get(creditor) if base["live"] else None,
            people=self.people.get(customer, ()), disputes=self.disputes.get(customer, ()),
            to_administrator=ladder.after_judgment,
            insured=self.insured.get(case),
        )  # fmt: skip


async def _around(connection: AsyncConnection, ids: list[int], bases: Sequence[RowMapping], as_of: datetime) -> _Around:
    holds = (await connection.execute(HOLDS, {"ids": ids})).mappings().all()
    shared = [row["customer_id"] for row in bases if row["siblings"] > 1]
    customers, creditors = {row["customer_id"] for row in bases}, {row["creditor_id"] for row in bases}
    of_cases = [
        _group((await connection.execute(query, {"ids": ids})).mappings())
        for query in (STEPS, EFFECTS, AGREED, MAY_BE_PAID)
    ]
    return _Around(
        tuple(of_cases), holds, await read_holds(connection, holds),
        openings=await _openings(connection, shared, as_of) if shared else {},
        banks=await positions(connection, creditors, as_of), rooms=await rooms(connection, creditors, as_of),
        contacts=await contacts_of(connection, customers, as_of), credits=await of_customers(connection, customers),
        people=await people_of(connection, customers), disputes=await disputes_of(connection, customers),
        insured=await insured_of(connection, customers),
    )  # fmt: skip


def _with_words(case: Case, ladder: Ladder, kept: Iterable[Kept], as_of: datetime) -> Case:
    """The case with the day on which a promise about it counts as broken."""
    holds = [one.hold for one in kept if not one.whole_customer]
    return replace(case, broken_on=broken_on(holds, case.principal, ladder, case.calendar, case.calendar.day(as_of)))


async def _with_payers(connection: AsyncConnection, found: dict[int, Dossier], as_of: datetime) -> dict[int, Dossier]:
    """The dossiers with how each customer pays, where a step of the ladder goes by it; nobody else is assessed."""
    asked = {one.case.customer for one in found.values() if _goes_by_payer(one.ladder)}
    if not asked:
        return found
    known = await payers(connection, asked, as_of)
    told = {case: known[one.case.customer] for case, one in found.items() if one.case.customer in known}
    return {case: replace(one, case=_assessed(one.case, told.get(case))) for case, one in found.items()}


def _assessed(case: Case, told: Assessed | None) -> Case:
    return case if told is None else replace(case, payer=told.payer, first_lateness=told.is_first_for(case.due))


def _goes_by_payer(ladder: Ladder) -> bool:
    return any(step.only_if is not None and step.only_if.goes_by_payer for step in ladder.steps)


async def _with_lives(connection: AsyncConnection, found: dict[int, Dossier]) -> dict[int, Dossier]:
    """The dossiers with the day each claim dies, and what a person has answered about it."""
    found_lives = await lives(connection, {case: _claim(one) for case, one in found.items()})
    return {
        case: replace(one, life=life, case=replace(one.case, dies_on=life.dies_on, limitation_seen=life.seen))
        for case, one in found.items()
        for life in [found_lives[case]]
    }


def _claim(dossier: Dossier) -> Claim:
    law = dossier.case.law
    rule = None if law is None else law.limitation
    return Claim(dossier.case.due, dossier.issued, rule, dossier.ladder.limitation_warnings)


async def _openings(
    connection: AsyncConnection, customers: list[int], as_of: datetime
) -> dict[tuple[int, str], list[Opening]]:
    rows = (await connection.execute(OPENINGS, {"customers": customers, "as_of": as_of})).mappings()
    found: dict[tuple[int, str], list[Opening]] = defaultdict(list)
    for row in rows:
        found[row["customer_id"], row["currency"]].append(Opening(row["case_id"], Stage(row["stage"]), row["until"]))
    return found


def _dossier(base: RowMapping, ladder: Ladder, parts: Parts, case: Case) -> Dossier:
    return Dossier(
        case=case,
        ladder=ladder,
        version=base["version"],
        generation=base["generation"],
        run=base["run_id"],
        creditor=base["creditor_id"],
        customer_number=base["customer_number"],
        language=base["language"],
        owner=base["owner"] or base["creditor_owner"],
        live=base["live"],
        email=base["email"] or "",
        phone=base["phone"] or "",
        postal=base["postal"].strip(),
        seat=base["seat"].strip(),
        contact_name=base["contact_name"] or "",
        people=parts.people,
        agency=base["named_agency"] or base["agency_email"] or base["reply_to"] or base["creditor_email"],
        counsel=base["legal_email"] or base["reply_to"] or base["creditor_email"],
        issued=base["issued"],
        failures=base["failures"],
        problem=base["problem"],
        shown=base["shown"],
        woken=base["wake_at"] is not None,
        next_at=base["next_at"],
        closed=Outcome(base["outcome"]) if base["closed_at"] else None,
        approvals=tuple(standing_from(row) for row in parts.agreed),
        promises=tuple(one for one in parts.holds if one.hold.kind in OF_MONEY),
        broken_promises=base["broken_promises"],
        disputes=parts.disputes,
    )
