"""What each kind of hold says to three separate questions, and how it ends (design 4.7).

May we contact the debtor, do we count the item among what is overdue, do we show it? And is interest still earned? A
kind that is not in the table holds everything: what cannot be read is held.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.facts import HoldKind


class Contacting(StrEnum):
    """What may still leave about a held item."""

    NOTHING = "nothing"
    OTHER_WAYS = "other_ways"  # whatever the channels named do not carry, and notices the law demands


class Showing(StrEnum):
    """How the item stands on a message about the customer's other items."""

    AS_ANY = "as_any"
    MARKED = "marked"  # with the word of its kind instead of *late*, and not asked for
    LEFT_OUT = "left_out"


class Ending(StrEnum):
    """How the hold ends."""

    BY_DAY = "by_day"  # after its last day, without anybody's doing
    BY_PAYMENT = "by_payment"  # by the money agreed, or by its absence on the day and the grace after it
    BY_PERSON = "by_person"  # when its owner ends it: a day that has passed is a reason to ask, not to go on


@dataclass(frozen=True, slots=True)
class HoldLaw:
    """The law of one kind of hold."""

    ending: Ending
    contacting: Contacting = Contacting.NOTHING
    counted: bool = True
    """Whether the item counts among what the customer owes overdue: thresholds and the account's position."""
    showing: Showing = Showing.AS_ANY
    earns_interest: bool = True


STRICTEST = HoldLaw(Ending.BY_PERSON, counted=False, showing=Showing.LEFT_OUT)
"""The law of a hold that cannot be read."""

HOLD_LAWS: Mapping[HoldKind, HoldLaw] = {
    # Whether it is owed at all is open: it ends by settlement or loss, which its owner tells.
    HoldKind.DISPUTE: HoldLaw(Ending.BY_PERSON, counted=False, showing=Showing.MARKED),
    HoldKind.PROMISE: HoldLaw(Ending.BY_PAYMENT, showing=Showing.MARKED),
    # What was agreed to be paid later is not overdue while the plan is kept.
    HoldKind.PLAN: HoldLaw(Ending.BY_PAYMENT, counted=False, showing=Showing.MARKED),
    # C. com. L622-21, L622-28: the judgment stops individual claims and interest.
    HoldKind.INSOLVENCY: HoldLaw(
        Ending.BY_PERSON, counted=False, showing=Showing.LEFT_OUT, earns_interest=False
    ),
    # The estate owes what the customer owed; who answers for it is known when its heirs have decided.
    HoldKind.DEATH: HoldLaw(Ending.BY_PERSON, showing=Showing.LEFT_OUT),
    # C. conso. L722-2, L722-5: enforcement is suspended, and the debtor may not pay what is older.
    HoldKind.OVER_INDEBTEDNESS: HoldLaw(Ending.BY_PERSON, counted=False, showing=Showing.LEFT_OUT),
    HoldKind.COMPLAINT: HoldLaw(Ending.BY_PERSON, showing=Showing.LEFT_OUT),
    HoldKind.OPT_OUT: HoldLaw(Ending.BY_PERSON, contacting=Contacting.OTHER_WAYS),
    HoldKind.UNREAD_REPLY: HoldLaw(Ending.BY_PERSON, showing=Showing.LEFT_OUT),
    HoldKind.IN_FLIGHT: HoldLaw(Ending.BY_DAY, counted=False, showing=Showing.MARKED),
    HoldKind.CALL_BACK: HoldLaw(Ending.BY_DAY),
    # Ended with its file alone. FR, small claims: nothing may be paid before the outcome is recorded (CPCE R125-7).
    HoldKind.COURT: HoldLaw(Ending.BY_PERSON, showing=Showing.LEFT_OUT),
    HoldKind.MANUAL: HoldLaw(Ending.BY_DAY, showing=Showing.LEFT_OUT),
}  # fmt: skip


def law_of(kind: HoldKind | str) -> HoldLaw:
    """The law of a kind of hold; of one that is not known, the strictest."""
    return next((law for known, law in HOLD_LAWS.items() if known == kind), STRICTEST)


UNCOUNTED: frozenset[HoldKind] = frozenset(kind for kind, law in HOLD_LAWS.items() if not law.counted)
"""Kinds whose items are not counted among what is overdue."""

BY_PERSON: frozenset[HoldKind] = frozenset(kind for kind, law in HOLD_LAWS.items() if law.ending is Ending.BY_PERSON)
"""Kinds that stand until a person ends them, whatever day they name."""
