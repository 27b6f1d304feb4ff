"""A debt as interest sees it: the principal and every movement of it, by value date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies.interest.day_count import DayCount


@dataclass(frozen=True, slots=True)
class Movement:
    """On value date `on` the principal falls by `amount` minor units (negative: a payment came back)."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Debt:
    """What was due on `due` (minor units, VAT included), and how it moved. The order of `movements` means nothing."""

    principal: int
    currency: str
    due: date
    movements: tuple[Movement, ...] = ()
    notice_on: date | None = None
    """Day the formal notice was received, or the free reminder's delay ran out: interest of consumers starts there."""
    stopped_on: date | None = None
    """Last day interest runs (insolvency judgment, time to pay)."""
    stopped_why: str = ""
    """Why it runs no longer, for staff."""
    instalments: int = 1
    """Late instalments the debt is made of: some flat sums are due for each."""
    delivered_on: date | None = None
    """Day the goods were delivered, where interest waits for the third month after it (LU consumers)."""

    @property
    def noticed(self) -> bool:
        """Whether a notice counts: one that came before the debt was late is none."""
        return self.notice_on is not None and self.notice_on > self.due


@dataclass(frozen=True, slots=True)
class Terms:
    """What the parties agreed on, from a terms record; nothing of it is used without one."""

    rate: Decimal | None = None
    """Percent a year."""
    flat: int | None = None
    """A penalty clause, minor units."""
    flat_currency: str = ""
    record: str = ""
    """What proves it: file or text, and the day it was accepted."""
    day_count: DayCount | None = None
    """How the days of a year are counted; None: as the law counts them."""
    limitation_years: int | None = None
    """The limitation period, in years."""
