"""The rates that come with Relance: the published tables, and what one rate says about another."""

from datetime import date
from decimal import ROUND_CEILING, Decimal
from itertools import pairwise

import pytest

from policies.law.provenance import Confidence
from policies.rates.half_year import first_day
from policies.rates.series import SetEach
from storage.rate_store import shipped_rates

RATES = shipped_rates()
HALF = Decimal("0.5")

TABLE = """
2015-01-01  0.05 10.05 0.93 4.06  2.79 -0.83  8.17 4.17  8.5  8.05 0.50  8.50
2015-07-01  0.05 10.05 0.99 4.29  2.97 -0.83  8.17 4.17  8.5  8.05 0.50  8.50
2016-01-01  0.05 10.05 1.01 4.54  3.03 -0.83  8.17 4.17  8.5  8.05 0.50  8.50
2016-07-01  0.00 10.00 0.93 4.35  2.79 -0.88  8.12 4.12  8.0  8.00 0.50  8.50
2017-01-01  0.00 10.00 0.90 4.16  2.70 -0.88  8.12 4.12  8.0  8.00 0.25  8.25
2017-07-01  0.00 10.00 0.90 3.94  2.70 -0.88  8.12 4.12  8.0  8.00 0.25  8.25
2018-01-01  0.00 10.00 0.88 3.73  2.64 -0.88  8.12 4.12  8.0  8.00 0.50  8.50
2018-07-01  0.00 10.00 0.88 3.60  2.64 -0.88  8.12 4.12  8.0  8.00 0.50  8.50
2019-01-01  0.00 10.00 0.86 3.40  2.58 -0.88  8.12 4.12  8.0  8.00 0.75  8.75
2019-07-01  0.00 10.00 0.87 3.26  2.61 -0.88  8.12 4.12  8.0  8.00 0.75  8.75
2020-01-01  0.00 10.00 0.87 3.15  2.61 -0.88  8.12 4.12  8.0  8.00 0.75  8.75
2020-07-01  0.00 10.00 0.84 3.11  2.52 -0.88  8.12 4.12  8.0  8.00 0.10  8.10
2021-01-01  0.00 10.00 0.79 3.14  2.37 -0.88  8.12 4.12  8.0  8.00 0.10  8.10
2021-07-01  0.00 10.00 0.76 3.12  2.28 -0.88  8.12 4.12  8.0  8.00 0.10  8.10
2022-01-01  0.00 10.00 0.76 3.13  2.28 -0.88  8.12 4.12  8.0  8.00 0.25  8.25
2022-07-01  0.00 10.00 0.77 3.15  2.31 -0.88  8.12 4.12  8.0  8.00 1.25  9.25
2023-01-01  2.50 12.50 2.06 4.47  6.18  1.62 10.62 6.62 10.5 10.50 3.50 11.50
2023-07-01  4.00 14.00 4.22 6.82 12.66  3.12 12.12 8.12 12.0 12.00 5.00 13.00
2024-01-01  4.50 14.50 5.07 8.01 15.21  3.62 12.62 8.62 12.5 12.50 5.25 13.25
2024-07-01  4.25 14.25 4.92 8.16 14.76  3.37 12.37 8.37 12.5 12.25 5.25 13.25
2025-01-01  3.15 13.15 3.71 7.21 11.13  2.27 11.27 7.27 11.5 11.15 4.75 12.75
2025-07-01  2.15 12.15 2.76 6.65  8.28  1.27 10.27 6.27 10.5 10.15 4.25 12.25
2026-01-01  2.15 12.15 2.62 6.67  7.86  1.27 10.27 6.27 10.5 10.15 3.75 11.75
"""
"""MRO, FR default, FR legal (other, private), FR floor, DE base, DE business, DE consumer, BE, MRO + 8, UK ref, UK."""
ROWS = [
    (date.fromisoformat(row.split()[0]), [Decimal(cell) for cell in row.split()[1:]]) for row in TABLE.split("\n")[1:-1]
]


def written(series: str, day: date) -> Decimal:
    value = RATES[series].written(RATES[series].reference_day(day))
    assert value is not None, (series, day)
    return value.percent


@pytest.mark.parametrize(("day", "row"), ROWS, ids=[str(day) for day, _ in ROWS])
def test_a_half_year_of_the_published_table(day: date, row: list[Decimal]) -> None:
    reference, legal, base, bank = (written(id, day) for id in ("ecb_mro", "fr_legal", "de_base", "boe"))
    assert [
        reference,
        reference + 10,
        legal,
        written("fr_legal_private", day),
        3 * legal,
        base,
        base + 9,
        base + 5,
        ((reference + 8) / HALF).to_integral_value(ROUND_CEILING) * HALF,
        reference + 8,
        bank,
        bank + 8,
    ] == row


@pytest.mark.parametrize("day", [day for day, _ in ROWS])
def test_the_german_base_rate_follows_the_european_one_since_2015(day: date) -> None:
    """Observed, not the definition (§ 247 BGB): an alarm when one of the two series is edited."""
    assert written("de_base", day) == written("ecb_mro", day) - Decimal("0.88")


def test_every_series_names_its_last_day_and_who_publishes_the_next_value() -> None:
    assert {id: series.known_until.isoformat() for id, series in RATES.items()} == {
        "at_base": "2025-12-31",
        "be_civil": "2026-12-31",
        "boe": "2026-12-31",
        "de_base": "2026-06-30",
        "ecb_mro": "2026-06-30",
        "fr_legal": "2026-06-30",
        "fr_legal_private": "2026-06-30",
        "it_legal": "2026-12-31",
        "lu_consumer": "2024-12-31",
        "nl_consumer": "2024-12-31",
    }
    assert all(series.ask for series in RATES.values())
    differ = {id: series.usable_until for id, series in RATES.items() if series.usable_until != series.known_until}
    assert differ == {"at_base": date(2024, 6, 30)}  # what nobody confirmed serves nobody


@pytest.mark.parametrize("id", sorted(RATES))
def test_every_value_has_a_source_a_day_and_a_confidence(id: str) -> None:
    series = RATES[id]
    assert all(value.where.source and value.where.as_of and value.where.confidence for value in series.values)
    assert all(before.start < after.start for before, after in pairwise(series.values))


@pytest.mark.parametrize(
    ("id", "day", "percent"),
    [
        ("ecb_mro", "2026-06-30", "2.15"),
        ("ecb_mro", "2026-07-01", None),
        ("ecb_mro", "2014-01-01", None),
        ("boe", "2026-12-31", "3.75"),
        ("boe", "2027-01-01", None),
        ("fr_legal", "2018-03-01", None),
        ("fr_legal", "2018-07-01", "0.88"),
        ("be_civil", "2015-12-31", "2.5"),
        ("be_civil", "2016-06-01", None),
        ("be_civil", "2019-01-01", None),
        ("be_civil", "2022-01-01", "1.5"),
        ("nl_consumer", "2023-06-30", None),
        ("nl_consumer", "2023-07-01", "6"),
        ("nl_consumer", "2025-01-01", None),
        ("at_base", "2023-07-01", None),
        ("at_base", "2024-03-01", "3.88"),
        ("at_base", "2025-03-01", None),
        ("lu_consumer", "2024-12-31", "4.50"),
        ("lu_consumer", "2025-01-01", None),
        ("it_legal", "2026-12-31", "1.6"),
    ],
)
def test_a_half_year_without_a_confirmed_value_has_none(id: str, day: str, percent: str | None) -> None:
    value = RATES[id].of_half_year(date.fromisoformat(day))
    assert (None if value is None else value.percent) == (None if percent is None else Decimal(percent))


def test_bank_rate_between_two_half_years_is_known_only_up_to_the_last_eve() -> None:
    on = RATES["boe"].on
    assert on(date(2026, 6, 30)) is not None
    assert on(date(2026, 7, 1)) is None


def test_only_the_values_without_a_page_are_of_low_confidence() -> None:
    low = [
        (id, value.start.isoformat())
        for id, series in sorted(RATES.items())
        for value in series.values
        if value.where.confidence is Confidence.LOW
    ]
    assert low == [("at_base", "2025-01-01"), ("at_base", "2025-07-01"), ("fr_legal", "2018-01-01")]


def test_a_rate_set_by_half_year_never_lasts_into_the_next_one() -> None:
    for series in RATES.values():
        if series.set_each is SetEach.HALF_YEAR:
            assert all(value.until and first_day(value.until) == value.start for value in series.values), series.id
