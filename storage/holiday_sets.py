"""Public holidays by country, as values for the pure laws (design 6)."""

from datetime import date
from functools import lru_cache

import holidays

PARTS = {("FR", "67"): "6AE", ("FR", "68"): "6AE", ("GB", ""): "ENG", ("GB", "EAW"): "ENG"}
"""Parts the calendars know by another name. Somebody in the United Kingdom of whom no more is known has the days of England:
the law counts there as well, and days all its nations share would leave Easter Monday open."""


@lru_cache(maxsize=512)
def _year(country: str, year: int, region: str) -> frozenset[date]:
    part = PARTS.get((country, region), region)
    for name in dict.fromkeys((part, part.upper(), PARTS.get((country, ""), ""))):
        try:
            return frozenset(holidays.country_holidays(country, subdiv=name or None, years=year))
        except NotImplementedError:
            continue
    return frozenset()


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
