"""Small histories, and the ladders they are played on."""

from datetime import date
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from policies.case import Calendar
from policies.facts import DebtorKind, Hold, HoldKind
from policies.ladder import Ladder
from policies.ladder_file import load_ladder
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.play.world import House
from policies.rates.series import Rates
from policies.replay.past import PastCustomer, PastHold, PastInvoice, PastMoney
from policies.replay.period import Period
from policies.replay.place import Place
from policies.replay.replaying import Replay

PARIS = Calendar(ZoneInfo("Europe/Paris"))
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))

REMINDERS = """
id = "reminders"
title = "Two reminders and a notice"
[[step]]
id = "first"
stage = "courtesy_reminder"
offset = 1
gap = 1
channels = ["email"]
[[step]]
id = "second"
stage = "second_reminder"
offset = 8
gap = 7
channels = ["email"]
also = ["sms"]
[[step]]
id = "notice"
stage = "formal_notice"
offset = 30
gap = 15
channels = ["letter"]
"""
ONE = """
id = "one"
title = "One reminder, late"
[[step]]
id = "only"
stage = "second_reminder"
offset = 10
gap = 1
channels = ["email"]
"""


def ladder(text: str = REMINDERS) -> Ladder:
    found = load_ladder(text.encode(), "test.toml")
    assert isinstance(found, Ladder), found
    return found


@cache
def shipped(name: str) -> Ladder:
    found = load_ladder(files("policies").joinpath("ladders", f"{name}.toml").read_bytes(), name)
    assert isinstance(found, Ladder), found
    return found


@cache
def france() -> Place:
    law = load_law(files("policies").joinpath("law", "fr.toml").read_bytes(), "fr.toml")
    assert isinstance(law, Jurisdiction), law
    return Place(PARIS, law.for_kind(DebtorKind.BUSINESS), "FR")


def of(text: Ladder, period: Period = YEAR, *, plain: bool = False, rates: Rates | None = None) -> Replay:
    return Replay(text, period, lambda _: france(), House(rates=rates), plain)


def invoice(number: str, due: date, *paid: date | PastMoney, amount: int = 100_00, currency: str = "EUR",
            holds: tuple[PastHold, ...] = ()) -> PastInvoice:  # fmt: skip
    """Paid in full on each of these days that is only a day."""
    money = tuple(one if isinstance(one, PastMoney) else PastMoney(one, amount) for one in paid)
    issued = date.fromordinal(due.toordinal() - 30)
    return PastInvoice(number, due, amount, currency, issued, money=money, holds=holds)


def customer(number: str, *invoices: PastInvoice, kind: DebtorKind = DebtorKind.BUSINESS) -> PastCustomer:
    return PastCustomer(number, kind, "FR", invoices=invoices)


def dispute(since: date, ended_on: date | None) -> PastHold:
    return PastHold(Hold(HoldKind.DISPUTE, "disputed", since, None, "the history"), ended_on=ended_on)
