"""What passed between a creditor and a debtor, as a file handed over tells it. Amounts in minor units of its currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from policies.facts import DatedAmount


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the journal of one of the cases."""

    at: datetime
    invoice: str
    kind: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ClaimCall:
    """A telephone call, once, whatever number of invoices it was about. `outcome` is a code of `call_choices`."""

    at: datetime
    direction: str
    outcome: str
    amount: int
    on: date | None
    words: str
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimAgreement:
    """A promise, a plan or a set-off; `became`: kept, partly_kept, broken… or empty while it stands."""

    kind: str
    since: date
    until: date | None
    payments: tuple[DatedAmount, ...]
    became: str
    invoices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimDispute:
    """What the customer disputed, and how it was decided (`state` of `policies.dispute`)."""

    invoice: str
    reason: str
    amount: int | None
    words: str
    opened_on: date
    state: str
    decided_on: date | None
    why: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to reach an agreement that took place and failed: `mediation` or `settlement`. Nothing more is told of it."""

    kind: str
    on: date
    """The day on which the other side was asked."""
    article: str = ""
    """The article that wants an attempt before a court is asked; empty: none does."""
    mediator: str = ""
    """Who was named as mediator; empty: nobody yet."""
    result: str = ""
    """`refused`, `no_answer` or `failed`; empty of an offer."""
    ended_on: date | None = None
