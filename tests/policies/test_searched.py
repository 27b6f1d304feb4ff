"""What is typed into the search of the desk."""

from decimal import Decimal

import pytest

from policies.searched import Searched, read_search


@pytest.mark.parametrize(
    ("typed", "amounts"),
    [
        ("1250", {"1250"}), ("1 250,00", {"1250.00"}), ("1\u202f250,00 €", {"1250.00"}), ("1250.00", {"1250.00"}),
        ("1.250,00", {"1250.00"}), ("€1,250.00", {"1250.00"}), ("EUR 1250,5", {"1250.5"}), ("1'250.00", {"1250.00"}),
        ("1.250", {"1.250", "1250"}), ("1 234 567,89", {"1234567.89"}), ("0,05", {"0.05"}),
        ("FA-2026-0142", set()), ("Dupont", set()), ("12 rue", set()), ("1,2,3", set()), ("1250,0000", set()), ("-5", set()),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_it_is_written_anywhere(typed: str, amounts: set[str]) -> None:
    found = read_search(typed)
    assert isinstance(found, Searched)
    assert found.amounts == {Decimal(one) for one in amounts}


def test_what_may_be_two_amounts_is_both() -> None:
    found = read_search("1.250")
    assert isinstance(found, Searched)
    assert found.minors == {1250, 125000, 125, 1250000}


def test_blanks_and_unprintable_signs_part_words() -> None:
    assert read_search("  Dupont\t\u200b\x00 SARL ") == Searched("Dupont SARL", frozenset())


def test_nothing_and_too_much_are_refused_in_a_sentence() -> None:
    assert read_search(" \n") == "Write what you look for: a customer, an invoice number or an amount."
    assert read_search("x" * 81) == "Write at most 80 characters: a customer, an invoice number or an amount."
