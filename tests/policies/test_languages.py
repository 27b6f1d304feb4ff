"""In which language a customer is written to."""

import pytest

from policies.languages import SHIPPED, USUAL, presumed, written_to
from tasks.wording import LOCALES


@pytest.mark.parametrize(
    ("language", "country", "written"),
    [
        ("es", "FR", "es"), ("pt-BR", "BR", "pt"), ("FR_be", "BE", "fr"), ("ca", "ES", "es"), ("eu", "ES", "es"),
        ("pl", "PL", "en"), ("pl", "DE", "de"), ("rm", "CH", "en"), ("", "IT", "it"), ("", "", "en"), ("sv", "pt", "pt"),
    ],
)  # fmt: skip
def test_a_customer_is_written_in_its_language_else_its_country_s_usual_one_else_in_english(
    language: str, country: str, written: str
) -> None:
    assert written_to(language, country) == written


def test_a_country_with_several_languages_or_an_unknown_one_presumes_none() -> None:
    found = {country: presumed(country) for country in ("", "BE", "CH", "LU", "CA", "DE", "ES", "PL", "pt")}
    assert found == {
        "": "", "BE": "", "CH": "", "LU": "", "CA": "", "DE": "de", "ES": "es", "PL": "en", "pt": "pt"
    }  # fmt: skip


def test_every_language_we_ship_has_a_locale_and_every_usual_one_is_shipped() -> None:
    assert sorted(SHIPPED) == sorted(LOCALES)
    assert set(USUAL.values()) <= set(SHIPPED)
