"""Whom to call: the calls to be made, the one worth most first, each with why it stands there; and what came of calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import text

from policies.behaviour.assess import Assessed
from policies.calendar_days import open_moment_on
from policies.call_choices import CALL_BACK, NOT_SPOKEN
from policies.call_order import CallFacts, place, why, worth
from policies.call_times import proposed
from policies.case import Calendar, Case, Contact, DebtorKind
from policies.contact_budget import first_day
from policies.ladder import Ladder
from policies.open_hours import Week, beside_week, open_week
from policies.stages import Channel
from storage import policy_store
from storage.bulk import rows_of
from storage.call_numbers import Number, numbers_of
from storage.call_record import CallMade, last_calls
from storage.call_rows import MOST, TOLD, Around, CallItem, WordGiven, around, to_call
from storage.contacts import contacts_of
from storage.holiday_sets import holidays_around
from storage.law_store import law_of
from storage.limitation import UNKNOWN, Claim, Life, lives
from storage.payer_history import payers
from storage.session import reading


@dataclass(frozen=True, slots=True)
class Call:
    """A call to be made. Amounts in minor units of `currency`; moments in UTC, `local` by the customer's clock."""

    question: int | None
    """The question it answers; None: a call back agreed on the telephone, to be logged."""
    run: UUID | None
    customer: int
    number: str
    name: str
    kind: str
    language: str
    segment: str
    stage: str
    currency: str
    amount: int
    oldest: date
    days_late: int
    items: tuple[CallItem, ...]
    numbers: tuple[Number, ...]
    """Where to call, the first choice first; empty: no number is known."""
    zone: str
    local: datetime
    may_now: bool
    """Hours, holidays, caps and what was agreed allow the call at this moment."""
    why_not_now: str
    next_at: datetime | None
    """When to call: now, or the first moment that is allowed and not at the time of day tried in vain; None: never."""
    agreed_at: datetime | None
    attempts: int
    """Calls about this step that reached nobody."""
    attempts_allowed: int
    """After so many the step is passed over; 0: never."""
    todo: str
    asked_at: datetime
    calls: tuple[CallMade, ...]
    contacts: tuple[Contact, ...]
    """The latest contacts, the latest first."""
    words: tuple[WordGiven, ...]
    broken: int
    last_note: str
    worth: int
    why: tuple[str, ...]
    """Why it stands where it does, as English sentences."""


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How often calls ended so. `direction`: `out`, or `in` where the customer called."""

    outcome: str
    direction: str
    calls: int
    customers: int


_OUTCOMES = text(
    """
    SELECT p.outcome, p.direction, count(*) AS calls, count(DISTINCT p.customer_id) AS customers
    FROM phone_call p JOIN customer d ON d.id = p.customer_id
    WHERE (p.at AT TIME ZONE d.zone)::date BETWEEN :since AND :until GROUP BY 1, 2 ORDER BY calls DESC, 1, 2
    """
)
CLOSED, TOO_OFTEN, LATER = (
    "Outside the hours in which this customer may be called.",
    "The policy or the law allows no further call yet.",
    "Another moment was named for it.",
)


async def outcomes(since: date, until: date) -> tuple[OutcomeCount, ...]:
    """What came of the calls from the day `since` to the day `until`, both included, in the customers' days."""
    async with reading() as connection:
        rows = await rows_of(connection, _OUTCOMES, {"since": since, "until": until})
    return tuple(OutcomeCount(**row) for row in rows)


async def calls(at: datetime, owner: str | None = None, most: int = MOST) -> tuple[Call, ...]:
    """The calls to be made at `at`, the first to make first; `owner`: those for this person alone.

    `most`: among how many of the largest amounts they are looked for.
    """
    async with reading() as connection:
        rows = await to_call(connection, at, owner, most)
        if not rows:
            return ()
        customers = sorted({row["customer"] for row in rows})
        ladders = {hash: await policy_store.pinned(connection, hash) for hash in {row["policy_hash"] for row in rows}}
        known = _Known(
            at, ladders, await around(connection, rows), await contacts_of(connection, customers, at),
            await last_calls(connection, customers, TOLD), await numbers_of(connection, customers),
            await payers(connection, customers, at),
            await lives(connection, {row["lead"]: _claim(row, ladders, at) for row in rows}),
        )  # fmt: skip
    found = [known.call(row) for row in rows]
    return tuple(call for _, call in sorted(found, key=lambda one: (*one[0], one[1].customer)))


def _claim(row: Mapping[str, Any], ladders: Mapping[str, Ladder], at: datetime) -> Claim:
    law = law_of(row["country"], row["region"], DebtorKind(row["kind"]), at.date())
    rule = None if law is None else law.limitation
    return Claim(row["due"], row["issued"], rule, ladders[row["policy_hash"]].limitation_warnings)


@dataclass(frozen=True, slots=True)
class _Known:
    """Everything the list is made of, by customer, case or policy."""

    at: datetime
    ladders: Mapping[str, Ladder]
    around: Around
    contacts: Mapping[int, tuple[Contact, ...]]
    made: Mapping[int, tuple[CallMade, ...]]
    numbers: Mapping[int, tuple[Number, ...]]
    payers: Mapping[int, Assessed]
    lives: Mapping[int, Life]

    def call(self, row: Mapping[str, Any]) -> tuple[tuple[int, int, int], Call]:
        """The call of one row with its place in the list."""
        customer, case = row["customer"], self._case(row)
        ladder, tried = self.ladders[row["policy_hash"]], self.around.tried_at(row["lead"])
        made = self.made.get(customer, ())
        named = row["again_at"] or (made[0].again_at if made else None)
        why_not, next_at = self._when(case, ladder, row["step"], named, tried)
        agreed = named if made and made[0].outcome == CALL_BACK else None
        facts = self._facts(row, case, made, len(tried), agreed, may_now=not why_not)
        notes = self.around.notes.get(customer, ())
        return place(facts), Call(
            question=row["question"], run=row["run"], customer=customer, number=row["number"], name=row["name"],
            kind=row["kind"], language=row["language"], segment=row["segment"], stage=row["stage"],
            currency=row["currency"], amount=row["amount"], oldest=row["due"], days_late=facts.days_late,
            items=self.around.items(row), numbers=self.numbers.get(customer, ()), zone=row["zone"],
            local=self.at.astimezone(ZoneInfo(row["zone"])), may_now=not why_not, why_not_now=why_not, next_at=next_at,
            agreed_at=agreed, attempts=len(tried), attempts_allowed=ladder.call_attempts, todo=row["todo"],
            asked_at=row["asked_at"], calls=made, contacts=tuple(reversed(case.contacts))[:TOLD],
            words=self.around.given(customer), broken=facts.broken, last_note=notes[0]["text"] if notes else "",
            worth=worth(facts), why=tuple(str(one) for one in why(facts)),
        )  # fmt: skip

    def _case(self, row: Mapping[str, Any]) -> Case:
        """As much of the case as the laws on contacts look at."""
        ladder = self.ladders[row["policy_hash"]]
        holidays = holidays_around(row["country"], self.at.date(), row["region"])
        return Case(
            id=row["lead"], invoice="", customer=row["customer"], customer_name=row["name"], kind=DebtorKind(row["kind"]),
            country=row["country"], currency=row["currency"], due=row["due"], original=row["amount"],
            principal=row["amount"], calendar=Calendar(ZoneInfo(row["zone"]), holidays, ladder.quiet),
            law=law_of(row["country"], row["region"], DebtorKind(row["kind"]), self.at.date()),
            contacts=self.contacts.get(row["customer"], ()),
        )  # fmt: skip

    def _when(
        self, case: Case, ladder: Ladder, step: str, named: datetime | None, tried: list[datetime]
    ) -> tuple[str, datetime | None]:
        """Why the call may not be made now (empty: it may), and when it is to be. `named`: by whoever spoke last."""
        calendar, week = case.calendar, _week(case, ladder, step)
        today = calendar.day(self.at)
        wait = first_day(case, ladder, Channel.CALL, case.contacts, today)
        if wait is not None:
            moment = open_moment_on(week, calendar, wait[0], self.at, today)
            return TOO_OFTEN, None if moment is None else proposed(week, calendar, moment, tried)
        if named is not None and named > self.at:
            return LATER, proposed(week, calendar, named, ())
        first = proposed(week, calendar, self.at, () if named is not None else tried)
        opens = proposed(week, calendar, self.at, ())
        return "" if opens is not None and opens <= self.at else CLOSED, first

    def _facts(
        self, row: Mapping[str, Any], case: Case, made: tuple[CallMade, ...], unanswered: int,
        agreed: datetime | None, *, may_now: bool,
    ) -> CallFacts:  # fmt: skip
        today = case.calendar.day(self.at)
        broken = next(iter(self.around.broken.get(row["customer"], ())), None)
        spoken = next((one.at for one in made if one.outcome not in NOT_SPOKEN), None)
        assessed, dies_on = self.payers.get(row["customer"]), self.lives.get(row["lead"], UNKNOWN).dies_on
        return CallFacts(
            amount=row["amount"], days_late=(today - row["due"]).days, payer=None if assessed is None else assessed.payer,
            broken=0 if broken is None else broken["times"],
            broke_since=broken is not None and (spoken is None or broken["last"] > spoken),
            unanswered=unanswered, dies_in=None if dies_on is None else (dies_on - today).days,
            agreed=agreed is not None and agreed <= self.at, may_now=may_now,
        )  # fmt: skip


def _week(case: Case, ladder: Ladder, step: str) -> Week:
    """The hours in which the customer may be called: those of the step, else of the ladder, never outside the law's."""
    found = ladder.step(step)
    if found is None:
        return beside_week(None if case.law is None else case.law.contact, ladder, Channel.CALL)
    return open_week(case, ladder, found, Channel.CALL)
