"""How proceedings end, and what follows for what is older than the judgment."""

from collections.abc import Mapping
from enum import StrEnum


class Closing(StrEnum):
    """What the court decided in the end."""

    PLAN = "plan"  # a plan of sauvegarde or redressement, by which older claims are paid
    PAID = "paid"  # closed because every creditor was paid
    INSUFFICIENT = "insufficient"  # closed for insufficiency of assets
    REVERSED = "reversed"  # the judgment was set aside: it never was


WORDS: Mapping[Closing, str] = {
    Closing.PLAN: "a plan was adopted",
    Closing.PAID: "closed, the creditors are paid",
    Closing.INSUFFICIENT: "closed for insufficiency of assets",
    Closing.REVERSED: "the judgment was set aside",
}
GOES_ON_AS_BEFORE: frozenset[str] = frozenset({Closing.REVERSED.value})
"""After these nothing is left of the judgment: collecting goes on, and interest runs as if it had never been."""
