"""What an e-invoice states, business term by business term (EN 16931-1), before anything is made of it."""

from dataclasses import dataclass
from typing import NamedTuple

from tasks.invoice_tree import NOTHING, Term


class Identifier(NamedTuple):
    """An identifier with its ISO 6523 scheme; empty where none is named."""

    text: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Party:
    """A seller, buyer, payee or payer."""

    name: Term = NOTHING
    ids: tuple[Identifier, ...] = ()  # BT-29, BT-46, BT-60
    legal_id: str = ""  # BT-30, BT-47
    vat: str = ""  # BT-31, BT-48
    address: str = ""
    country: Term = NOTHING
    contact: str = ""
    email: Term = NOTHING
    phone: Term = NOTHING
    mailbox: Term = NOTHING
    """The electronic address (BT-34, BT-49) where it is an e-mail address."""


@dataclass(frozen=True, slots=True)
class Means:
    """One way to pay (BG-16), with the account it leads to (BG-17)."""

    code: str = ""
    account: Term = NOTHING
    bic: str = ""


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount of the payment terms, in figures."""

    percent: Term = NOTHING
    amount: Term = NOTHING
    basis: Term = NOTHING
    start: Term = NOTHING
    end: Term = NOTHING
    period: Term = NOTHING


@dataclass(frozen=True, slots=True)
class Terms:
    """One group of payment terms."""

    due: Term = NOTHING
    amount: Term = NOTHING
    words: str = ""
    discounts: tuple[Discount, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals of the document (BG-22); `rows` counts lines, allowances and charges."""

    lines: Term = NOTHING
    allowances: Term = NOTHING
    charges: Term = NOTHING
    net: Term = NOTHING
    vat: Term = NOTHING
    gross: Term = NOTHING
    prepaid: Term = NOTHING
    rounding: Term = NOTHING
    payable: Term = NOTHING
    third_parties: tuple[Term, ...] = ()
    rows: int = 0


@dataclass(frozen=True, slots=True)
class StatedInvoice:
    """The document. `credit_note`: its root element already says that it is one (UBL)."""

    profile: str
    number: Term
    type_code: Term
    issued: Term
    currency: Term
    seller: Party
    buyer: Party
    totals: Totals
    line: int | None = None
    is_cii: bool = False
    is_test: bool = False
    credit_note: bool = False
    payee: Party | None = None
    payer: Party | None = None
    recipient: Party | None = None
    means: tuple[Means, ...] = ()
    terms: tuple[Terms, ...] = ()
    reference: str = ""
    mandate: str = ""
    corrects: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """Subject code (UNTDID 4451) and text."""
    language: str = ""
