"""Above an amount two different people sign; below it, or where nothing is set, one is enough."""

from datetime import UTC, datetime

import pytest

from policies.four_eyes import Signed, first_of, has_signed, limit, needs_second, setting_of, signatures_wrong
from policies.questions import QuestionKind
from policies.staff import Role
from policies.stages import Stage

AT = datetime(2026, 3, 4, 10, tzinfo=UTC)
MARIE = Signed("marie", Role.MANAGER, "send", "{}", AT)


@pytest.mark.parametrize(
    ("amount", "currency", "limits", "two"),
    [
        (999_999_999, "EUR", [], False),
        (999_999_999, "EUR", [None], False),
        (1_000_000, "EUR", [{"EUR": 1_000_000}], False),
        (1_000_001, "EUR", [{"EUR": 1_000_000}], True),
        (1_000_001, "EUR", [None, {"EUR": 2_000_000}, {"EUR": 1_000_000}], True),
        (1, "USD", [{"EUR": 1_000_000}], True),
    ],
)
def test_two_sign_above_any_of_the_limits(
    amount: int, currency: str, limits: list[dict[str, int] | None], *, two: bool
) -> None:
    assert needs_second(amount, currency, limits) is two


@pytest.mark.parametrize(
    ("setting", "read"),
    [
        ("", None),
        ("none", None),
        ("10000 EUR", {"EUR": 1_000_000}),
        ("10000EUR, 8000.50 GBP,600000 JPY", {"EUR": 1_000_000, "GBP": 800_050, "JPY": 600_000}),
    ],
)
def test_a_setting_is_amounts_with_their_currencies(setting: str, read: dict[str, int] | None) -> None:
    assert signatures_wrong({"second_signature_court": setting}) == []
    assert limit(setting) == read


@pytest.mark.parametrize("setting", ["10000", "EUR", "10.5 EUR", "1.00 JPY", "-1 EUR", "10000 EUR;1 GBP"])
def test_anything_else_is_refused_with_an_example(setting: str) -> None:
    (wrong,) = signatures_wrong({"second_signature_agency": setting})
    assert wrong.field == "second_signature_agency"
    assert "such as 10000 EUR" in wrong.reason


@pytest.mark.parametrize(
    ("kind", "stage", "code", "setting"),
    [
        (QuestionKind.APPROVE, Stage.FORMAL_NOTICE, "send", ""),
        (QuestionKind.APPROVE, Stage.AGENCY, "send", "second_signature_agency"),
        (QuestionKind.APPROVE, Stage.LEGAL, "send", "second_signature_court"),
        (QuestionKind.APPROVE, Stage.LEGAL, "wait_7", ""),
        (QuestionKind.EXHAUSTED, None, "write_off", "second_signature_write_off"),
        (QuestionKind.SETTLEMENT, None, "offer", "second_signature_settlement"),
        (QuestionKind.SETTLEMENT, None, "refuse", ""),
        (QuestionKind.HOLD_REVIEW, None, "withdraw", "second_signature_write_off"),
        (QuestionKind.HOLD_REVIEW, None, "resume", ""),
    ],
)
def test_each_decision_falls_under_its_own_setting(
    kind: QuestionKind, stage: Stage | None, code: str, setting: str
) -> None:
    assert setting_of(kind, stage, code) == setting


def test_only_another_persons_signature_under_exactly_the_same_is_the_first() -> None:
    assert first_of([MARIE], "paul", "send", "{}") == MARIE
    assert first_of([MARIE], "marie", "send", "{}") is None
    assert first_of([MARIE], "paul", "send", '{"only":"F1"}') is None
    assert first_of([MARIE], "paul", "skip", "{}") is None
    assert has_signed([MARIE], "marie", "send", "{}")
    assert not has_signed([MARIE], "paul", "send", "{}")
