"""What a mailbox hands out, whatever kind it is: what is new, each message, and that it has been read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

MOST_BYTES = 5_000_000
"""Bytes of a message that are kept; what is longer stays whole in the mailbox."""
MOST_AT_ONCE = 200
"""Messages read in one round; the others are read in the next."""
READ = ("Relance", "read")
"""The folder, level by level, into which a message goes once it is kept."""


class MailboxTrouble(Exception):  # a sentence for a person, not a fault of the program
    """The mailbox cannot be used now, in a sentence without any secret."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it lies in the mailbox."""

    raw: bytes
    received: datetime | None
    """When the mailbox received it (aware UTC); None: it does not say."""


class OpenMailbox(Protocol):
    """A mailbox in use. Every call waits for a server or a disk, and may raise `MailboxTrouble`."""

    def new(self) -> Sequence[str]:
        """What is new: the marks of its messages, oldest first."""

    def letter(self, mark: str) -> Letter | None:
        """The message; None: somebody has taken it away."""

    def done(self, mark: str) -> None:
        """The message is kept: it goes to the folder of those that were read."""

    def close(self) -> None:
        """Leave, whatever happened."""
