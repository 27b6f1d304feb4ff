"""Holds that follow from what an invoice says of its payment."""

from datetime import UTC, date

import pytest

from policies.assignment import held_for_assignee
from policies.calendar import Calendar
from policies.facts import Hold, HoldKind
from policies.instrument_holds import Following, Instruments, holds_that_follow

BANKS = Calendar(UTC, frozenset({date(2026, 3, 4)}))
"""They settle neither at weekends nor on the fourth of March."""


def test_an_accepted_bill_is_on_its_way_until_it_can_come_back_no_more() -> None:
    assert holds_that_follow(Instruments("bill", date(2026, 3, 2)), BANKS) == (
        Following(
            "instrument:bill:2026-03-02", HoldKind.IN_FLIGHT, "bill of exchange accepted, due 2026-03-02",
            date(2026, 3, 10),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("said", [Instruments(), Instruments("transfer", date(2026, 3, 2)), Instruments("bill")])
def test_a_transfer_or_an_instrument_without_a_day_holds_nothing(said: Instruments) -> None:
    assert holds_that_follow(said, BANKS) == ()


@pytest.mark.parametrize(
    ("status", "origins"),
    [
        ("207", ["einvoice:207"]), ("suspendue", ["einvoice:SUSPENDUE"]), ("REFUSEE", ["einvoice:REFUSEE"]),
        ("213", ["einvoice:213"]), ("A_RECYCLER", ["einvoice:A_RECYCLER"]), ("205", []), ("received", []), ("", []),
    ],
)  # fmt: skip
def test_what_the_platform_says_stops_the_case_or_does_not(status: str, origins: list[str]) -> None:
    assert [one.origin for one in holds_that_follow(Instruments(einvoice_status=status), BANKS)] == origins


@pytest.mark.parametrize(("iban", "words"), [("", "whose account is not known"), ("FR76X", "to be paid to FR76X")])
def test_an_assigned_claim_is_held_rather_than_asked_for_with_the_wrong_account(iban: str, words: str) -> None:
    reason = f"assigned to Facto SA, {words}: our messages would name your own account; write to the debtor yourself"
    expected = Hold(HoldKind.MANUAL, reason, date(2026, 3, 2), None, "marie")
    assert held_for_assignee("Facto SA", iban, date(2026, 3, 2), "marie") == expected


def test_a_claim_of_our_own_is_not_held() -> None:
    assert held_for_assignee("", "", date(2026, 3, 2), "marie") is None
