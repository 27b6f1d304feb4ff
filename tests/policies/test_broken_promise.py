"""Where the policy says so, the step after a broken promise does not rest; days to pay already given are kept."""

from dataclasses import replace
from datetime import date

import pytest

from policies.case import DatedAmount, Hold, HoldKind
from policies.decide import decide
from policies.decisions import Act, Wait
from policies.ladder import Ladder
from policies.stages import Stage
from tests.policies.builders import a_case, a_ladder, a_step, done, paris

REMINDER = a_step(id="courtesy_reminder", offset=3, gap=7, pay_within=None)
SECOND = a_step(id="second_reminder", stage=Stage.SECOND_REMINDER, offset=10, gap=20)
LADDER = a_ladder(REMINDER, SECOND)
AT_ONCE = replace(LADDER, no_rest_after_broken_promise=True)
CONTACT = date(2026, 3, 9)
BROKEN = date(2026, 3, 17)


def next_act(ladder: Ladder, broken: date | None, at: str) -> str:
    """What is decided about a case that was reminded on 9 March: `act`, or the day it waits for."""
    case = a_case(done=done("courtesy_reminder", on=CONTACT), broken_on=broken)
    decision = decide(case, ladder, paris(at))
    if isinstance(decision, Act):
        return "act"
    assert isinstance(decision, Wait)
    assert decision.until is not None
    return f"{decision.until:%d.%m}"


@pytest.mark.parametrize(
    ("ladder", "broken", "expected"),
    [
        (LADDER, None, "30.03"),  # 29 March is a Sunday
        (LADDER, BROKEN, "30.03"),  # the policy says nothing
        (AT_ONCE, None, "30.03"),  # nothing was promised
        (AT_ONCE, date(2026, 3, 9), "30.03"),  # it was broken before the customer heard from us last
        (AT_ONCE, BROKEN, "act"),
    ],
)
def test_the_step_after_a_broken_promise_leaves_at_once_only_where_the_policy_says_so(
    ladder: Ladder, broken: date | None, expected: str
) -> None:
    assert next_act(ladder, broken, "2026-03-17 10:00") == expected


def test_days_to_pay_that_were_given_are_never_cut_short() -> None:
    given = replace(AT_ONCE, steps=(replace(REMINDER, pay_within=15), SECOND))
    assert next_act(given, BROKEN, "2026-03-17 10:00") == "25.03"  # 9 March and fifteen days, and the day after


def test_while_a_promise_stands_nothing_leaves_and_on_the_day_it_is_broken_the_step_does() -> None:
    promise = Hold(
        HoldKind.PROMISE, "promised", CONTACT, None, "marie", instalments=(DatedAmount(date(2026, 3, 16), 500),)
    )
    case = a_case(done=done("courtesy_reminder", on=CONTACT), holds=(promise,))
    assert isinstance(decide(case, AT_ONCE, paris("2026-03-16 10:00")), Wait)
    broken = replace(case, broken_on=date(2026, 3, 17))
    assert isinstance(decide(broken, AT_ONCE, paris("2026-03-17 10:00")), Act)
