"""Public holidays by country, as values for the pure laws (design 6)."""

from datetime import date
from functools import lru_cache

import holidays


@lru_cache(maxsize=256)
def _year(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


@lru_cache(maxsize=256)
def _around(country: str, year: int) -> frozenset[date]:
    return _year(country, year) | _year(country, year + 1)


def holidays_around(country: str | None, day: date) -> frozenset[date]:
    """The public holidays of `day`'s year and the next; none where the country is not known."""
    return _around(country, day.year) if country else frozenset()
