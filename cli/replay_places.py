"""Where the customers of a history live: time zone, public holidays and law, looked up once for those who are alike."""

from collections.abc import Callable
from datetime import UTC, date
from functools import cache
from zoneinfo import ZoneInfo

from policies.case import Calendar
from policies.facts import DebtorKind
from policies.replay.past import PastCustomer
from policies.replay.place import Place
from storage.holiday_sets import holidays_around
from storage.law_store import NoLaw, for_country, jurisdiction

ZONE = "Europe/Paris"
"""The time zone of customers with a country whose own is not said, as at an import."""


def places(ladders_country: str, years: tuple[int, int]) -> Callable[[PastCustomer], Place]:
    """Where a customer lives. One of whom the history does not say is taken to live in the ladder's own country (empty:
    nowhere, without holidays and law, its days being those of UTC). `years`: the first and last of its holidays."""

    @cache
    def place(country: str, region: str, zone: str, kind: DebtorKind) -> Place:
        try:
            law = for_country(country, region) if country else jurisdiction(ladders_country)
        except NoLaw:
            return Place(_calendar(country, region, zone, years))
        lives_in = country or {"UK": "GB"}.get(law.id[:2], law.id[:2])
        return Place(_calendar(lives_in, region, zone, years), law.for_kind(kind), law.id)

    return lambda one: place(one.country, one.region.upper(), one.zone, one.kind)


def _calendar(country: str, region: str, zone: str, years: tuple[int, int]) -> Calendar:
    first, last = years
    sets = [holidays_around(country, date(year, 1, 1), region) for year in range(first, last + 1, 2)]
    return Calendar(ZoneInfo(zone or ZONE) if zone or country else UTC, frozenset().union(*sets))
