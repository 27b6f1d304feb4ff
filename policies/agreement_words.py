"""How an agreement ended."""

from enum import StrEnum


class EndedHow(StrEnum):
    """What became of an agreement that is over."""

    KEPT = "kept"
    LAPSED = "lapsed"  # not kept in time: the full sum is due
    CANCELLED = "cancelled"  # by a person
    REFUSED = "refused"  # proposed, and a person said no
