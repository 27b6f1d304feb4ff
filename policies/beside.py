"""Messages beside the ladder: news that something got better, and what a person writes by hand (docs/decisions/0015).

News is no demand: it is never told to whom we may not speak, and is told soon or not at all.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from policies.agreement import AgreementTerms
from policies.claim_file import ClaimFile
from policies.facts import DatedAmount
from policies.measure import MeasureTold
from policies.message import CreditorFacts


class MessageKind(StrEnum):
    """What a message is: a step of a ladder, news, or something a person asked for."""

    STEP = "step"
    PAYMENT_BOUNCED = "payment_bounced"
    PAYMENT_RECEIVED = "payment_received"
    CREDIT_BOOKED = "credit_booked"
    DISPUTE_REJECTED = "dispute_rejected"
    DISPUTE_SETTLED = "dispute_settled"
    NOTICE_WITHDRAWN = "notice_withdrawn"
    CROSSED = "crossed"
    PLAN_ACCEPTED = "plan_accepted"
    INSTALMENT_DUE = "instalment_due"
    PLAN_ENDED = "plan_ended"
    SETTLEMENT_PAID = "settlement_paid"
    PLAN_AGREED = "plan_agreed"
    PLAN_LAPSED = "plan_lapsed"
    SETTLEMENT_OFFER = "settlement_offer"
    SETTLEMENT_VOID = "settlement_void"
    SET_OFF = "set_off"
    MEASURE_TAKEN = "measure_taken"
    MEASURE_LIFTED = "measure_lifted"
    MEDIATION_PROPOSED = "mediation_proposed"
    VAT_DUPLICATE = "vat_duplicate"
    WRITTEN = "written"
    INVOICE_COPY = "invoice_copy"
    PAYMENT_DETAILS = "payment_details"
    AGENCY_RECALL = "agency_recall"
    AGENCY_UPDATE = "agency_update"
    INSURANCE_CLAIM = "insurance_claim"


BY_HAND = (MessageKind.WRITTEN, MessageKind.INVOICE_COPY, MessageKind.PAYMENT_DETAILS)
"""What a person asked for: a free message, a copy of an invoice, what is needed to pay."""
TERMS = (
    MessageKind.PLAN_AGREED, MessageKind.PLAN_LAPSED, MessageKind.SETTLEMENT_OFFER, MessageKind.SETTLEMENT_VOID,
    MessageKind.SET_OFF, MessageKind.MEASURE_TAKEN, MessageKind.MEASURE_LIFTED,
)  # fmt: skip
"""What was agreed, offered or decided, and that it is over: each leaves alone, at once, whether or not news is wanted."""
ANSWERS = (
    MessageKind.DISPUTE_REJECTED, MessageKind.MEDIATION_PROPOSED, MessageKind.CROSSED, MessageKind.VAT_DUPLICATE,
)  # fmt: skip
"""What a customer must hear of a person's decision: why an invoice stands, that a mediation is proposed, that our letter
crossed its money. Alone, whether or not news is wanted, and however late."""
TO_OTHERS = (MessageKind.AGENCY_RECALL, MessageKind.AGENCY_UPDATE, MessageKind.INSURANCE_CLAIM)
"""What is told to the agency a file is with, or to the credit insurer: at once, whatever holds the customer, who hears nothing of it."""
NEWS = tuple(kind for kind in MessageKind if kind not in (MessageKind.STEP, *BY_HAND, *TERMS, *ANSWERS, *TO_OTHERS))
"""News; of several in one message the first of this order names it."""
UNCOUNTED = (
    *(kind for kind in NEWS if kind is not MessageKind.PAYMENT_BOUNCED), MessageKind.PLAN_AGREED, MessageKind.SET_OFF,
    MessageKind.MEASURE_LIFTED, MessageKind.CROSSED, MessageKind.VAT_DUPLICATE, *TO_OTHERS,
)  # fmt: skip
"""What is not counted as a contact about the debt: it asks for nothing. A payment that came back is open again."""

REST = timedelta(hours=1)
"""News rests so long, that what comes together is told together and what is taken back is not told."""
LAST_DAY = 5
"""Days after its own day on which news is still told: after an outage nothing arrives in a heap."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing a message tells. `amount` and `open` in minor units of the message's currency; `on` its own day."""

    kind: MessageKind
    invoice: str
    amount: int
    open: int
    on: date
    instalments: tuple[DatedAmount, ...] = ()
    terms: AgreementTerms | None = None
    """Of an agreement: what is said of it beside amounts and days."""
    words: str = ""
    """What a person wrote to be told, as the reason of a decision."""
    measure: MeasureTold | None = None
    """Of a commercial measure: what changes, and what lifts it."""


@dataclass(frozen=True, slots=True)
class BesideFacts:
    """What a message beside the ladder says: pieces of news, or the words of a person (`subject`, `text`)."""

    key: str
    kind: MessageKind
    language: str
    creditor: CreditorFacts
    customer_number: str
    customer_name: str
    contact_name: str
    agent_name: str
    agent_email: str
    currency: str
    written_at: datetime
    pieces: tuple[Piece, ...] = ()
    subject: str = ""
    text: str = ""
    thread: tuple[str, ...] = ()
    """Keys of earlier messages about the same invoice, oldest first: the message is an answer in their thread."""
    file: ClaimFile | None = None  # of a claim on the insurer: it goes with the message


def is_old(on: date, today: date) -> bool:
    """Whether news of the day `on` comes too late to be told."""
    return (today - on).days > LAST_DAY
