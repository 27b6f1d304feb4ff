"""What a ledger says of customers: documents, and what closed parts of their accounts."""

from collections import defaultdict
from collections.abc import Iterable
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
    through: date | None = None
    """The day of its last entry; None: it has none."""


class InvoiceNumbers:
    """The numbers of the invoices by what names them: the customer's lettering, or the customer's piece. Built once."""

    def __init__(self, documents: Iterable[LedgerDocument]) -> None:
        self._lettered: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._pieces: set[tuple[str, str]] = set()
        for one in documents:
            if not one.is_credit:
                self._pieces.add((one.customer, one.number))
                if one.lettering:
                    self._lettered[one.customer, one.lettering].append(one.number)

    def lettered(self, customer: str, lettering: str) -> tuple[str, ...]:
        """The invoices of the customer that carry this lettering; none without one."""
        return tuple(self._lettered.get((customer, lettering), ()))

    def piece(self, customer: str, piece: str) -> tuple[str, ...]:
        """The invoice of the customer that has this number."""
        return (piece,) if (customer, piece) in self._pieces else ()
