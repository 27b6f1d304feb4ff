"""The stages of collection, from the gentlest to the hardest, and the channels a step may use."""

from enum import StrEnum


class Stage(StrEnum):
    """One rung of any ladder; members are listed from the gentlest to the hardest."""

    UPCOMING = "upcoming"
    COURTESY_REMINDER = "courtesy_reminder"
    SECOND_REMINDER = "second_reminder"
    FORMAL_NOTICE = "formal_notice"
    FOLLOW_UP_CALL = "follow_up_call"
    MEDIATION = "mediation"
    AGENCY = "agency"
    LEGAL = "legal"


class Channel(StrEnum):
    """How a step reaches the other side; `handover` is an agency, court or mediation file."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"
    CALL = "call"
    HANDOVER = "handover"


HARDNESS: dict[Stage, int] = {stage: rank for rank, stage in enumerate(Stage)}

REMINDERS: frozenset[Stage] = frozenset({Stage.UPCOMING, Stage.COURTESY_REMINDER, Stage.SECOND_REMINDER})
"""Stages whose message may carry every item of the customer; harder ones demand only their own (design 4.11)."""


def harder(one: Stage, other: Stage) -> bool:
    """Whether `one` is a harder stage than `other`."""
    return HARDNESS[one] > HARDNESS[other]
