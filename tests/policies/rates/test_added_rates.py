"""Values a person adds: they reach as far as they say, and never over a gap."""

from datetime import date
from decimal import Decimal

from policies.rates.added import Added, serves, with_added
from policies.rates.missing import why_missing
from policies.rates.series import Rates
from storage.rate_store import shipped_rates

SHIPPED = shipped_rates()


def adding(*values: tuple[str, str, str]) -> Rates:
    return with_added(
        SHIPPED,
        [
            Added(series, date.fromisoformat(start), Decimal(percent), "order 42", date(2026, 7, 3))
            for series, start, percent in values
        ],
    )


def known(rates: Rates, series: str, *days: str) -> list[str | None]:
    values = [rates[series].of_half_year(date.fromisoformat(day)) for day in days]
    return [None if value is None else str(value.percent) for value in values]


def test_a_value_for_the_next_half_year_is_known_to_its_end() -> None:
    rates = adding(("ecb_mro", "2026-07-01", "2.40"))
    assert known(rates, "ecb_mro", "2026-06-30", "2026-12-31", "2027-01-01") == ["2.15", "2.40", None]
    assert rates["ecb_mro"].known_until == date(2026, 12, 31)
    assert known(SHIPPED, "ecb_mro", "2026-12-31") == [None]


def test_a_half_year_left_out_stays_a_gap() -> None:
    rates = adding(("fr_legal", "2027-01-01", "2.50"))
    assert known(rates, "fr_legal", "2026-06-30", "2026-07-01", "2027-06-30") == ["2.62", None, "2.50"]
    filled = adding(("fr_legal", "2027-07-01", "2.50"), ("fr_legal", "2026-07-01", "2.60"))
    assert known(filled, "fr_legal", "2026-12-31", "2027-01-01", "2027-12-31") == ["2.60", None, "2.50"]


def test_a_change_within_a_half_year_is_not_its_reference() -> None:
    rates = adding(("ecb_mro", "2026-09-16", "2.40"))
    assert known(rates, "ecb_mro", "2026-10-01", "2027-01-01") == [None, None]
    assert rates["ecb_mro"].known_until == date(2026, 6, 30)
    assert serves(rates["ecb_mro"], date(2026, 9, 16)) is None
    assert serves(rates["ecb_mro"], date(2026, 7, 1)) == date(2026, 7, 1)


def test_bank_rate_serves_the_half_year_after_the_eve_it_is_given_for() -> None:
    rates = adding(("boe", "2026-12-31", "3.50"))
    assert known(rates, "boe", "2026-12-31", "2027-06-30", "2027-07-01") == ["3.75", "3.50", None]
    assert serves(rates["boe"], date(2026, 12, 31)) == date(2027, 1, 1)
    for day in ("2026-11-05", "2027-01-01", "2027-02-04"):
        assert known(adding(("boe", day, "3.50")), "boe", "2026-12-31", "2027-01-01") == ["3.75", None]


def test_a_yearly_rate_is_known_to_the_end_of_the_year() -> None:
    rates = adding(("be_civil", "2019-01-01", "2.0"))
    assert known(rates, "be_civil", "2018-12-31", "2019-12-31", "2020-01-01") == ["2.0", "2.0", None]


def test_a_value_replaces_the_one_of_its_day_and_the_later_one_counts() -> None:
    rates = adding(("fr_legal", "2018-01-01", "0.88"), ("fr_legal", "2018-01-01", "0.89"))
    assert known(rates, "fr_legal", "2018-01-01", "2018-07-01") == ["0.89", "0.88"]
    value = rates["fr_legal"].of_half_year(date(2018, 1, 1))
    assert value is not None
    assert (value.where.confirmed_by, value.where.as_of) == ("order 42", date(2026, 7, 3))


def test_a_missing_half_year_is_explained_with_what_to_type() -> None:
    assert why_missing(SHIPPED["fr_legal"], date(2026, 1, 1)) == ""
    assert why_missing(SHIPPED["fr_legal"], date(2018, 2, 1)) == (
        "French legal interest rate, other cases: the value from 2018-01-01, 0.88 %, is not confirmed (aeccompta.com"
        " gives 0.88, another reading is 0.89: look at the order). See the order in the Journal officiel (Légifrance),"
        " June and December, then type: relance rates set fr_legal 2018-01-01 PERCENT --source TEXT."
    )
    assert why_missing(SHIPPED["boe"], date(2027, 2, 1)).endswith(
        "See the Bank of England, then type: relance rates set boe 2026-12-31 PERCENT --source TEXT."
    )
