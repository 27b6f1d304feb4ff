"""What may be chosen about a write-off somebody proposes, and what follows from it."""

from dataclasses import dataclass

from policies.choice import Choice

WRITE_OFF_CHOICES: tuple[Choice, ...] = (
    Choice("write_off", "Write it off as proposed"),
    Choice("refuse", "Refuse it: go on collecting", needs=frozenset({"note"})),
)


@dataclass(frozen=True, slots=True)
class WriteOffAccepted:
    """What is proposed is written off from now on."""


@dataclass(frozen=True, slots=True)
class WriteOffRefused:
    """It goes on being collected; the reason is kept in the customer's file."""
