"""What a person says of a message that may or may not have left."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EffectArrived:
    """The message that may have left did arrive: ambiguous becomes confirmed."""

    reason: str


@dataclass(frozen=True, slots=True)
class EffectRefused:
    """It did not arrive: ambiguous becomes refused for now, so that it is sent once more."""

    reason: str
