"""A message that came in, before and after it was kept."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from policies.incoming import Failure, Incoming
from storage.incoming_matching import Whose

LONGEST_REF = 500
"""Letters of a Message-ID that can be told apart by; a longer one is no Message-ID (RFC 5322: a line of 998)."""
LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class Received:
    """A message as it was read. `channel`: `email` or `sms`."""

    what: Incoming
    channel: str
    provider_ref: str
    """What tells it apart for good: its Message-ID, or the provider's number; empty: its bytes do."""
    recipient: str
    raw: bytes
    received_at: datetime

    @property
    def sha256(self) -> str:
        """The fingerprint of its bytes."""
        return hashlib.sha256(self.raw).hexdigest()

    @property
    def reference(self) -> str:
        """What it is kept under."""
        said = storable(self.provider_ref, LONGEST_REF + 1)
        return said if 0 < len(said) <= LONGEST_REF else f"sha256:{self.sha256}"

    @property
    def is_marked_ours(self) -> bool:
        """Whether its own head says that Relance wrote it."""
        head = self.raw[:20_000].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        return b"\nX-Relance-Channel:" in head


@dataclass(frozen=True, slots=True)
class Kept:
    """A message that has its row, and whose it is."""

    id: int
    received: Received
    whose: Whose

    @property
    def origin(self) -> str:
        """What holds placed because of it name as their origin."""
        return origin_of(self.id)


def origin_of(incoming: int) -> str:
    """What holds placed because of a kept message name as their origin."""
    return f"incoming:{incoming}"


def storable(text: str, most: int = 1000) -> str:
    """The text as a database can hold it: no NUL, no half characters, not endless."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()[:most]


def storable_all(what: Incoming) -> Incoming:
    """The same of everything a message says."""
    return replace(
        what,
        reason=storable(what.reason),
        message_id=storable(what.message_id),
        sender=storable(what.sender, 320),
        subject=storable(what.subject),
        text=storable(what.text, LONGEST_TEXT),
        failures=tuple(
            Failure(storable(one.address, 320), one.hard, storable(one.status, 40), storable(one.diagnostic))
            for one in what.failures
        ),
        answers=tuple(storable(one) for one in what.answers),
        references=tuple(storable(one) for one in what.references),
    )
