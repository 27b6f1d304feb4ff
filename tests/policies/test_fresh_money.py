"""Nobody is told that he is late on bank data that is too old."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.bank_days import bank_days_after, bank_days_between
from policies.bank_position import BankPosition
from policies.calendar import Calendar
from policies.decide import decide
from policies.decisions import Act, Reason, Wait
from policies.explain import explain
from policies.said import sentence
from policies.stages import Stage
from tests.policies.builders import FRENCH_HOLIDAYS, PARIS, a_case, a_ladder, a_step, paris

FRANCE = Calendar(PARIS, FRENCH_HOLIDAYS)
NOON = paris("2026-03-12 12:00")  # a Thursday; the invoice fell due on 2 March


def known(through: str, most: int | None = 2, courtesy: int | None = 5) -> BankPosition:
    return BankPosition(date.fromisoformat(through), FRANCE, most, courtesy)


def decided(stage: Stage, bank: BankPosition | None, at: datetime = NOON, **facts: Any) -> str:
    """*act*, or what the wait is for."""
    ladder = a_ladder(a_step(stage=stage, offset=-2 if stage is Stage.UPCOMING else 5))
    decision = decide(a_case(bank=bank, **facts), ladder, at)
    assert isinstance(decision, Act | Wait), decision
    return "act" if isinstance(decision, Act) else decision.because.code.value


@pytest.mark.parametrize(
    ("through", "days"),
    [("2026-03-12", 0), ("2026-03-11", 1), ("2026-03-06", 4), ("2026-03-08", 4), ("2026-03-15", 0)],
)
def test_age_is_counted_in_bank_days_that_have_begun(through: str, days: int) -> None:
    assert bank_days_between(FRANCE, date.fromisoformat(through), date(2026, 3, 12)) == days


def test_public_holidays_make_nothing_older() -> None:
    assert bank_days_between(FRANCE, date(2026, 4, 3), date(2026, 4, 7)) == 1  # Good Friday to the Tuesday after Easter


@given(st.dates(date(2026, 1, 5), date(2026, 6, 1)), st.integers(1, 30))
def test_so_many_bank_days_later_it_is_so_many_bank_days_old(day: date, number: int) -> None:
    assert bank_days_between(FRANCE, day, bank_days_after(FRANCE, day, number)) == number


@pytest.mark.parametrize(
    ("stage", "through", "said"),
    [
        (Stage.SECOND_REMINDER, "2026-03-10", "act"),  # two days old: allowed
        (Stage.SECOND_REMINDER, "2026-03-09", "money_too_old"),
        (Stage.COURTESY_REMINDER, "2026-03-05", "act"),  # five days old: allowed to courtesy
        (Stage.COURTESY_REMINDER, "2026-03-04", "money_too_old"),
    ],
)
def test_data_may_be_as_old_as_declared_and_no_older(stage: Stage, through: str, said: str) -> None:
    assert decided(stage, known(through)) == said


def test_what_is_not_late_yet_may_be_announced_on_old_data() -> None:
    on_due_day = paris("2026-03-02 12:00")
    assert decided(Stage.UPCOMING, known("2026-01-05"), on_due_day) == "act"


def test_a_creditor_may_declare_that_age_does_not_matter() -> None:
    assert decided(Stage.SECOND_REMINDER, known("2026-01-05", most=None)) == "act"


def test_without_any_bank_file_the_ledger_says_what_is_paid() -> None:
    assert decided(Stage.SECOND_REMINDER, None) == "act"


def test_only_news_ends_the_wait_and_it_is_told_why() -> None:
    case, ladder = a_case(bank=known("2026-03-06")), a_ladder(a_step(stage=Stage.SECOND_REMINDER, offset=5))
    decision = decide(case, ladder, NOON)
    assert isinstance(decision, Wait)
    assert (decision.until, decision.because.code) == (None, Reason.MONEY_TOO_OLD)
    assert sentence(decision) == "the second reminder waits for newer bank data: it may have been paid"
    told = {one.rule: one.answer for one in explain(case, ladder, NOON).rules}
    assert told["fresh_money"] == "No: it ends on 6 Mar 2026, 4 bank days ago, and at most 2 are allowed"


def test_fresh_data_is_told_too() -> None:
    case, ladder = a_case(bank=known("2026-03-11")), a_ladder(a_step(stage=Stage.SECOND_REMINDER, offset=5))
    told = {one.rule: one.answer for one in explain(case, ladder, NOON).rules}
    assert told["fresh_money"] == "Yes: known through 11 Mar 2026, at most 2 bank days ago"
