"""Where an agreement about money stands: decided from what was agreed and what came, by value date, and from nothing else."""

from datetime import date
from enum import StrEnum

from policies.bank_position import BankPosition
from policies.case import Calendar, Hold
from policies.known_word import known_word
from policies.ladder import Ladder
from policies.promise import DayAgreed, Word, days_agreed


class PlanState(StrEnum):
    """What became of a plan or a settlement so far."""

    AWAITING_FIRST = "awaiting_first"  # it takes effect with its first payment; nothing leaves meanwhile
    ON_TRACK = "on_track"
    LATE = "late"  # an instalment's day has passed, the days it may come late have not
    KEPT = "kept"  # everything agreed has come in time
    LAPSED = "lapsed"  # not in time: the full sum is due, and the ladder goes on where it was


def plan_state(
    hold: Hold, ladder: Ladder, calendar: Calendar, today: date, bank: BankPosition | None = None
) -> PlanState:
    """The state on the debtor's day `today` of an agreement whose instalments are known.

    The same facts give the same state in whatever order they came: money that becomes known late but came in time mends
    what had lapsed, and money that went back is missed again.
    """
    word = known_word(hold, 0, ladder, calendar, today, bank)
    if word is not None:
        return PlanState.KEPT if word is Word.KEPT else PlanState.LAPSED
    days = list(days_agreed(hold, 0, ladder, calendar))
    waited = next(one for one in days if one.came < one.needed)
    if hold.agreement is not None and hold.agreement.first_payment and waited is days[0]:
        return PlanState.AWAITING_FIRST
    return PlanState.LATE if today > waited.on else PlanState.ON_TRACK


def next_day(hold: Hold, ladder: Ladder, calendar: Calendar) -> DayAgreed | None:
    """The first day agreed whose money has not all come; None: all has."""
    return next((one for one in days_agreed(hold, 0, ladder, calendar) if one.came < one.needed), None)


def missing_on(hold: Hold, on: date, ladder: Ladder, calendar: Calendar) -> int:
    """What is still to come by the day `on` of an agreement, in minor units; nothing where the money is there already."""
    day = next((one for one in days_agreed(hold, 0, ladder, calendar) if one.on == on), None)
    return 0 if day is None else max(day.needed - sum(one.amount for one in hold.receipts), 0)
