"""The days of one party: its time zone and its public holidays, as values."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from policies.season import Season


@dataclass(frozen=True, slots=True)
class Calendar:
    """The debtor's days: time zone and public holidays, given as values."""

    zone: tzinfo
    holidays: frozenset[date] = frozenset()
    quiet: tuple[Season, ...] = ()
    """Parts of the year in which nothing leaves to it, whatever its own days say."""

    def day(self, moment: datetime) -> date:
        """The debtor's calendar day at `moment` (aware)."""
        return moment.astimezone(self.zone).date()
