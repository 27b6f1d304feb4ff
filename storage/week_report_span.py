"""What part of the books a weekly report is about: one creditor, one week of its days, as known at a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from policies.report_week import ReportWeek


@dataclass(frozen=True, slots=True)
class Span:
    """A creditor's week. What stands now stands at `at`; what happened, happened in the week."""

    creditor: int
    week: ReportWeek
    zone: str
    at: datetime

    @property
    def today(self) -> date:
        """The creditor's day at `at`."""
        return self.at.astimezone(ZoneInfo(self.zone)).date()

    @property
    def values(self) -> dict[str, Any]:
        """What the queries take: days are the creditor's, moments those between which the week lies."""
        zone = ZoneInfo(self.zone)
        return {
            "creditor": self.creditor, "first": self.week.first, "last": self.week.last, "starts": self.week.begins(zone),
            "ends": self.week.ends(zone), "as_of": self.at, "today": self.today, "zone": self.zone,
        }  # fmt: skip
