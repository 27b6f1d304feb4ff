"""A customer who owes in two currencies hears from us no more often than the cap allows."""

from datetime import date

from policies.case import Calendar
from policies.facts import DebtorKind
from policies.law.contact_rules import Cap
from policies.play.play import play
from policies.play.world import Debtor, Owed, always
from policies.stages import Channel, Stage
from tests.policies.builders import FRENCH_HOLIDAYS, PARIS, a_ladder, a_step, paris

START, UNTIL = paris("2026-03-02 07:00"), paris("2026-04-15 23:00")


def test_after_a_message_in_one_currency_the_other_waits_for_the_cap() -> None:
    owed = tuple(
        Owed(number, date(2026, 3, 2), 90_000, currency, START) for number, currency in (("F1", "EUR"), ("F2", "CHF"))
    )
    debtor = Debtor(
        "C1",
        DebtorKind.BUSINESS,
        Calendar(PARIS, FRENCH_HOLIDAYS),
        owed,
        country="FR",
        reach=frozenset({Channel.EMAIL}),
    )
    ladder = a_ladder(
        a_step(stage=Stage.COURTESY_REMINDER, offset=5), caps=(Cap(frozenset({Channel.EMAIL}), most=1, days=10),)
    )
    acts = play([debtor], always(ladder), UNTIL).acts
    assert [f"{one.at.astimezone(PARIS):%m-%d}" for one in acts] == ["03-09", "03-19"]
