"""What became of a letter, and from which day the delay it gives the debtor runs.

The letter gives so many days *from its receipt*. What counts as receipt where nobody took it is a question of the law; what
was not read in a source is not guessed: then no day is counted, and the sentence says that it is reserved.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Outcome(StrEnum):
    """What the post tells about a letter."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    NOT_COLLECTED = "not_collected"
    UNKNOWN = "unknown_at_address"


OUTCOME_WORDS = {
    Outcome.DELIVERED: "delivered",
    Outcome.REFUSED: "refused by the recipient",
    Outcome.NOT_COLLECTED: "not collected at the post office",
    Outcome.UNKNOWN: "unknown at this address",
}


@dataclass(frozen=True, slots=True)
class Running:
    """From which day the letter's delay runs; None: none is counted. `why` in a sentence, with its source."""

    since: date | None
    why: str

    def until(self, days: int | None) -> date | None:
        """The last of `days` days, the first being the day after it was received; None: no delay runs."""
        return None if self.since is None or days is None else self.since + timedelta(days=days)


STANDS_UNCOLLECTED = {
    "FR": "Cass. 1re civ., 20 Jan 2021, no. 19-20.680: a registered letter refused or not collected is a formal notice all the same",
}
"""Laws under which a registered letter counts although nobody took it, with the source. It says nothing of the day."""


def running(law: str, outcome: Outcome, on: date, *, registered: bool) -> Running:
    """From which day the delay of a letter runs whose `outcome` is of the day `on`.

    Refused or not collected: from the day the post tells, the latest there is, which gives the debtor the longer delay: no
    source read says that it runs from an earlier one.
    """
    day = on.isoformat()
    if outcome is Outcome.DELIVERED:
        return Running(on, f"It was received on {day}: the letter gives its days from receipt.")
    if outcome is Outcome.UNKNOWN:
        return Running(None, "It reached nobody: it is no notice. Check the register for another address.")
    if not registered:
        return Running(None, "A letter that was not registered proves nothing when it comes back: no delay is counted.")
    source = STANDS_UNCOLLECTED.get(law)
    if source is None:
        whose = f"the law {law}" if law else "the law of this debtor"
        return Running(None, f"Whether it counts under {whose} was not found: no delay is counted, ask a lawyer.")
    return Running(
        on, f"{source}. From which day was not found: counted from {day}, the latest, in the debtor's favour."
    )
