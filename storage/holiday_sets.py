"""Public holidays by country, as values for the pure laws (design 6)."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=512)
def _year(country: str, year: int, region: str) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return _year(country, year, "") if region else frozenset()


@lru_cache(maxsize=512)
def _around(country: str, year: int, region: str) -> frozenset[date]:
    return _year(country, year, region) | _year(country, year + 1, region)


def holidays_around(country: str | None, day: date, region: str = "") -> frozenset[date]:
    """The public holidays of `day`'s year and the next; none where the country is not known.

    `region` adds those of a part of the country (ISO 3166-2: `BY`, `57`, `SCT`); one that is not known adds none.
    """
    return _around(country, day.year, region) if country else frozenset()


@lru_cache(maxsize=64)
def _settlement(year: int) -> frozenset[date]:
    return frozenset(holidays.financial_holidays("XECB", years=(year, year + 1)))


def settlement_holidays(day: date) -> frozenset[date]:
    """The days of `day`'s year and the next, besides weekends, on which banks of the euro area do not settle (T2)."""
    return _settlement(day.year)
