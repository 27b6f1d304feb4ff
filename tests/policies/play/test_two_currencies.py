"""A customer who owes in two currencies hears from us no more often than the cap allows."""

from datetime import date

from policies.case import Calendar
from policies.facts import DebtorKind
from policies.ladder import Ladder
from policies.law.contact_rules import Cap
from policies.play.play import play
from policies.play.world import Debtor, Owed, always
from policies.stages import Channel, Stage
from tests.policies.builders import FRENCH_HOLIDAYS, PARIS, a_ladder, a_step, paris

START, UNTIL = paris("2026-03-02 07:00"), paris("2026-04-15 23:00")


CAP = (Cap(frozenset({Channel.EMAIL}), most=1, days=10),)


def debtor(*owed: Owed) -> Debtor:
    calendar = Calendar(PARIS, FRENCH_HOLIDAYS)
    return Debtor("C1", DebtorKind.BUSINESS, calendar, owed, country="FR", reach=frozenset({Channel.EMAIL}))


def acts(debtor: Debtor, ladder: Ladder) -> list[tuple[str, str]]:
    """The day of each message and the first invoice in it."""
    return [
        (f"{one.at.astimezone(PARIS):%m-%d}", one.taken[0].item) for one in play([debtor], always(ladder), UNTIL).acts
    ]


def test_after_a_message_in_one_currency_the_other_waits_for_the_cap() -> None:
    owed = (
        Owed(number, date(2026, 3, 2), 90_000, currency, START) for number, currency in (("F1", "EUR"), ("F2", "CHF"))
    )
    ladder = a_ladder(a_step(stage=Stage.COURTESY_REMINDER, offset=5), caps=CAP)
    assert acts(debtor(*owed), ladder) == [("03-09", "F2"), ("03-19", "F1")]


def test_the_older_invoice_is_heard_of_first_whatever_its_currency() -> None:
    owed = (
        Owed("F1", date(2026, 3, 1), 90_000, "CHF", START),
        Owed("F2", date(2026, 2, 28), 90_000, "EUR", START),
    )
    ladder = a_ladder(a_step(stage=Stage.COURTESY_REMINDER, offset=8), caps=CAP)
    assert acts(debtor(*owed), ladder) == [("03-09", "F2"), ("03-19", "F1")]


def test_the_harder_stage_is_heard_of_first_whatever_its_currency() -> None:
    owed = (
        Owed("F1", date(2026, 2, 28), 90_000, "CHF", START),
        Owed(
            "F2", date(2026, 3, 1), 90_000, "EUR", START, reached=Stage.COURTESY_REMINDER, reached_on=date(2026, 3, 1)
        ),
    )
    courtesy = a_step(stage=Stage.COURTESY_REMINDER, offset=8)
    ladder = a_ladder(courtesy, a_step(id="second", stage=Stage.SECOND_REMINDER, offset=8), caps=CAP)
    assert acts(debtor(*owed), ladder)[:2] == [("03-09", "F2"), ("03-19", "F1")]
