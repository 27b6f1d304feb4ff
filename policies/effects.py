"""What was set in motion and cannot be taken back: the life of an effect (design 4.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from policies.stages import Channel


class EffectState(StrEnum):
    """The life of an irreversible effect (design 4.3)."""

    PLANNED = "planned"  # -> reserved
    RESERVED = "reserved"  # -> handing_over | voided
    HANDING_OVER = "handing_over"  # -> confirmed | refused | ambiguous
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    AMBIGUOUS = "ambiguous"  # -> confirmed | refused
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class EffectFact:
    """The last attempt of one channel for one occurrence of a step."""

    step: str
    channel: Channel
    state: EffectState
    at: datetime
    """When it entered this state, aware UTC."""
    attempts: int = 1
    """Attempts made so far through this channel."""
    temporary: bool = False
    """Refused for now (4xx, connection lost before the end of DATA): another attempt may succeed."""
    words: str = ""
    """What the other side said."""
    occurrence: int = 1
    """The occurrence of the step it belongs to."""
    bounced: bool = False
    """It had left, and was reported undelivered afterwards, at an address that may live."""
    queued: bool = False
    """A letter in the print queue: nobody has posted it yet, and it may still be withdrawn."""
