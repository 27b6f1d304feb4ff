"""How a customer pays, in one word with its reason: prompt, usual slow, worsening or new.

The questions stand in this order, and the first that is answered with yes decides. A consumer? Not scored. Too few
items? New. Later than it used to be, or breaking its word more often? Worsening. On time? Prompt. Else: slow as usual.

Paying an item earlier never raises a figure; and where the item fell due in the last six months it never makes the word
worse. (Of older items it may: who paid well then and late now has become worse, whatever the average says.)
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from policies.behaviour.figures import Figures, figures
from policies.behaviour.figures_words import sentence
from policies.behaviour.history import History
from policies.behaviour.scale import USUAL, Scale
from policies.facts import DebtorKind
from policies.payer import Payer

NOT_SCORED = "Consumers are never scored (CNIL deliberation 2021-130)."


@dataclass(frozen=True, slots=True)
class Assessed:
    """The word, why in words and figures, and the figures themselves. No word: the customer is not scored."""

    payer: Payer | None
    because: str
    figures: Figures | None = None

    @property
    def is_first_lateness(self) -> bool:
        """Whether what is late now is the first in twelve months, of a customer about whom enough is known."""
        known = self.payer not in (None, Payer.NEW)
        return known and self.figures is not None and self.figures.first_lateness is not None

    def is_first_for(self, due: date) -> bool:
        """Whether the item due on `due` is, or within the days of tolerance would be, the first late one in twelve months."""
        if self.figures is None or self.payer in (None, Payer.NEW):
            return False
        return not self.figures.late or self.figures.first_lateness == due


def assess(kind: DebtorKind, history: History, as_of: date, scale: Scale = USUAL) -> Assessed:
    """How the customer pays, on the day `as_of`, by what fell due in the twelve months before it."""
    if kind is DebtorKind.CONSUMER:
        return Assessed(None, NOT_SCORED)
    found = figures(history, as_of, scale)
    payer = _word(found, scale)
    return Assessed(payer, sentence(payer, found, scale), found)


def _word(found: Figures, scale: Scale) -> Payer:
    if found.known < scale.least_items:
        return Payer.NEW
    if _is_later(found, scale) or _breaks_its_word(found, scale):
        return Payer.WORSENING
    return Payer.PROMPT if _is_prompt(found, scale) else Payer.USUAL_SLOW


def _is_later(found: Figures, scale: Scale) -> bool:
    enough = min(found.recent.items, found.before.items) >= scale.least_in_half
    return (
        enough
        and found.recent.late >= scale.least_late
        and found.recent.days_late - found.before.days_late >= scale.worse_by
    )


def _breaks_its_word(found: Figures, scale: Scale) -> bool:
    return found.recent.broken >= scale.broken_promises and found.recent.broken > found.before.broken


def _is_prompt(found: Figures, scale: Scale) -> bool:
    few = found.share_late <= Fraction(scale.prompt_share, 100)
    return found.days_late <= scale.prompt_days and few and not found.broken and not found.from_before
