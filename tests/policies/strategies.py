"""Cases, ladders and moments for the properties: anything a ladder may say, at a moment at which something may happen.

Hypothesis draws a seed, and a plain generator makes everything else from it: a hundred times as many situations in the
time it would take to draw each field. A counterexample names its seed.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from policies.case import (
    Agreed,
    Calendar,
    Case,
    Contact,
    DatedAmount,
    DebtorKind,
    DoneHow,
    EffectFact,
    EffectState,
    Hold,
    HoldKind,
    StepDone,
)
from policies.condition import Condition
from policies.ladder import ApprovalRule, Entry, Ladder, Season, Step
from policies.law.contact_rules import Cap, Window
from policies.law.rules import KindLaw
from policies.limitation_warnings import DEAD
from policies.payer import Payer
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from policies.step import CountedFrom, Hours, Repeat
from tests.policies.builders import a_case, a_ladder, climb
from tests.policies.laws import FREE_FIRST, contact

T = TypeVar("T")
ZONES = (
    "Europe/Paris", "Europe/London", "Pacific/Noumea", "America/Los_Angeles", "Asia/Kathmandu", "Africa/Casablanca",
    "Pacific/Apia", "America/St_Johns", "Australia/Lord_Howe",
)  # fmt: skip
FIRST = date(2026, 1, 1)
SEASONS = ((), (Season((8, 1), (8, 25)), Season((12, 20), (1, 3))), (Season((1, 1), (12, 31)),))
ADDRESSED = [one for one in Channel if one is not Channel.HANDOVER]
STEPS = ["s0", "s1", "s2", "s3", "s4", "s5", "gone"]
ASKS = (None, None, QuestionKind.CALL_OUTCOME, QuestionKind.MEDIATION_OUTCOME)
ANCHORS = (CountedFrom.DUE, CountedFrom.DUE, CountedFrom.MONTH_END, CountedFrom.PREVIOUS)

Situation = tuple[Case, Ladder, datetime]


class Chance(Random):
    """A generator that also draws what a case and a ladder are made of."""

    def day(self) -> date:
        """A day of two years."""
        return FIRST + timedelta(days=self.randrange(730))

    def maybe(self, make: Callable[[], T], chance: float = 0.5) -> T | None:
        """Something, or nothing."""
        return make() if self.random() < chance else None

    def some(self, values: Sequence[T], least: int = 0, most: int = 99) -> tuple[T, ...]:
        """A few different ones of the values, in any order."""
        return tuple(self.sample(list(values), self.randint(least, min(most, len(values)))))

    def several(self, make: Callable[[], T], most: int) -> tuple[T, ...]:
        """A few of a kind."""
        return tuple(make() for _ in range(self.randint(0, most)))

    def span(self) -> tuple[int, int]:
        """Hours from and until."""
        opens = self.randint(0, 22)
        return opens, self.randint(opens + 1, 24)

    def weekdays(self) -> frozenset[int]:
        """At least one day of the week."""
        return frozenset(self.some(range(7), 1))

    def limits(self) -> dict[str, int]:
        """Limits in some currencies."""
        return {currency: self.randint(0, 900000) for currency in ("EUR", "JPY")}


def a_step_of(rng: Chance, place: int, stage: Stage, offset: int) -> Step:
    """A step with every rule a step may have."""
    gap, after = rng.randint(1, 30), rng.choice(ANCHORS) if place else CountedFrom.DUE
    return Step(
        id=f"s{place}",
        stage=stage,
        offset=abs(offset) if after is CountedFrom.PREVIOUS else offset,
        after=after,
        gap=gap,
        repeat=rng.maybe(lambda: Repeat(rng.randint(gap, 40), rng.randint(2, 3)), 0.3),
        channels=rng.some(list(Channel), 1, 3),
        also=rng.some([Channel.EMAIL, Channel.SMS, Channel.LETTER], 0, 2),
        lapse_after=rng.maybe(lambda: offset + rng.randint(0, 40), 0.3),
        only_above=rng.maybe(rng.limits, 0.2),
        only_if=rng.maybe(lambda: a_condition(rng), 0.3),
        hours=rng.maybe(lambda: Hours(*rng.span(), rng.weekdays()), 0.3),
        approval=rng.choice(list(ApprovalRule)),
        approval_above=rng.maybe(rng.limits),
        asks=rng.choice(ASKS),
        pay_within=rng.maybe(lambda: rng.randint(1, 20)),
        keeps_out_of_seasons=rng.random() < 0.3,
        text=rng.choice(["", "", "statement", "free_reminder"]),
    )


def a_condition(rng: Chance) -> Condition:
    """A condition of any kind."""
    return Condition(
        invoice_above=rng.maybe(rng.limits, 0.3),
        overdue_up_to=rng.maybe(rng.limits, 0.3),
        overdue_invoices=rng.randint(0, 3),
        kinds=frozenset(rng.some(list(DebtorKind), 0, 3)),
        payers=frozenset(rng.some(list(Payer), 0, 2)),
        first_lateness=rng.choice([None, None, True, False]),
        opened_late=rng.choice([0, 0, 20]),
    )


def a_ladder_of(rng: Chance) -> Ladder:
    """One to six steps in rising order, with every rule a ladder may have."""
    count, (opens, closes) = rng.randint(1, 6), rng.span()
    stages = sorted((rng.choice(list(Stage)) for _ in range(count)), key=list(Stage).index)
    offsets = sorted(rng.randint(-10, 90) for _ in range(count))
    return a_ladder(
        *[a_step_of(rng, place, *each) for place, each in enumerate(zip(stages, offsets, strict=True))],
        seasons=rng.choice(SEASONS),
        send_from=opens,
        send_until=closes,
        send_days=rng.weekdays(),
        ask_at_end_after=rng.randint(0, 40),
        entry=rng.choice(list(Entry)),
        entry_after=rng.randint(1, 40),
        caps=rng.several(lambda: a_cap(rng), 2),
    )


def a_cap(rng: Chance) -> Cap:
    """A cap on some channels."""
    return Cap(frozenset(rng.some(ADDRESSED, 1)), rng.randint(1, 4), rng.randint(1, 30))


def a_law(rng: Chance) -> KindLaw:
    """A law with windows, caps, a rest after conversations, and perhaps a free reminder."""
    caps = rng.several(lambda: a_cap(rng), 2)
    windows = rng.several(lambda: Window(frozenset(rng.some(ADDRESSED, 1)), *rng.span(), rng.weekdays()), 2)
    return replace(contact(*caps, windows=windows, rest=rng.randint(0, 10)), notice=rng.choice([None, FREE_FIRST]))


def a_fresh_case(rng: Chance) -> Case:
    """A case to which nothing has happened yet."""
    due = rng.day()
    return a_case(
        due=due,
        anchor=rng.maybe(rng.day, 0.2),
        opened_on=rng.maybe(lambda: due + timedelta(days=rng.randint(-20, 90))),
        kind=rng.choice(list(DebtorKind)),
        calendar=Calendar(ZoneInfo(rng.choice(ZONES)), frozenset(rng.several(rng.day, 5))),
        currency=rng.choice(["EUR", "EUR", "JPY", "CHF"]),
        customer_overdue=rng.randint(0, 900000),
        overdue_invoices=rng.randint(0, 4),
        payer=rng.maybe(lambda: rng.choice(list(Payer))),
        first_lateness=rng.choice([True, False]),
        reach=frozenset(rng.some(list(Channel), 2)),
        law=rng.maybe(lambda: a_law(rng)),
    )


def any_case(rng: Chance) -> Case:
    """A case with any facts; each time of a step is done once, and tried once through each channel."""
    case = a_fresh_case(rng)
    done = rng.several(lambda: StepDone(rng.choice(STEPS), rng.day(), rng.choice(list(DoneHow)), rng.randint(1, 3)), 4)
    effects = rng.several(lambda: an_effect(rng), 4)
    return replace(
        case,
        principal=rng.randint(-10, 900000) if rng.random() < 0.1 else 125000,
        done=tuple({(one.step, one.occurrence): one for one in done}.values()),
        holds=rng.several(lambda: a_hold(rng), 2) if rng.random() < 0.3 else (),
        effects=tuple({(one.step, one.occurrence, one.channel): one for one in effects}.values()),
        agreed=rng.several(lambda: an_agreement(rng), 3),
        contacts=rng.several(lambda: a_contact(rng), 5),
        asked=frozenset(rng.some(STEPS, 0, 2)),
        written_off=rng.maybe(lambda: "x", 0.05),
        switched_off=rng.random() < 0.05,
        harder=rng.maybe(lambda: rng.choice(list(Stage)), 0.3),
        harder_until=rng.maybe(rng.day),
        dies_on=rng.maybe(rng.day, 0.2),
        limitation_seen=frozenset(rng.some([DEAD, 90, 30])),
    )


def an_effect(rng: Chance) -> EffectFact:
    """The last attempt of a channel for a time of a step."""
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randrange(1_051_200))
    state, attempts = rng.choice(list(EffectState)), rng.randint(0, 9)
    return EffectFact(
        rng.choice(STEPS), rng.choice(list(Channel)), state, at, attempts, rng.random() < 0.5,
        occurrence=rng.randint(1, 3),
    )  # fmt: skip


def a_hold(rng: Chance) -> Hold:
    """A hold of any kind, with or without an end, with money agreed and money that came."""
    kind, reason = rng.choice(list(HoldKind)), rng.choice("xy")
    return Hold(
        kind, reason, rng.day(), rng.maybe(rng.day), "m", rng.random() < 0.3,
        channels=frozenset(rng.some(list(Channel), 0, 2)), instalments=some_money(rng), receipts=some_money(rng),
    )  # fmt: skip


def some_money(rng: Chance) -> tuple[DatedAmount, ...]:
    """Amounts on days, in the order of these."""
    money = rng.several(lambda: DatedAmount(rng.day(), rng.randint(1, 500000)), 2)
    return tuple(sorted(money, key=lambda one: one.on))


def an_agreement(rng: Chance) -> Agreed:
    """An answer to some question about a step."""
    return Agreed(rng.choice(STEPS), rng.choice(list(QuestionKind)), rng.day(), rng.randint(1, 3))


def a_contact(rng: Chance) -> Contact:
    """A contact the debtor had."""
    return Contact(rng.day(), rng.choice(list(Channel)), rng.random() < 0.3)


def a_moment(rng: Chance, case: Case) -> datetime:
    """A moment around the time in which a case is collected, by day more often than by night."""
    day = case.anchor_day + timedelta(days=rng.randint(-20, 150))
    hour = rng.choice([rng.randint(0, 23), rng.randint(9, 17)])
    local = datetime(day.year, day.month, day.day, hour, rng.randint(0, 59), tzinfo=case.calendar.zone)
    return local.astimezone(UTC)


def a_situation(rng: Chance) -> Situation:
    """Any case, on any ladder, at a moment at which something may happen to it: most stand where a climb would be."""
    if rng.random() < 0.3:
        case, ladder = any_case(rng), a_ladder_of(rng)
        return case, ladder, a_moment(rng, case)
    start = a_start(rng)
    played = list(climb(*start))
    here = rng.choice(played[-12:])
    return a_further_fact(rng, here.case), start[1], here.at


def a_further_fact(rng: Chance, case: Case) -> Case:
    """The case with something that came between, half of the time."""
    facts: list[dict[str, object]] = [
        {}, {}, {}, {},
        {"holds": (a_hold(rng),)},
        {"effects": (*case.effects, an_effect(rng))},
        {"contacts": (*case.contacts, a_contact(rng))},
        {"harder": rng.choice(list(Stage)), "harder_until": rng.maybe(rng.day)},
        {"principal": rng.randint(-10, 1)},
        {"reach": frozenset(rng.some(list(Channel)))},
    ]  # fmt: skip
    return replace(case, **rng.choice(facts))  # type: ignore[arg-type]


def a_start(rng: Chance) -> Situation:
    """A case to which nothing has happened, when somebody first looks at it: in time, or long after."""
    case, ladder = a_fresh_case(rng), a_ladder_of(rng)
    return case, ladder, a_moment(rng, case)


def drawn(make: Callable[[Chance], T]) -> st.SearchStrategy[T]:
    """What `make` makes of a seed."""
    return st.integers(0, 1 << 48).map(lambda seed: make(Chance(seed)))
