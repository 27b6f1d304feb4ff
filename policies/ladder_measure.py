"""A commercial measure as a ladder proposes it: after which of its steps, and against whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policies.credit_exposure import CreditExposure
from policies.measure import LiftedBy, MeasureKind, is_met


@dataclass(frozen=True, slots=True)
class LadderMeasure:
    """A measure a ladder proposes: `days` after the step called `after` was done, while the customer is still late."""

    kind: MeasureKind
    after: str
    days: int
    lifted_by: LiftedBy
    only_above: Mapping[str, int] | None = None
    """The customer's overdue total above which it is proposed, in minor units by currency."""
    limit: Mapping[str, int] | None = None
    """Of a lower limit: the limit, in minor units by currency."""
    review_days: int | None = None
    """Days after which a person looks at it again; None: only where whoever decides names a day."""

    def starts_on(self, done_on: date) -> date:
        """The first day on which it is proposed."""
        return date.fromordinal(min(done_on.toordinal() + self.days, date.max.toordinal()))

    def lower(self, currency: str) -> int | None:
        """The limit it sets in this currency, where it lowers one."""
        return (self.limit or {}).get(currency)

    def is_proposed(self, owed: CreditExposure, done_on: date, today: date) -> bool:
        """Whether it is proposed on the day `today` against a customer who owes so much: late, and not lifted at once."""
        lower = self.lower(owed.currency)
        if owed.unpaid <= 0 or today < self.starts_on(done_on) or is_met(self.lifted_by, owed, lower):
            return False
        if self.kind is MeasureKind.LOWER_LIMIT and lower is None:
            return False
        if self.lifted_by is LiftedBy.UNDER_LIMIT and lower is None and owed.limit is None:
            return False
        limits = self.only_above
        return limits is None or (owed.currency in limits and owed.unpaid > limits[owed.currency])
