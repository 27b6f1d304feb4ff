"""What is known of some invoices of one customer, as it is handed to an agency, a court, an insurer; amounts in minor units."""

from dataclasses import dataclass
from datetime import date, datetime

from policies.accessories import AccessoriesFacts, ClaimedLine
from policies.claim_history import Attempt, ClaimAgreement, ClaimCall, ClaimDispute, Happened
from policies.claim_proof import Proven
from policies.creditor_facts import CreditorFacts
from policies.facts import DebtorKind
from policies.step import Accessories


@dataclass(frozen=True, slots=True)
class FileChoice:
    """How much a file states, and in which language (`fr` or `en`; another is told in English)."""

    language: str
    accessories: Accessories = Accessories.CLAIM
    """Interest and flat sums: claimed with their calculation, reserved in words, or not a word."""
    flat_sum: bool = True
    payment_details: bool = True
    """Whether the sheets name the account and the link that can be paid to. FR, small claims: nothing may be paid before the
    commissaire de justice has recorded the outcome (CPCE R125-7)."""
    receiver: str = ""
    """Whom the file is for, as its sheet names them."""
    reference: str = ""
    """What both sides call it, such as the number of the placement."""


@dataclass(frozen=True, slots=True)
class ClaimParty:
    """Who owes, with how to reach them."""

    number: str
    name: str
    kind: DebtorKind
    country: str
    company_number: str
    vat_number: str
    postal: str
    seat: str
    contact: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Original:
    """A document as it is kept, byte for byte."""

    name: str
    media_type: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What reduced an invoice: `payment`, `credit_note`, `difference` (let go), `prepaid`, `written_off` (in part)."""

    on: date
    kind: str
    amount: int
    reference: str = ""  # the number of the credit note
    document: Original | None = None  # of the credit note


@dataclass(frozen=True, slots=True)
class ClaimItem:
    """One invoice, or an instalment of one."""

    case: int
    invoice: str
    issued: date | None
    due: date
    original: int
    paid: int
    credited: int
    open: int  # undisputed: what the file claims of it; `disputed` is open besides
    disputed: int
    days_late: int
    moved: tuple[Moved, ...] = ()
    document: Original | None = None


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """Everything a file tells, as at `calculated_at`; `on` the same in the debtor's days, `zone` its time zone."""

    choice: FileChoice
    creditor: CreditorFacts
    party: ClaimParty
    law: str
    """The law the claim stands under (`FR`, `BE`, `UK-EW`); empty: not known."""
    currency: str
    calculated_at: datetime
    on: date
    zone: str
    position_on: date | None
    """The last day of the bank's data; None: none was ever imported."""
    items: tuple[ClaimItem, ...]
    accessories: AccessoriesFacts | None
    history: tuple[Happened, ...]
    calls: tuple[ClaimCall, ...]
    agreements: tuple[ClaimAgreement, ...]
    disputes: tuple[ClaimDispute, ...]
    messages: tuple[Proven, ...]
    attempts: tuple[Attempt, ...]

    @property
    def principal(self) -> int:
        """What is claimed of all items together, before interest and flat sums."""
        return sum(one.open for one in self.items)

    @property
    def claimed_beside(self) -> tuple[ClaimedLine, ...]:
        """Interest and flat sum by item with their calculation; empty where no figure is stated."""
        found = self.accessories
        return () if found is None or found.reserved else found.lines
