"""A message with what proves that it left and arrived, as a file handed over carries it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Posted:
    """What the post did with a letter; `outcome` is a code of `policies.letter_outcome`, empty while nothing is known."""

    posted_on: date | None
    tracking: str
    registered: bool
    outcome: str
    outcome_on: date | None


@dataclass(frozen=True, slots=True)
class Proven:
    """A message with its exact bytes, and what proves that it left and arrived. `direction`: `out`, or `in` for a reply."""

    id: int
    direction: str
    invoices: tuple[str, ...]
    about: str
    """Its stage, or its kind beside the ladder; of a reply `reply`."""
    channel: str
    state: str
    route: str
    sender: str
    recipient: str
    subject: str
    written_at: datetime
    left_at: datetime | None
    sha256: str
    answer: str
    provider_id: str
    message_id: str
    """The key its Message-ID is made of; of a reply what its sender called it."""
    reports: tuple[str, ...]
    """Each report in codes: when, what, and the words of the other side."""
    raw: bytes
    letter: Posted | None = None
    """Of a letter: what the post did with it."""
