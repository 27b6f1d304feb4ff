"""Public holidays by country and by the part of it the customer lives in."""

from datetime import date

import pytest

from storage.holiday_sets import holidays_around


def only_here(country: str, region: str) -> list[str]:
    """The days of 2026 the part has and the country has not."""
    more = holidays_around(country, date(2026, 3, 2), region) - holidays_around(country, date(2026, 3, 2))
    return sorted(day.strftime("%m-%d") for day in more if day.year == 2026)


@pytest.mark.parametrize(
    ("country", "region", "days"),
    [
        (
            "FR",
            "57",
            ["04-03", "12-26"],
        ),  # Alsace-Moselle: Good Friday and Saint Stephen (ordonnance of 16 August 1892)
        ("FR", "6AE", ["04-03", "12-26"]),
        ("FR", "67", ["04-03", "12-26"]),
        ("FR", "68", ["04-03", "12-26"]),
        ("FR", "974", ["12-20"]),  # abolition of slavery
        ("FR", "75", []),
        ("DE", "BY", ["01-06", "06-04", "11-01"]),
        ("DE", "by", ["01-06", "06-04", "11-01"]),
        ("DE", "SN", ["10-31", "11-18"]),
        ("DE", "BE", ["03-08"]),
        ("ES", "CT", ["04-06", "06-24", "09-11", "12-26"]),
        ("ES", "MD", ["04-02", "05-02", "11-02", "12-07"]),
        ("GB", "NIR", ["03-17", "07-12", "07-13"]),
        ("GB", "XX", []),
    ],
)
def test_a_part_of_a_country_has_its_own_days_and_one_that_is_not_known_adds_none(
    country: str, region: str, days: list[str]
) -> None:
    assert only_here(country, region) == days


def test_the_nations_of_the_united_kingdom_keep_different_days_and_who_tells_none_keeps_englands() -> None:
    """Before, only the days all nations share were kept: Easter Monday and the last of August were open."""
    easter_monday, second_of_january = date(2026, 4, 6), date(2026, 1, 2)
    for region, days in (("ENG", (True, False)), ("WLS", (True, False)), ("SCT", (False, True)), ("", (True, False))):
        found = holidays_around("GB", date(2026, 3, 2), region)
        assert (easter_monday in found, second_of_january in found) == days, region


def test_a_country_nobody_knows_has_no_holidays_and_the_year_after_counts_too() -> None:
    assert holidays_around("XX", date(2026, 3, 2)) == holidays_around(None, date(2026, 3, 2)) == frozenset()
    assert date(2027, 1, 1) in holidays_around("FR", date(2026, 12, 20))
