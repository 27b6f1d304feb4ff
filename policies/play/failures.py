"""How messages fail to leave, and through which channels a customer can be reached."""

from dataclasses import dataclass
from enum import StrEnum

from policies.play.events import Event
from policies.stages import Channel


class Failing(StrEnum):
    """How a message fails to leave."""

    TEMPORARY = "temporary"  # the other side said *not now*
    PERMANENT = "permanent"  # the other side refused the address
    AMBIGUOUS = "ambiguous"  # the connection was lost: it may have left


@dataclass(frozen=True, slots=True, kw_only=True)
class Fails(Event):
    """The next `times` messages through `channel` fail."""

    channel: Channel
    how: Failing
    times: int = 1
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached(Event):
    """The customer can be reached through other channels from now on."""

    reach: frozenset[Channel]
