"""Holds that follow from what an invoice says of its payment."""

from datetime import date

import pytest

from policies.facts import HoldKind
from policies.instrument_holds import Following, Instruments, bank_days_after, holds_that_follow


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 3, 2), date(2026, 3, 9)),
        (date(2026, 4, 1), date(2026, 4, 10)),  # Good Friday and Easter Monday
        (date(2026, 12, 24), date(2027, 1, 4)),
    ],
)
def test_five_bank_days_skip_weekends_and_the_closing_days_of_settlement(day: date, after: date) -> None:
    assert bank_days_after(day, 5) == after


def test_an_accepted_bill_is_on_its_way_until_it_can_come_back_no_more() -> None:
    assert holds_that_follow(Instruments("bill", date(2026, 3, 2))) == (
        Following(
            "instrument:bill:2026-03-02", HoldKind.IN_FLIGHT, "bill of exchange accepted, due 2026-03-02",
            date(2026, 3, 9),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("said", [Instruments(), Instruments("transfer", date(2026, 3, 2)), Instruments("bill")])
def test_a_transfer_or_an_instrument_without_a_day_holds_nothing(said: Instruments) -> None:
    assert holds_that_follow(said) == ()


@pytest.mark.parametrize(
    ("status", "origins"),
    [
        ("207", ["einvoice:207"]), ("suspendue", ["einvoice:SUSPENDUE"]), ("REFUSEE", ["einvoice:REFUSEE"]),
        ("213", ["einvoice:213"]), ("A_RECYCLER", ["einvoice:A_RECYCLER"]), ("205", []), ("received", []), ("", []),
    ],
)  # fmt: skip
def test_what_the_platform_says_stops_the_case_or_does_not(status: str, origins: list[str]) -> None:
    assert [one.origin for one in holds_that_follow(Instruments(einvoice_status=status))] == origins


@pytest.mark.parametrize(("iban", "words"), [("", "whose account is not known"), ("FR76X", "to be paid to FR76X")])
def test_an_assigned_claim_is_held_rather_than_asked_for_with_the_wrong_account(iban: str, words: str) -> None:
    reason = f"assigned to Facto SA, {words}: our messages would name your own account; write to the debtor yourself"
    expected = (Following(f"assigned:Facto SA:{iban}", HoldKind.MANUAL, reason, None),)
    assert holds_that_follow(Instruments(assignee="Facto SA", assignee_iban=iban)) == expected
