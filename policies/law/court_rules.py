"""What a law file says of the ways to court: what they ask for first, what they forbid, and the periods that run in them."""

from dataclasses import dataclass
from datetime import date

from policies.court_event import CourtEvent
from policies.deadline import DeadlineKind
from policies.law.provenance import Provenance

SHEETS = ("injonction", "small_claims", "mahnverfahren", "mcol", "european_order", "claim")
"""The facts sheets there are: what the form of a procedure asks for, in its order."""


COURTS = {
    "debtor": "the court of the debtor's seat",
    "officer": "a commissaire de justice of the court of appeal of the debtor's seat",
    "mahngericht": "the Mahngericht of the creditor's seat; a creditor without a seat in Germany: Amtsgericht Wedding (§ 689 (2) ZPO)",
    "bailiff": "a bailiff, through a lawyer who checks the file",
    "mcol": "Money Claim Online (County Court)",
}
"""Whom a file goes to, by the word for it in a law file."""


@dataclass(frozen=True, slots=True)
class CourtWay:
    """What of a route matters before a court; every field has the answer of a route of which nothing is said."""

    sheet: str = "claim"
    court: str = COURTS["debtor"]
    """Whom the file goes to, where nobody has entered another."""
    cross_border: bool = False
    """Only where creditor and debtor are in different member states."""
    not_in: tuple[str, ...] = ()
    """Countries the route does not reach though they are member states (ISO 3166-1)."""
    attempt_first: bool = False
    """Inadmissible without an amicable attempt (FR: art. 750-1 CPC; ES: MASC)."""
    attempt_up_to: int | None = None
    """The amount (minor units) up to which the attempt is asked for; None: whatever the amount."""
    attempt_article: str = ""
    is_attempt: bool = False
    """Its failure counts as the amicable attempt (FR: small claims, art. 750-1 CPC)."""
    notice_first: bool = False
    """Only after the delay of the formal notice has run out."""
    documents: bool = False
    """The documents go with it: invoices whose own file is not kept are told."""
    forbids_payment: str = ""
    """The article that forbids payment until the outcome is recorded; empty: none does."""
    counts_interest: bool = False
    """Its limit (`most`) is one of principal and interest together."""
    interrupts: CourtEvent | None = None
    """The event that is the court act of limitation; None: none is known to be."""


ANY_WAY = CourtWay()


@dataclass(frozen=True, slots=True)
class CourtPeriod:
    """A period that runs before a court: months, then days, from the day of an event."""

    route: str
    kind: DeadlineKind
    after: CourtEvent
    where: Provenance
    months: int = 0
    days: int = 0
    order_since: date | None = None
    order_until: date | None = None
    """Only for orders made from, or up to, this day."""
    theirs: bool = False
    """It is the debtor's, or the clerk's, to keep: what ends on a day off goes on to the next working day."""
    what: str = ""
    """What must happen by then, where the kind's own words do not say it."""

    @property
    def by_order(self) -> bool:
        """Whether the day of the order decides if it begins."""
        return self.order_since is not None or self.order_until is not None

    def is_for(self, route: str, event: CourtEvent, order_made: date | None) -> bool:
        """Whether it begins with this event; a rule for orders of some days alone needs to know the order's."""
        if (self.route, self.after) != (route, event):
            return False
        if not self.by_order:
            return True
        if order_made is None:
            return False
        return (self.order_since or date.min) <= order_made <= (self.order_until or date.max)
