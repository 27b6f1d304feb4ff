"""Whom to call first: what a call is worth, with why it stands where it does.

Worth is the amount that a call may bring in: the open amount, by how likely this customer is to pay on a call, more where
it cannot wait. Amounts of several currencies stand beside each other unconverted, as in the inbox.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from policies.payer import Payer

LIKELY: Mapping[Payer | None, int] = {
    Payer.PROMPT: 900, Payer.USUAL_SLOW: 700, Payer.NEW: 600, Payer.WORSENING: 500, None: 600,
}  # fmt: skip
"""In a thousand: how likely a call brings money, by how the customer pays. None: it is not scored (consumers never are)."""
AGES: tuple[tuple[int, int], ...] = ((30, 1000), (60, 900), (90, 800), (180, 600))
"""Days late up to which so many in a thousand of that remain; later `OLDER`."""
OLDER = 400
BROKEN_WORD, UNANSWERED = 850, 900
"""In a thousand: what remains after a promise that was broken, and after a call that reached nobody; three of each count."""
COUNTED = 3
PRESSING = 1500
"""In a thousand: what cannot wait weighs half as much again."""
DIES_SOON = 90
"""Days before a claim can no longer be brought to court from which it cannot wait."""


class Turn(IntEnum):
    """What comes first whatever it is worth."""

    AGREED = 0  # the customer asked to be called at a time that has come
    NOW = 1
    LATER = 2  # nobody may call now: hours, holidays, caps, or a time agreed that is still to come


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of a call to be made. `amount` in minor units; `dies_in`: days until the claim is dead, if known."""

    amount: int
    days_late: int
    payer: Payer | None = None
    broken: int = 0
    """Promises and plans the customer has broken, ever."""
    broke_since: bool = False
    """One of them since it was spoken to last."""
    unanswered: int = 0
    """Calls about this step that reached nobody."""
    dies_in: int | None = None
    agreed: bool = False
    """The customer asked for a time, and it has come."""
    may_now: bool = True


@dataclass(frozen=True, slots=True)
class Why:
    """One reason for its place: a sentence with places for what it says."""

    sentence: str
    facts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.sentence.format(*self.facts)


def worth(facts: CallFacts) -> int:
    """What the call is worth, in minor units. More open, paid better or more pressing is never worth less."""
    left = next((share for days, share in AGES if facts.days_late <= days), OLDER)
    value = max(facts.amount, 0) * LIKELY[facts.payer] // 1000 * left // 1000
    for times, share in ((facts.broken, BROKEN_WORD), (facts.unanswered, UNANSWERED)):
        value = value * share ** min(times, COUNTED) // 1000 ** min(times, COUNTED)
    return value * PRESSING // 1000 if _presses(facts) else value


def _presses(facts: CallFacts) -> bool:
    return facts.broke_since or (facts.dies_in is not None and facts.dies_in <= DIES_SOON)


def turn(facts: CallFacts) -> Turn:
    """Whether its time has come."""
    if not facts.may_now:
        return Turn.LATER
    return Turn.AGREED if facts.agreed else Turn.NOW


def place(facts: CallFacts) -> tuple[int, int, int]:
    """What a list is sorted by, the first call first."""
    return turn(facts), -worth(facts), -facts.days_late


PAYS: Mapping[Payer, str] = {
    Payer.PROMPT: "It pays promptly otherwise.",
    Payer.USUAL_SLOW: "It always pays late, and pays.",
    Payer.WORSENING: "It pays worse than it used to.",
    Payer.NEW: "Little is known of how it pays.",
}


def why(facts: CallFacts) -> tuple[Why, ...]:
    """Why it stands where it does, what weighs most first."""
    days = str(facts.days_late)
    told = (
        (facts.agreed, Why("A call at this time was agreed.")),
        (facts.broke_since, Why("A promise was broken since the last talk.")),
        (facts.dies_in is not None and facts.dies_in <= DIES_SOON, Why("The claim dies in {} days.", (str(facts.dies_in),))),
        (facts.days_late == 1, Why("1 day late.")),
        (facts.days_late > 1, Why("{} days late.", (days,))),
        (facts.payer is not None, Why(PAYS.get(facts.payer or Payer.NEW, ""))),
        (facts.broken == 1, Why("It has broken 1 promise.")),
        (facts.broken > 1, Why("It has broken {} promises.", (str(facts.broken),))),
        (facts.unanswered == 1, Why("1 call reached nobody.")),
        (facts.unanswered > 1, Why("{} calls reached nobody.", (str(facts.unanswered),))),
    )  # fmt: skip
    return tuple(one for is_so, one in told if is_so)
