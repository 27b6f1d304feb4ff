"""A credit insurance as the creditor entered it: what its policy allows, by when, and by which of its clauses.

Days and sums differ by policy (law.md section 15: 60 + 90 days are examples): they are entered, never guessed.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum


class FilingFrom(StrEnum):
    """The day from which the days for filing a claim are counted."""

    DUE = "due"  # the original due date of the invoice
    EXTENSION = "extension"  # the last day of the extension the policy allows


class ConsentFor(StrEnum):
    """What an insurer is asked to agree to."""

    PLAN = "plan"
    PROMISE = "promise"
    SETTLEMENT = "settlement"
    SUPPLY = "supply"  # deliveries while an insured invoice is unpaid beyond its extension
    AGENCY = "agency"
    COURT = "court"
    WRITE_OFF = "write_off"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class CreditInsurance:
    """The policy of a creditor. Sums in minor units of `currency`; its days are calendar days, inclusive."""

    number: int
    insurer: str
    policy: str
    """The number the insurer gave it."""
    currency: str
    extension_days: int
    """Days after the original due date for which payment may be put off without the insurer's consent."""
    filing_days: int
    """Days after `filing_from` up to which a claim may be filed."""
    filing_from: FilingFrom
    percent: Decimal
    """The part of an insured loss that is paid, in percent."""
    valid_from: date
    valid_until: date | None = None
    minimum_claim: int = 0
    blind_cover: int = 0
    """The limit of a buyer nobody asked cover for; 0: none."""
    covers_disputed: bool = False
    """Whether a claim may be filed before a dispute is settled."""
    asks_write_off: bool = False
    """Whether a write-off, or a credit note that gives something up, needs the insurer's consent."""
    extension_clause: str = ""
    filing_clause: str = ""

    def is_valid(self, on: date) -> bool:
        """Whether it is in force on this day."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)

    def extension_day(self, due: date) -> date:
        """The last day to which payment of an invoice due on `due` may be put off."""
        return due + timedelta(days=self.extension_days)

    def filing_day(self, due: date) -> date:
        """The last day on which the claim for an invoice due on `due` may be filed."""
        start = due if self.filing_from is FilingFrom.DUE else self.extension_day(due)
        return start + timedelta(days=self.filing_days)

    def indemnity(self, amount: int) -> int:
        """What is paid of an insured amount: its percentage, rounded down to the minor unit."""
        return int((amount * self.percent / 100).to_integral_value(ROUND_DOWN))

    def article(self, clause: str) -> str:
        """A clause of the policy as the source of a deadline: *art. 7.2, policy 123-456 (Coface)*."""
        named = f"policy {self.policy} ({self.insurer})"
        return f"{clause}, {named}" if clause else named


@dataclass(frozen=True, slots=True)
class BuyerCover:
    """What the insurer decided about a customer: how much of it is covered, from when to when."""

    number: int
    insurance: int
    limit: int
    """Minor units of the insurance's currency; 0: cover was refused."""
    since: date
    until: date | None = None
    cancelled_on: date | None = None
    """Invoices of this day and later are not covered any more."""
    reference: str = ""

    def is_in_force(self, on: date) -> bool:
        """Whether a delivery of this day is covered."""
        ended = self.cancelled_on is not None and on >= self.cancelled_on
        return self.since <= on and (self.until is None or on <= self.until) and not ended
