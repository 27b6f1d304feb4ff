"""What an agency is told of a file it has, what it gets of what it collects, and what may be written down of both."""

from datetime import date
from decimal import Decimal

import pytest

from policies.placement import Recall, Standing, fee_of, to_tell
from policies.placement_form import PaidTold, PaidWords, StatusWords, read_paid, read_status

TODAY = date(2026, 6, 30)
PLACED = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("standing", "told"),
    [
        (Standing(1000, 1000), None),
        (Standing(1000, 600), 600),
        (Standing(600, 1000), 1000),
        (Standing(1000, 0), Recall.PAID),
        (Standing(0, 0), None),
        (Standing(1000, 0, disputed=True), Recall.DISPUTE),
        (Standing(1000, 600, disputed=True, insolvent=True), Recall.INSOLVENCY),
        (Standing(1000, 0, given_up=True), Recall.GIVEN_UP),
        (Standing(1000, 1000, held=True, in_court=True), Recall.COURT),
        (Standing(1000, 1000, held=True), Recall.HOLD),
        (Standing(1000, 1000, ends_on=TODAY), None),
        (Standing(1000, 1000, ends_on=date(2026, 6, 29)), Recall.MANDATE_OVER),
    ],
)
def test_an_agency_is_told_the_amount_or_why_the_file_is_taken_back(
    standing: Standing, told: Recall | int | None
) -> None:
    assert to_tell(standing, TODAY) == told


def test_a_fee_is_a_share_and_a_flat_sum() -> None:
    assert [fee_of(100_01, Decimal(15), None), fee_of(100_00, None, 500), fee_of(100_00, None, None)] == [
        15_00,
        5_00,
        0,
    ]


def test_money_is_read_with_its_fee_its_day_and_what_is_interest_in_it() -> None:
    assert read_paid(PaidWords("100.00"), "EUR", PLACED, TODAY) == PaidTold(100_00, None, TODAY)
    said = PaidWords("100.00", "0", "2026-06-12", "", "12.50")
    assert read_paid(said, "EUR", PLACED, TODAY) == PaidTold(100_00, 0, date(2026, 6, 12), 12_50)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (PaidWords(""), "amount"), (PaidWords("-1.00"), "amount"), (PaidWords("1.00", fee="1.01"), "fee"),
        (PaidWords("1.00", on="2026-07-01"), "on"), (PaidWords("1.00", on="2026-05-31"), "on"),
        (PaidWords("1.00", accessories="1.00"), "accessories"),
        (PaidWords("1.00", accessories="much"), "accessories"),
    ],
)  # fmt: skip
def test_money_that_cannot_be_is_refused(said: PaidWords, field: str) -> None:
    found = read_paid(said, "EUR", PLACED, TODAY)
    assert isinstance(found, list)
    assert [one.field for one in found] == [field]


def test_a_promise_alone_names_a_day_to_come() -> None:
    assert not isinstance(read_status(StatusWords("promise", on="2026-07-20"), "EUR", TODAY), list)
    refused = read_status(StatusWords("contacted", on="2026-07-20"), "EUR", TODAY)
    assert isinstance(refused, list)
    assert [one.reason for one in refused] == ["“2026-07-20” is not a day up to today; write it as YYYY-MM-DD."]


@pytest.mark.parametrize("word", ["placed", "paid", "recalled", "asleep"])
def test_what_is_ours_to_say_is_no_status_of_the_agency(word: str) -> None:
    assert isinstance(read_status(StatusWords(word), "EUR", TODAY), list)
