"""What matching looks at: open items, customers, bank lines, what persons decided, and the declared tolerances.

Amounts are minor units of the item's or the line's currency; days are days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.discount import Offer
from policies.matching.verdicts import Part


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice, or a credit note (`is_credit`), with what it asked for or gave back when issued (positive)."""

    id: int
    number: str
    customer: int
    issued: date | None
    due: date
    currency: str
    payable: int
    references: tuple[str, ...] = ()
    """Payment references and end-to-end ids we gave for it."""
    invoice: str = ""
    """Number of the invoice of which this is an instalment; payments may name either."""
    is_credit: bool = False
    corrects: frozenset[int] = frozenset()
    """Invoices a credit note takes back; it is set against them from the day it is issued."""
    discounts: tuple[Offer, ...] = ()
    """Cash discounts that may be taken off the whole."""

    @property
    def opened(self) -> date:
        """The day from which money can be meant for it without naming it."""
        return self.issued or self.due


@dataclass(frozen=True, slots=True)
class Customer:
    """Who owes. `ibans` are on file; `payer` is the customer who pays for it, where it is not itself."""

    id: int
    number: str
    name: str
    ibans: tuple[str, ...] = ()
    payer: int | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class BankLine:
    """One movement as its file says it; `key` tells it from all others, whatever order they arrived in."""

    key: str
    value_date: date
    amount: int
    currency: str
    counterparty: str = ""
    iban: str = ""
    reference: str = ""
    end_to_end_id: str = ""
    text: str = ""
    invoices: tuple[str, ...] = ()
    """Invoice numbers the file itself names."""
    return_reason: str = ""
    marks: frozenset[str] = frozenset()
    """References that a return repeats, as `policies.settlement.Line.marks`."""
    kin: frozenset[str] = frozenset()
    """What a return without such a reference has in common with its payment, as `policies.settlement.Line.kin`."""
    from_insurer: bool = False
    """Its payer is called as an insurer with which a claim was filed: it may pay us, and not for the debtor."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said of a line: these parts, in this order; none means it pays no invoice. Or what its file states in a
    field of its own: these items, the oldest first."""

    parts: tuple[Part, ...] = ()
    stated: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Proposals a person refused for a line: it is not proposed or booked for exactly these items again."""

    sets: frozenset[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Terms:
    """What the creditor declares. Minor units; the limits hold in every currency of two decimals."""

    tolerance: int = 5
    """A difference up to this closes the invoice: rounding (0.05)."""
    bank_fee: int = 3000
    """A shortfall up to this may be what banks on the way kept (30.00)."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Everything persons said, by key of the line."""

    decided: Mapping[str, Decided] = field(default_factory=dict)
    refused: Mapping[str, Refused] = field(default_factory=dict)
