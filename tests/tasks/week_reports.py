"""A weekly report written by hand, with something in every part of it."""

from datetime import UTC, date, datetime

from policies.report_week import ReportWeek
from storage.call_list import OutcomeCount
from storage.policy_exceptions import TreatedOtherwise, Way
from storage.week_report import WeekReport
from storage.week_report_agreed import Agreed, BrokenWord, Disputed, Words
from storage.week_report_ahead import Ahead, Coming
from storage.week_report_customers import Debtor
from storage.week_report_money import Money, MoneyIn, Unplaced
from storage.week_report_sent import Correspondence, Heard, Said, Sent
from storage.week_report_troubles import Exceptions, Trouble
from storage.week_report_waiting import Waited, Waiting

MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
FRIDAY = date(2026, 11, 20)
NOBODY = Words(0, 0, 0, 0, 0, 0, 0)


def full_report() -> WeekReport:
    """Week 47 of a house in which everything happens."""
    return WeekReport(
        "Atelier | Nord", ReportWeek(2026, 47), "Europe/Paris", MONDAY,
        Correspondence(
            (Sent("step", "formal_notice", "letter", 3, 0, FRIDAY), Sent("invoice_copy", "", "email", 1, 1, FRIDAY)), 2,
            (Heard("reply", 4, 1),), (Said("waiting_for_approval", 2, "C1", "Dupont SARL"),),
        ),
        (OutcomeCount("no_answer", "out", 4, 3), OutcomeCount("promised", "in", 1, 1)),
        Waiting(
            Waited("", 5, datetime(2026, 11, 13, 6, tzinfo=UTC), 7, 1.5),
            (Waited("approve", 5, datetime(2026, 11, 13, 6, tzinfo=UTC), 7, 1.5),), (Waited("", 5, None, 0, None),),
        ),
        Agreed(
            Words(4, 2, 1, 1, 0, 3, 6), NOBODY, NOBODY, (BrokenWord("promise", "broken", "C 2/1", "[Weber](http://evil.example)"),),
            (Disputed("price", "EUR", 1, 0, 2, 30_000, "C1", "Dupont SARL"),),
        ),
        Money((MoneyIn("", "EUR", 1, 40_000), MoneyIn("formal_notice", "EUR", 2, 125_000)), (Unplaced("GBP", 1, 990),)),
        (Debtor("C1", "Dupont SARL", "EUR", 200_000, 150_000, 3, date(2026, 9, 1), "FA-1", "agency", None, "on hold"),),
        Ahead(date(2026, 11, 27), (Coming(date(2026, 11, 24), "formal_notice", "question", True, 2),), 7),
        Exceptions(
            {("hold", "manual"): 1, ("own_policy", ""): 2}, 1,
            (TreatedOtherwise(Way.HOLD, "manual", "C1", "Dupont SARL", "FA-1", FRIDAY, None, "marie", "asked by phone"),),
        ),
        (Trouble("unread", 4), Trouble("without_policy", 9, "No rule fits.")),
    )  # fmt: skip


def empty_report() -> WeekReport:
    """A week in which nothing happened, in a house that owes nobody anything."""
    none = Waited("", 0, None, 0, None)
    return WeekReport(
        "Atelier Nord", ReportWeek(2026, 53), "Europe/Paris", datetime(2027, 1, 4, 6, tzinfo=UTC),
        Correspondence((), 0, (), ()), (), Waiting(none, (), ()), Agreed(NOBODY, NOBODY, NOBODY, (), ()), Money((), ()), (),
        Ahead(date(2027, 1, 8), (), 0), Exceptions({}, 0, ()), (),
    )  # fmt: skip
