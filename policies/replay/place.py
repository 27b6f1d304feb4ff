"""Where a customer of the history lives."""

from dataclasses import dataclass, replace

from policies.case import Calendar
from policies.law.rules import KindLaw


@dataclass(frozen=True, slots=True)
class Place:
    """Its days, and the law for it (None: no law is known)."""

    calendar: Calendar
    law: KindLaw | None = None
    law_id: str = ""

    def plain(self) -> "Place":
        """The same without holidays, and without what its law says of contacts."""
        law = None if self.law is None else replace(self.law, contact=None)
        return replace(self, calendar=Calendar(self.calendar.zone), law=law)
