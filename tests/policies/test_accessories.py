"""Whether a message mentions or claims interest and flat sums, and with which figures."""

from dataclasses import replace
from datetime import date

import pytest

from policies.accessories import AccessoriesFacts, ClaimedLine, accessories, mode_of
from policies.interest.claim import claim
from policies.interest.statement import Statement
from policies.stages import Stage
from policies.step import Accessories
from tests.policies.builders import FR_B2B
from tests.policies.interest.laws import DE_CONSUMER, FR, RATES, a_debt

STEP = FR_B2B.steps[0]


def stated(*debts: tuple[str, int, str], until: str = "2026-03-22") -> list[tuple[str, Statement]]:
    return [(name, claim(a_debt(owed, due), FR, RATES, date.fromisoformat(until))) for name, owed, due in debts]


@pytest.mark.parametrize(
    ("stage", "step", "ladder", "mode"),
    [
        (Stage.FORMAL_NOTICE, Accessories.CLAIM, Accessories.CLAIM, Accessories.CLAIM),
        (Stage.FORMAL_NOTICE, Accessories.CLAIM, Accessories.MENTION, Accessories.MENTION),
        (Stage.FORMAL_NOTICE, Accessories.MENTION, Accessories.CLAIM, Accessories.MENTION),
        (Stage.FORMAL_NOTICE, Accessories.CLAIM, Accessories.NEVER, Accessories.NEVER),
        (Stage.UPCOMING, Accessories.CLAIM, Accessories.CLAIM, Accessories.NEVER),
        (Stage.COURTESY_REMINDER, Accessories.MENTION, Accessories.CLAIM, Accessories.NEVER),
    ],
)
def test_a_step_does_no_more_than_its_ladder_and_courtesy_is_silent(
    stage: Stage, step: Accessories, ladder: Accessories, mode: Accessories
) -> None:
    assert mode_of(replace(STEP, stage=stage, claims=step), replace(FR_B2B, accessories=ladder)) is mode


def test_a_claim_adds_interest_and_a_flat_sum_for_each_invoice_to_the_principal() -> None:
    both = stated(("F1", 100_000, "2026-03-02"), ("F2", 50_000, "2026-03-12"))
    found = accessories(Accessories.CLAIM, both, 150_000, flat_sum=True)
    assert found == AccessoriesFacts(
        Accessories.CLAIM,
        reserved=False,
        interest=666 + 166,
        flat=8000,
        total_with=150_000 + 832 + 8000,
        lines=(ClaimedLine("F1", 666, 4000, both[0][1].segments), ClaimedLine("F2", 166, 4000, both[1][1].segments)),
        basis=(both[0][1].basis,),
    )


def test_a_ladder_that_claims_no_flat_sum_claims_interest_alone() -> None:
    found = accessories(Accessories.CLAIM, stated(("F1", 100_000, "2026-03-02")), 100_000, flat_sum=False)
    assert found is not None
    assert (found.interest, found.flat, found.total_with) == (666, None, 100_666)


def test_a_consumer_is_never_asked_for_a_flat_sum() -> None:
    one = [("F1", claim(a_debt(100_000, "2026-03-02"), DE_CONSUMER, RATES, date(2026, 3, 22)))]
    found = accessories(Accessories.CLAIM, one, 100_000, flat_sum=True)
    assert found is not None
    assert (found.flat, found.total_with) == (None, 100_000 + (found.interest or 0))


def test_one_missing_rate_reserves_everything_and_states_no_figure() -> None:
    both = [*stated(("F1", 100_000, "2026-03-02")), *stated(("F2", 100_000, "2026-05-31"), until="2026-07-31")]
    found = accessories(Accessories.CLAIM, both, 200_000, flat_sum=True)
    assert found is not None
    assert (found.reserved, found.interest, found.flat, found.total_with, found.lines) == (True, None, None, None, ())
    assert found.why[0].startswith("Interest from 2026-07-01 is reserved. ECB main refinancing rate: no value is known")


def test_a_mention_has_no_figure_and_silence_is_nothing_at_all() -> None:
    one = stated(("F1", 100_000, "2026-03-02"))
    assert accessories(Accessories.MENTION, one, 100_000, flat_sum=True) == AccessoriesFacts(
        Accessories.MENTION, reserved=True
    )
    assert accessories(Accessories.NEVER, one, 100_000, flat_sum=True) is None


def test_what_the_books_do_not_explain_is_reserved() -> None:
    assert accessories(Accessories.CLAIM, [], 100_000, flat_sum=True) == AccessoriesFacts(
        Accessories.CLAIM, reserved=True
    )
