"""Amounts and days as French, English and German readers expect them."""

from datetime import date

import pytest

from tasks import wording


@pytest.mark.parametrize(
    ("minor", "currency", "language", "expected"),
    [
        (125000, "EUR", "fr", "1\u202f250,00\u00a0€"),
        (125000, "EUR", "en", "€1,250.00"),
        (-5, "EUR", "fr", "-0,05\u00a0€"),
        (0, "EUR", "fr-CA", "0,00\u00a0€"),
        (1250, "JPY", "en", "JP¥1,250"),
        (1250, "TND", "fr", "1,250\u00a0TND"),
        (1250, "IQD", "en", "IQD1.250"),
        (125000, "EUR", "pl", "€1,250.00"),
        (125000, "EUR", "de-AT", "1.250,00\u00a0€"),
        (10**17, "EUR", "en", "€1,000,000,000,000,000.00"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency_and_the_signs_of_its_reader(
    minor: int, currency: str, language: str, expected: str
) -> None:
    assert wording.amount(minor, currency, language) == expected


def test_days_are_written_out_and_the_first_is_premier_in_french() -> None:
    days = [date(2026, 1, 1), date(2026, 8, 11), date(2025, 12, 3)]
    assert [wording.day(each, "fr") for each in days] == ["1er janvier 2026", "11 août 2026", "3 décembre 2025"]
    assert [wording.day(each, "en") for each in days] == ["1 January 2026", "11 August 2026", "3 December 2025"]
    assert [wording.day(each, "de") for each in days] == ["1. Januar 2026", "11. August 2026", "3. Dezember 2025"]


def test_possibilities_are_joined_as_a_sentence_joins_them() -> None:
    assert [wording.either(words, "fr") for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "", "a", "a ou b", "a, b ou c",
    ]  # fmt: skip
    assert wording.either(["a", "b"], "de") == "a oder b"


def test_an_sms_amount_has_only_letters_of_every_telephone() -> None:
    assert wording.sms_amount(125000, "EUR", "fr") == "1250,00 EUR"
    assert wording.sms_amount(125000, "EUR", "en") == "1250.00 EUR"
    assert wording.sms_amount(125000, "EUR", "de") == "1250,00 EUR"


def test_letters_outside_gsm7_lose_their_accent_and_no_more() -> None:
    assert wording.gsm("Façade — l’été à 1\u202f250 €, où? Ærø Ω 東") == "Facade - l'été à 1 250 €, où? Ærø Ω 東"


def test_an_iban_is_printed_in_groups_of_four() -> None:
    assert wording.account("fr7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189"


def test_a_name_cannot_bring_line_breaks_along() -> None:
    assert wording.one_line("Dupont\r\nBcc: all@example.com\u2028\tSARL") == "Dupont Bcc: all@example.com SARL"
