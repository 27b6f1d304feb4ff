"""What a message says, as facts: the templates only put words around it. Amounts in minor units of one currency."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.accessories import AccessoriesFacts
from policies.account_lines import Line, LineStatus
from policies.case import DebtorKind
from policies.court_facts import CourtFacts
from policies.creditor_facts import CreditorFacts
from policies.mediation_proposal import Proposal
from policies.posting import Posting
from policies.proceedings import Proceedings
from policies.stages import REMINDERS, Stage

if TYPE_CHECKING:
    from policies.claim_file import ClaimFile

__all__ = ["CreditorFacts", "Line", "LineStatus", "MessageFacts", "Picture", "Rendered", "tells_everything"]


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """Everything a template may use. `written_at` is the calculation date of every figure."""

    key: str
    """Stable key of the message (customer, currency, stage, window, occurrence): the Message-ID comes from it."""
    stage: Stage
    law: str
    """The law it is written under (`FR`, `BE`, `UK-EW`); empty: none, and only texts that need none can be written."""
    debtor: DebtorKind
    language: str
    creditor: CreditorFacts
    customer_number: str
    customer_name: str
    contact_name: str
    agent_name: str
    agent_email: str
    currency: str
    lines: tuple[Line, ...]
    demanded: int
    """Sum of `open` over demanded lines."""
    total_open: int
    """Sum of `open` over all lines."""
    written_at: datetime
    written_on: date
    """The same in the debtor's days."""
    position_on: date | None
    """Day of the last bank data; None when no bank file was ever imported."""
    pay_by: date | None
    """Last day to pay or answer, where the message leaves on the day it is written."""
    pay_within: int | None = None
    """Days to pay, counted from the day the message is received: a draft may leave days after it was written."""
    copies: tuple[str, ...] = ()
    """Names of the invoice copies that go with the message."""
    text: str = ""
    """The text, where it is not the stage's own (`statement`, `free_reminder`)."""
    ahead: frozenset[Stage] = frozenset()
    """Stages the ladder still holds for this debtor: a message announces nothing else."""
    indemnity: int | None = None
    """What an agreed clause allows to be claimed once a free reminder has run out (BE consumers); None: nothing."""
    credit: int = 0
    """What the customer has to its credit: credit notes that settle nothing, overpayments. Only reminders tell of it."""
    thread: tuple[str, ...] = ()
    """Keys of the e-mails sent about the same invoices before, oldest first: the message is an answer to the last."""
    posting: Posting | None = None
    """How it is posted, where it is a letter; None: it is none."""
    proceedings: Proceedings | None = None  # what an administrator is reminded of
    proposal: Proposal | None = None
    """The mediation a message proposes, and who mediates; None: it proposes none."""
    court: CourtFacts | None = None
    """What a file for a court says; None: the message is none."""
    file: "ClaimFile | None" = None  # what goes with it to an agency
    accessories: AccessoriesFacts | None = None  # None: nothing is said of interest beyond the template's own words


def tells_everything(stage: Stage, text: str = "") -> bool:
    """Whether a message carries every item of the customer (design 4.11). Reminders do.

    Harder messages tell of what they demand alone, and so does the free reminder some laws want first: its delay runs
    for the items it names (BE: CDE XIX.2).
    """
    return stage in REMINDERS and text not in ("free_reminder", "after_judgment")


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG the HTML part shows; `id` is what it calls it by (RFC 2392)."""

    id: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words, before it becomes bytes. An empty `html`: the text alone is the message."""

    subject: str
    text: str
    html: str
    sms: str
    pictures: tuple[Picture, ...] = ()
