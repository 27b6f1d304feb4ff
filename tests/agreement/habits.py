"""Customers of our own invention and what each of them does: the facts both sides are given, always the same for a seed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from policies.case import Calendar
from policies.facts import DebtorKind, Hold, HoldKind
from policies.play.events import Event, Held, Money, Released
from policies.play.world import Debtor, Owed
from policies.stages import Channel, Stage
from storage.holiday_sets import holidays_around
from storage.law_store import law_of

START = date(2026, 3, 16)
"""A Monday: Easter, the change to summer time and the holidays of May lie ahead."""
PARIS = ZoneInfo("Europe/Paris")
BANK, DESK = time(5, 30), time(10, 30)
"""When files are read, and when somebody at the desk takes a telephone call (UTC)."""
AMOUNTS = (8_450, 19_900, 64_000, 125_000, 243_090, 389_990, 620_000)
REACH = frozenset({Channel.EMAIL, Channel.CALL, Channel.HANDOVER})
"""What a customer with an e-mail address and no mobile telephone is reached by."""


class Habit(StrEnum):
    """How a customer pays."""

    EARLY = "early"
    LATE = "late"
    VERY_LATE = "very late"
    IN_PARTS = "in parts"
    ALL_AT_ONCE = "all at once"  # one bank line for everything that is late
    SENT_BACK = "sent back"  # its bank takes the money back
    CREDITED = "credited"
    DISPUTES = "disputes"
    PROMISES = "promises"
    AWAY = "away"  # everything of the customer is held for a while
    NEVER = "never"


SPANS = {Habit.EARLY: (-9, 2), Habit.LATE: (2, 30), Habit.VERY_LATE: (30, 80)}
"""Days from the due date to the money: earliest, and before which."""


def customers(invoices: int, seed: int) -> tuple[Debtor, ...]:
    """Some ten customers for every thirty-five invoices, with several invoices each."""
    chance, found, left = Random(seed), list[Debtor](), invoices
    habits = list(Habit)
    while left > 0:
        count = min(left, chance.choice((1, 2, 2, 3, 4, 5, 7)))
        found.append(_customer(len(found) + 1, habits[len(found) % len(habits)], count, chance))
        left -= count
    return tuple(found)


def moment(day: date, at: time) -> datetime:
    """A moment (UTC) of a day."""
    return datetime.combine(day, at, UTC)


def end_of(days: int) -> datetime:
    """The moment at which both sides are compared: noon, when everybody has had the day's messages."""
    return moment(START + timedelta(days=days), time(12))


def _customer(place: int, habit: Habit, count: int, chance: Random) -> Debtor:
    number = f"C{place:03}"
    country = "DE" if place % 5 == 0 else "FR"
    policy = "key-account" if place % 7 == 0 else ""
    owed = tuple(_owed(f"{number}-{nth}", place, chance) for nth in range(1, count + 1))
    events = sorted(_happens(habit, number, owed, chance), key=lambda event: event.known)
    return Debtor(
        number=number, kind=DebtorKind.BUSINESS, calendar=Calendar(PARIS, holidays_around(country, START)), owed=owed,
        events=tuple(events), country=country, law=law_of(country, "", DebtorKind.BUSINESS), reach=REACH, policy=policy,
    )  # fmt: skip


def _owed(number: str, place: int, chance: Random) -> Owed:
    """Most fall due while we watch; some are a backlog, of which the old system had reminded now and then."""
    due = START + timedelta(days=chance.choice((-80, -45, -35, -20, -6, *range(-2, 70, 3))))
    known = moment(max(due - timedelta(days=30), START + timedelta(days=1)), BANK)
    reached = chance.choice((None, Stage.COURTESY_REMINDER, Stage.SECOND_REMINDER)) if due < START else None
    return Owed(
        number=number, due=due, amount=chance.choice(AMOUNTS) + chance.randrange(0, 5_000),
        currency="CHF" if place % 6 == 0 and chance.random() < 0.4 else "EUR", known=known,
        issued=due - timedelta(days=30), reached=reached,
        reached_on=None if reached is None else START - timedelta(days=chance.randrange(1, 12)),
    )  # fmt: skip


def _happens(habit: Habit, number: str, owed: tuple[Owed, ...], chance: Random) -> Iterator[Event]:
    if habit is Habit.ALL_AT_ONCE:
        yield from _together(number, owed, chance)
    elif habit is Habit.AWAY:
        yield from _away(owed, chance)
    else:
        for one in owed:
            yield from _of_one(habit, one, chance)


def _of_one(habit: Habit, one: Owed, chance: Random) -> Iterator[Event]:
    if habit in SPANS:
        yield _paid(one, chance, *SPANS[habit])
    elif habit is Habit.IN_PARTS:
        yield _paid(one, chance, 1, 35, share=3)
        yield _money(one, _after(one, chance.randrange(36, 70)), one.amount - one.amount // 3, "rest")
    elif habit is Habit.SENT_BACK:
        first = _paid(one, chance, 4, 20)
        yield from (first, _returned(first, first.known.date() + timedelta(days=chance.randrange(3, 20))))
    elif habit is Habit.CREDITED:
        part = one.amount if chance.random() < 0.5 else one.amount // 4
        yield _money(one, _after(one, chance.randrange(3, 40)), part, "AV", credit=True)
    elif habit is Habit.DISPUTES:
        yield from _disputed(one, chance)
    elif habit is Habit.PROMISES:
        yield from _promised(one, chance)


def _paid(one: Owed, chance: Random, first: int, last: int, share: int = 1) -> Money:
    """The whole, or a share of it, some days after the due date."""
    return _money(one, _after(one, chance.randrange(first, last)), one.amount // share, "")


def _after(one: Owed, days: int) -> date:
    """So many days after the due date, and not before the invoice is known."""
    assert one.due is not None, "everything here is due"
    return max(one.due + timedelta(days=days), one.known.date() + timedelta(days=1))


def _money(one: Owed, on: date, amount: int, mark: str, *, credit: bool = False) -> Money:
    """What arrived on a day is known the next morning; a credit note when it is written."""
    key = f"{one.number} {on} {mark}".strip()
    known = moment(on if credit else on + timedelta(days=1), BANK)
    return Money(
        known=known, on=on, amount=amount, currency=one.currency, names=(one.number,), key=key, credit=credit, mark=key
    )


def _returned(first: Money, on: date) -> Money:
    """The same line back, with the reference of the first."""
    return Money(
        known=moment(on + timedelta(days=1), BANK), on=on, amount=-first.amount, currency=first.currency, names=first.names,
        key=f"{first.key} back", mark=first.mark,
    )  # fmt: skip


def _together(number: str, owed: tuple[Owed, ...], chance: Random) -> Iterator[Event]:
    """One line for everything of a currency, once its last invoice is some weeks late."""
    for currency in sorted({one.currency for one in owed}):
        mine = [one for one in owed if one.currency == currency]
        on = max(_after(one, chance.randrange(5, 25)) for one in mine)
        key = f"{number} {currency} all"
        yield Money(
            known=moment(on + timedelta(days=1), BANK), on=on, amount=sum(one.amount for one in mine), currency=currency,
            names=tuple(one.number for one in mine), key=key, mark=key,
        )  # fmt: skip


def _disputed(one: Owed, chance: Random) -> Iterator[Event]:
    """Held on a day on which its case is open; released, or asked about once its day has passed, and paid in the end."""
    on = _office(_after(one, chance.randrange(6, 25)))
    until = on + timedelta(days=chance.randrange(5, 25))
    yield Held(
        known=moment(on, DESK), hold=Hold(HoldKind.DISPUTE, "wrong price", on, until, "marie"), invoice=one.number
    )
    if chance.random() < 0.5:
        yield Released(known=moment(_office(until - timedelta(days=3)), DESK), invoice=one.number)
    if chance.random() < 0.6:
        yield _money(one, until + timedelta(days=chance.randrange(1, 30)), one.amount, "")


def _promised(one: Owed, chance: Random) -> Iterator[Event]:
    """A day is promised: kept, or kept in part, or broken."""
    on = _office(_after(one, chance.randrange(6, 25)))
    until = on + timedelta(days=chance.randrange(4, 15))
    yield Held(known=moment(on, DESK), hold=Hold(HoldKind.PROMISE, "on the telephone", on, until, "marie"),
               invoice=one.number)  # fmt: skip
    share = chance.choice((0, 1, 1, 2))
    if share:
        yield _money(one, until, one.amount // share, "")


def _away(owed: tuple[Owed, ...], chance: Random) -> Iterator[Event]:
    """The bookkeeper is away: everything waits, and the money comes afterwards."""
    first = min(owed, key=lambda one: one.known)
    on = _office(_after(first, chance.randrange(6, 25)))
    until = on + timedelta(days=chance.randrange(6, 20))
    yield Held(known=moment(on, DESK), hold=Hold(HoldKind.MANUAL, "the bookkeeper is away", on, until, "marie"))
    for one in owed:
        if chance.random() < 0.7:
            yield _money(one, max(_after(one, 20), until + timedelta(days=chance.randrange(1, 9))), one.amount, "")


def _office(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)
