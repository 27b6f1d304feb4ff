"""After its last day a claim is not chased any more: a person is asked, and then it rests."""

from dataclasses import replace
from datetime import date

from policies.decisions import Ask, Because, Reason, Wait
from policies.law.rules import KindLaw
from policies.limitation_warnings import DEAD
from policies.questions import QuestionKind
from policies.time_barred import time_barred
from tests.policies.builders import a_case
from tests.policies.test_limitation import FR

DIES = date(2026, 3, 4)
LAW = KindLaw(None, None, FR, None, None)
BECAUSE = Because(Reason.TIME_BARRED, (("dies_on", "2026-03-04"), ("source", "C. com. L110-4")))


def test_a_claim_lives_through_its_last_day() -> None:
    case = a_case(dies_on=DIES, law=LAW)
    assert time_barred(case, DIES) is None
    assert time_barred(case, date(2026, 3, 5)) == Ask(QuestionKind.TIME_BARRED, None, BECAUSE)


def test_where_no_law_says_when_it_dies_a_claim_is_taken_to_live() -> None:
    assert time_barred(a_case(dies_on=None), date(2099, 1, 1)) is None


def test_a_dead_claim_rests_once_a_person_has_said_to_keep_it() -> None:
    case = a_case(dies_on=DIES, law=LAW, limitation_seen=frozenset({DEAD}))
    assert time_barred(case, date(2026, 3, 5)) == Wait(None, BECAUSE)


def test_a_debt_that_no_longer_exists_is_said_to_be_extinguished() -> None:
    scotland = replace(LAW, limitation=replace(FR, extinguishes=True))
    decision = time_barred(a_case(dies_on=DIES, law=scotland), date(2026, 3, 5))
    assert decision is not None
    assert decision.because.facts[-1] == ("extinguished", "yes")
