"""What a ledger says of customers: documents, and what closed parts of their accounts."""

from dataclasses import dataclass, field
from datetime import date

from policies.ledger_lines import ClosedBy


@dataclass(frozen=True, slots=True)
class LedgerDocument:
    """A sale, or a sale taken back: one piece of one customer. `total` is positive."""

    number: str
    customer: str
    customer_name: str
    on: date
    total: int
    is_credit: bool
    lettering: str
    line: int


@dataclass(frozen=True, slots=True)
class Closing:
    """Part of a customer's account that something closed, in minor units; `invoices` by the shared lettering."""

    kind: ClosedBy
    customer: str
    customer_name: str
    on: date
    amount: int
    piece: str
    label: str
    invoices: tuple[str, ...]
    line: int


@dataclass(slots=True)
class LedgerRead:
    """What the ledger says of its customers; `doubts` are lines with the sentence why they say nothing sure."""

    documents: list[LedgerDocument] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)
