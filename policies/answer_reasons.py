"""Why a customer has not paid, as he says it in a reply or on the telephone: one list, and what follows from each.

A reason is chosen by a person. Its rest or hold lets nothing leave about the invoices it speaks of; its next step is
what somebody does meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.facts import HoldKind


class AnswerReason(StrEnum):
    """What the customer says; the values are stored and counted."""

    NOT_RECEIVED = "invoice_not_received"
    PAPERS_MISSING = "papers_missing"
    WAITING_FOR_APPROVAL = "waiting_for_approval"
    SCHEDULED = "payment_scheduled"
    SENT = "payment_sent"
    PAID = "paid"
    PROMISE = "promise"
    CANNOT_PAY_NOW = "cannot_pay_now"
    DISAGREES = "disagrees"
    WRONG_CONTACT = "wrong_contact"
    INSOLVENCY = "insolvency"
    REFUSES = "refuses"
    STOP = "stop"


class Reach(StrEnum):
    """What a hold for the reason covers."""

    INVOICES = "invoices"  # those the answer speaks of
    CUSTOMER = "customer"  # every invoice of the customer


@dataclass(frozen=True, slots=True)
class ReasonLaw:
    """What follows from one reason."""

    sentence: str
    """The choice as a person reads it."""
    next_step: str
    """What somebody does now."""
    hold: HoldKind | None
    """None: collecting goes on as before."""
    days: int | None = None
    """Days of rest where no day is named; None: the day must be named, or the hold ends by a person."""
    needs_day: bool = False
    """Whether the answer means nothing without a day."""
    reach: Reach = Reach.INVOICES

    @property
    def said(self) -> str:
        """The sentence without what only a form needs: *Promises to pay*."""
        return self.sentence.removesuffix(" on the date below").removesuffix(" until the date below")


REST_DAYS = 7
"""Calendar days a customer has to act on what he asked for."""
PAYMENT_DAYS = 5
"""Calendar days a payment the customer says he has made is given to appear at the bank."""
POST_DAYS = 10
"""Calendar days a cheque or transfer on its way is given to appear at the bank."""

REASON_LAWS: Mapping[AnswerReason, ReasonLaw] = {
    AnswerReason.NOT_RECEIVED: ReasonLaw(
        "Has not received the invoice", "Send the copy at once.", HoldKind.MANUAL, REST_DAYS
    ),
    AnswerReason.PAPERS_MISSING: ReasonLaw(
        "Misses the order or the receipt", "Get the paper and send it.", HoldKind.MANUAL, REST_DAYS
    ),
    AnswerReason.WAITING_FOR_APPROVAL: ReasonLaw(
        "Waits for an approval until the date below", "Note who approves; ask that person on the day.",
        HoldKind.MANUAL, needs_day=True,
    ),
    AnswerReason.SCHEDULED: ReasonLaw(
        "Has scheduled the payment on the date below", "Look for the money on that day.",
        HoldKind.PROMISE, needs_day=True,
    ),
    AnswerReason.SENT: ReasonLaw(
        "Has sent a cheque or a transfer", "Look for it in the bank lines.", HoldKind.IN_FLIGHT, POST_DAYS
    ),
    AnswerReason.PAID: ReasonLaw(
        "Says it is paid", "Ask for day, amount and account; look in the bank lines.", HoldKind.IN_FLIGHT, PAYMENT_DAYS
    ),
    AnswerReason.PROMISE: ReasonLaw(
        "Promises to pay on the date below", "Look for the money on that day.", HoldKind.PROMISE, needs_day=True
    ),
    AnswerReason.CANNOT_PAY_NOW: ReasonLaw("Cannot pay now", "Propose a payment plan.", HoldKind.MANUAL, REST_DAYS),
    AnswerReason.DISAGREES: ReasonLaw(
        "Disagrees with the invoice", "Ask in writing what is wrong and who can settle it.", HoldKind.DISPUTE
    ),
    AnswerReason.WRONG_CONTACT: ReasonLaw(
        "Is not the right contact", "Find who deals with invoices there.",
        HoldKind.MANUAL, REST_DAYS, reach=Reach.CUSTOMER,
    ),
    # No day is named: only a person who has seen the judgment, or that there is none, goes on.
    AnswerReason.INSOLVENCY: ReasonLaw(
        "Is insolvent", "Find the judgment and declare the claim in its time limit.",
        HoldKind.INSOLVENCY, reach=Reach.CUSTOMER,
    ),
    AnswerReason.REFUSES: ReasonLaw("Refuses to pay", "The ladder goes on.", None),
    AnswerReason.STOP: ReasonLaw(
        "Wants no more messages this way", "Go on by another channel, or by notices the law demands.",
        HoldKind.OPT_OUT, reach=Reach.CUSTOMER,
    ),
}  # fmt: skip
