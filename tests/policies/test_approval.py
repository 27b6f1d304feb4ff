"""What goes into the daily review: never what two people sign, nor what an agency or a court gets."""

import pytest

from policies.approval import limit_of
from policies.stages import Channel, Stage
from policies.step import ApprovalRule
from tests.policies.builders import a_case, a_step

LIMIT = {"EUR": 500_000}


def limit(stage: Stage = Stage.FORMAL_NOTICE, second: dict[str, int] | None = None) -> int | None:
    step = a_step(
        stage=stage, channels=(Channel.EMAIL,), approval=ApprovalRule.ABOVE, approval_above=LIMIT,
        second_signature_above=second,
    )  # fmt: skip
    return limit_of(a_case(), step)


def test_up_to_the_limit_the_daily_review_is_enough() -> None:
    assert limit() == 500_000


@pytest.mark.parametrize("stage", [Stage.AGENCY, Stage.LEGAL])
def test_what_an_agency_or_a_court_gets_is_always_a_question_of_its_own(stage: Stage) -> None:
    assert limit(stage) is None


@pytest.mark.parametrize(
    ("second", "most"),
    [({"EUR": 1_000_000}, 500_000), ({"EUR": 200_000}, 200_000), ({"EUR": 0}, 0), ({"CHF": 200_000}, None)],
)
def test_what_two_people_sign_is_not_in_the_daily_review(second: dict[str, int], most: int | None) -> None:
    assert limit(second=second) == most
