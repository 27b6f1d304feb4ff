"""What an incoming e-mail is: a value with its reason. What is unsure is a reply, and a reply holds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class IncomingKind(StrEnum):
    """What came back."""

    HARD_BOUNCE = "hard_bounce"  # the address is dead: nobody will ever read it
    SOFT_BOUNCE = "soft_bounce"  # this message was not delivered; the address may live
    DELAYED = "delayed"  # the server still tries
    AUTO_REPLY = "auto_reply"
    COMPLAINT = "complaint"  # the reader called the message spam (RFC 5965)
    OPT_OUT = "opt_out"
    DELIVERED = "delivered"  # a server confirms delivery (RFC 3464)
    READ = "read"  # the reader's program confirms it was shown (RFC 8098)
    REPLY = "reply"


@dataclass(frozen=True, slots=True)
class Failure:
    """One address a message did not reach."""

    address: str
    """Empty when the report does not name it."""
    hard: bool
    status: str
    """Enhanced status code (RFC 3463), `5.1.1`; empty when none is given."""
    diagnostic: str
    """What the server said, on one line."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """An e-mail that came in, as it was understood."""

    kind: IncomingKind
    reason: str
    """Why it was understood so: a sentence."""
    message_id: str
    sender: str
    """Bare address of the sender, lower case; empty when there is none."""
    subject: str
    text: str
    """What its author wrote: without the quoted part and the signature."""
    failures: tuple[Failure, ...] = ()
    returns: date | None = None
    """The day an absent person names as that of return."""
    answers: tuple[str, ...] = ()
    """Message-IDs it answers or reports about, the nearest first."""
    references: tuple[str, ...] = ()
    """Words of the subject that may be the number of an invoice or a case: a weaker clue."""
