"""What follows from what a customer says, in a reply or on the telephone."""

from dataclasses import dataclass

from policies.answer_reasons import AnswerReason, Reach
from policies.hold_consequences import SetHold


@dataclass(frozen=True, slots=True)
class ReplyAnswered:
    """A person has read the replies shown: they hold nothing any more, and this is done about them."""

    reason: AnswerReason | None
    """Why it is not paid; None: the replies give no reason."""
    hold: SetHold | None
    """What holds from now on; None: collecting goes on."""
    reach: Reach
    invoices: str = ""
    """Invoice numbers as they were written; empty: those the replies are about."""
    email: str = ""
    """A better address for the customer's accounts; empty: none was given."""
    words: str = ""


@dataclass(frozen=True, slots=True)
class GaveReason:
    """On the telephone the customer said why it is not paid: counted with the reasons of replies."""

    reason: AnswerReason
    words: str = ""
