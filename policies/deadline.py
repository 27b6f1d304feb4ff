"""Days after which something is lost: what must happen by then, by which article, and when a person is asked before.

Who sets one says its last day and its article; a person is asked twice before it, and once more when it has passed.
Nothing is done by itself: a deadline is a reminder that cannot be forgotten, not an act.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DeadlineKind(StrEnum):
    """What must happen by the last day, or what ends with it."""

    MEDIATION_ANSWER = "mediation_answer"
    PLACEMENT_END = "placement_end"
    ORDER_SERVICE = "order_service"
    OPPOSITION = "opposition"
    ORDER_ENFORCEABLE = "order_enforceable"
    SMALL_CLAIM_ANSWER = "small_claim_answer"
    COURT_STEP = "court_step"
    ENFORCEMENT_OUTCOME = "enforcement_outcome"
    TITLE_LIFE = "title_life"
    CLAIM_DECLARATION = "claim_declaration"
    RETENTION_CLAIM = "retention_claim"
    STAY_REVIEW = "stay_review"
    VAT_RECOVERY = "vat_recovery"
    INSURANCE_EXTENSION = "insurance_extension"
    INSURANCE_FILING = "insurance_filing"
    MEASURE_REVIEW = "measure_review"


@dataclass(frozen=True, slots=True)
class DeadlineLaw:
    """How a kind of deadline is told of, and how long before it a person is asked."""

    what: str
    """In staff words, as the rest of *the last day for …*."""
    first: int = 30
    """Days before the last day on which a person is asked for the first time."""
    second: int = 10
    """Days before the last day on which a person is asked again, whatever was answered."""
    outlives: bool = False
    """It matters still when everything it is about is paid, written off or withdrawn."""


DEADLINE_LAWS: Mapping[DeadlineKind, DeadlineLaw] = {
    DeadlineKind.MEDIATION_ANSWER: DeadlineLaw("an answer to the proposed mediation", 5, 1),
    DeadlineKind.PLACEMENT_END: DeadlineLaw("the agency's work on the file", 15, 3),
    DeadlineKind.ORDER_SERVICE: DeadlineLaw("serving the order to pay"),
    DeadlineKind.OPPOSITION: DeadlineLaw("the debtor's opposition", 10, 2),
    DeadlineKind.ORDER_ENFORCEABLE: DeadlineLaw("knowing that no opposition was made", 15, 3),
    DeadlineKind.SMALL_CLAIM_ANSWER: DeadlineLaw("the debtor's answer to the commissaire de justice", 10, 2),
    DeadlineKind.COURT_STEP: DeadlineLaw("the next step before the court", 15, 5),
    DeadlineKind.ENFORCEMENT_OUTCOME: DeadlineLaw("the outcome of the enforcement", 15, 5),
    DeadlineKind.TITLE_LIFE: DeadlineLaw("enforcing the title", 365, 90),
    DeadlineKind.CLAIM_DECLARATION: DeadlineLaw("declaring the claim in the insolvency"),
    DeadlineKind.RETENTION_CLAIM: DeadlineLaw("claiming goods back under retention of title"),
    DeadlineKind.STAY_REVIEW: DeadlineLaw("looking at the stay again", 10, 3),
    DeadlineKind.VAT_RECOVERY: DeadlineLaw("recovering the VAT of a lost claim", 90, 30, outlives=True),
    DeadlineKind.INSURANCE_EXTENSION: DeadlineLaw("the extension the credit insurer allows", 10, 3),
    DeadlineKind.INSURANCE_FILING: DeadlineLaw("filing the claim with the credit insurer"),
    DeadlineKind.MEASURE_REVIEW: DeadlineLaw("looking at the commercial measure again", 10, 3),
}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline that stands."""

    number: int
    kind: DeadlineKind
    last_day: date
    """The debtor's last day on which it can still be kept."""
    article: str
    """The article of law, the clause of a contract or the decision it rests on."""
    first: int
    second: int
    what: str = ""
    """What it is about, in a few words: *order 2026/123 of the court of Paris*."""
    subject: str = ""
    """The record it belongs to, such as `placement:12`."""
    seen: frozenset[int] = frozenset()
    """Warnings (days before the last day) a person has answered; `PASSED` once the day is over."""
