"""Where an item ended does not tell in what order the money of one moment was taken in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from zoneinfo import ZoneInfo

from policies.calendar import Calendar
from policies.facts import DebtorKind
from policies.play.debtor import play_debtor
from policies.play.events import Money
from policies.play.world import Debtor, House, Owed, always
from tests.policies.play.worlds import UNTIL
from tests.policies.strategies import Chance, a_ladder_of

KNOWN = datetime(2026, 1, 31, 23, tzinfo=UTC)
PARIS = Calendar(zone=ZoneInfo("Europe/Paris"), holidays=frozenset())


def money(key: str, amount: int, names: str) -> Money:
    return Money(known=KNOWN, on=date(2026, 2, 1), amount=amount, currency="EUR", names=(names,), key=key)


def test_a_payment_its_return_and_another_payment_of_one_moment_end_alike_in_any_order() -> None:
    owed = tuple(
        Owed(f"C1-{number}", date(2026, 1, 1), 1, "EUR", known=datetime(2025, 12, 1, tzinfo=UTC)) for number in range(4)
    )
    debtor = Debtor("C1", DebtorKind.BUSINESS, PARIS, owed, (), country="FR", region="")
    events = (money("m0", -1, "C1-0"), money("m1", 1, "C1-0"), money("m2", 1, "C1-1"))
    ladder = always(a_ladder_of(Chance(18376)))
    played = [
        play_debtor(replace(debtor, events=order), ladder, UNTIL, House()).endings for order in permutations(events)
    ]
    assert played == [played[0]] * 6
