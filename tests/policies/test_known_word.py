"""That an agreement was not kept is known from the bank's files, and from them alone."""

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from policies.agreement import Agreement
from policies.bank_position import BankPosition
from policies.calendar import Calendar
from policies.case import DatedAmount, Hold, HoldKind
from policies.known_word import known_word
from policies.promise import Word
from tests.policies.builders import a_ladder

PARIS = Calendar(ZoneInfo("Europe/Paris"), frozenset())
PLAN = Hold(
    HoldKind.PLAN, "in parts", date(2026, 3, 2), None, "marie", instalments=(DatedAmount(date(2026, 4, 1), 300_00),),
    agreement=Agreement(1, 300_00),
)  # fmt: skip
GRACE = a_ladder(promise_grace=2)


@pytest.mark.parametrize(
    ("through", "most", "word"),
    [
        (date(2026, 4, 2), 3, None),
        (date(2026, 4, 3), 3, Word.BROKEN),
        (date(2026, 4, 2), None, Word.BROKEN),
    ],
)
def test_a_plan_lapses_when_the_files_reach_the_last_day_or_their_age_does_not_matter(
    through: date, most: int | None, word: Word | None
) -> None:
    bank = BankPosition(through, PARIS, most, most)
    assert known_word(PLAN, 0, GRACE, PARIS, date(2026, 4, 7), bank) is word


def test_a_plan_does_not_lapse_while_money_is_proposed_for_it() -> None:
    proposed = replace(PLAN, agreement=Agreement(1, 300_00, may_be_paid=True))
    assert known_word(proposed, 0, GRACE, PARIS, date(2026, 4, 7), None) is None
    assert known_word(PLAN, 0, GRACE, PARIS, date(2026, 4, 7), None) is Word.BROKEN
