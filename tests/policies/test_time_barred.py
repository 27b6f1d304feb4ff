"""After its last day a claim is not chased any more: a person is asked, and then it rests."""

from dataclasses import replace
from datetime import date

from policies.case import Case, Hold, HoldKind
from policies.decide import decide
from policies.decisions import Act, Ask, Because, Close, Reason, Wait
from policies.forecast import forecast
from policies.law.rules import KindLaw
from policies.limitation_warnings import DEAD
from policies.questions import QuestionKind
from tests.policies.builders import FR_B2B, a_case, because, paris
from tests.policies.test_limitation import FR

DIES = date(2026, 3, 4)
LAW = KindLaw(None, None, FR, None, None)
BECAUSE = Because(Reason.TIME_BARRED, (("dies_on", "2026-03-04"), ("source", "C. com. L110-4")))
ON_ITS_LAST_DAY, ON_THE_DAY_AFTER = paris("2026-03-04 23:59"), paris("2026-03-05 00:00")


def dying(**given: object) -> Case:
    return a_case(dies_on=DIES, law=LAW, **given)


def test_a_claim_lives_through_its_last_day() -> None:
    assert because(decide(dying(), FR_B2B, ON_ITS_LAST_DAY)) is Reason.NOT_YET_DUE
    asked = decide(dying(), FR_B2B, ON_THE_DAY_AFTER)
    assert asked == Ask(QuestionKind.TIME_BARRED, None, BECAUSE)


def test_where_no_law_says_when_it_dies_a_claim_is_taken_to_live() -> None:
    assert isinstance(decide(a_case(), FR_B2B, paris("2026-03-05 10:00")), Act)


def test_a_dead_claim_rests_once_a_person_has_said_to_keep_it() -> None:
    kept = dying(limitation_seen=frozenset({DEAD}))
    assert decide(kept, FR_B2B, ON_THE_DAY_AFTER) == Wait(None, BECAUSE)


def test_a_debt_that_no_longer_exists_is_said_to_be_extinguished() -> None:
    scotland = replace(dying(), law=replace(LAW, limitation=replace(FR, extinguishes=True)))
    assert decide(scotland, FR_B2B, ON_THE_DAY_AFTER).because.facts[-1] == ("extinguished", "yes")


def test_money_a_switch_and_a_hold_come_before_it() -> None:
    promise = Hold(HoldKind.PROMISE, "Ms Roy", date(2026, 3, 2), date(2026, 3, 9), "marie")
    assert isinstance(decide(dying(principal=0), FR_B2B, ON_THE_DAY_AFTER), Close)
    assert because(decide(dying(switched_off=True), FR_B2B, ON_THE_DAY_AFTER)) is Reason.SWITCHED_OFF
    assert because(decide(dying(holds=(promise,)), FR_B2B, ON_THE_DAY_AFTER)) is Reason.ON_HOLD


def test_nothing_is_foreseen_beyond_the_last_day() -> None:
    case = replace(dying(), dies_on=date(2026, 3, 20))
    foreseen = forecast(case, FR_B2B, paris("2026-03-03 10:00"))
    assert [(one.step, one.on) for one in foreseen] == [
        ("courtesy_reminder", date(2026, 3, 5)),
        ("second_reminder", date(2026, 3, 16)),
    ]
