"""Worlds searched for counterexamples: debtors with invoices, money and holds, on ladders of every kind."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from policies.case import Calendar
from policies.facts import DebtorKind, Hold, HoldKind
from policies.play.days import start_of
from policies.play.events import Event, Held, Money, Released
from policies.play.world import Debtor, Owed
from policies.stages import Channel
from tests.policies.strategies import a_ladder_of, drawn

ZONES = ("Europe/Paris", "Pacific/Noumea", "America/Los_Angeles", "Asia/Kathmandu")
FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
UNTIL = datetime(2027, 12, 31, tzinfo=UTC)
DAYS = st.dates(FIRST, LAST)
HOURS = st.sampled_from([0, 8, 10, 14, 20])
LADDERS = drawn(a_ladder_of)
"""Anything a ladder may say, by the seed that makes it."""
KINDS = st.sampled_from([HoldKind.MANUAL, HoldKind.DISPUTE, HoldKind.PROMISE, HoldKind.IN_FLIGHT])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(ZoneInfo(draw(st.sampled_from(ZONES))), draw(st.frozensets(DAYS, max_size=3)))


@st.composite
def owed(draw: st.DrawFn, number: str, calendar: Calendar) -> Owed:
    due = draw(DAYS)
    late = draw(st.sampled_from([-30, -30, 0, 5, 60]))
    return Owed(
        number=number,
        due=due,
        amount=draw(st.integers(1, 500_000)),
        currency=draw(st.sampled_from(["EUR", "EUR", "CHF"])),
        known=start_of(calendar, due) + timedelta(days=late),
    )


@st.composite
def money(draw: st.DrawFn, of: Owed, calendar: Calendar, key: str) -> Money:
    on = draw(DAYS)
    amount = of.amount if draw(st.booleans()) else draw(st.integers(1, 600_000))
    back = draw(st.sampled_from([1, 1, 1, -1]))
    known = start_of(calendar, on) + timedelta(days=draw(st.sampled_from([0, 1, 4])), hours=draw(HOURS))
    return Money(known=known, on=on, amount=back * amount, currency=of.currency, names=(of.number,), key=key,
                 credit=back > 0 and draw(st.sampled_from([False, False, True])))  # fmt: skip


@st.composite
def holds(draw: st.DrawFn, of: Owed, calendar: Calendar) -> list[Event]:
    on = draw(DAYS)
    kind = draw(KINDS)
    ends = draw(st.none() | st.integers(0, 40))
    if kind in (HoldKind.PROMISE, HoldKind.IN_FLIGHT):
        ends = ends or 7
    until = None if ends is None else on + timedelta(days=ends)
    name = draw(st.sampled_from([of.number, ""]))
    found: list[Event] = [
        Held(
            known=start_of(calendar, on) + timedelta(hours=draw(HOURS)),
            hold=Hold(kind, "x", on, until, "m"),
            invoice=name,
        )
    ]
    if draw(st.booleans()):
        after = start_of(calendar, on) + timedelta(days=draw(st.integers(1, 30)))
        found.append(Released(known=after, invoice=name))
    return found


@st.composite
def debtors(draw: st.DrawFn, *, held: bool = True, number: str = "C1") -> Debtor:
    """One to four invoices, with money that comes and goes and holds on any of them."""
    calendar = draw(calendars())
    items = [draw(owed(f"{number}-{place}", calendar)) for place in range(draw(st.integers(1, 4)))]
    events: list[Event] = []
    for place, item in enumerate(items):
        events += [draw(money(item, calendar, f"m{place}.{one}")) for one in range(draw(st.integers(0, 3)))]
        if held and draw(st.booleans()):
            events += draw(holds(item, calendar))
    reach = draw(st.frozensets(st.sampled_from(Channel), min_size=2)) | {Channel.HANDOVER}
    return Debtor(number, DebtorKind.BUSINESS, calendar, tuple(items), tuple(events), country="FR", reach=reach)
