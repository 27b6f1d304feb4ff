"""The life of a file before a court: which events may follow which, and what each does to its deadlines.

A file is born when it is handed over. It ends paid, fruitless, rejected, declined, refused, lapsed or withdrawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from policies.court_event import CourtEvent
from policies.deadline import DeadlineKind

E = CourtEvent
K = DeadlineKind


class CourtState(StrEnum):
    """Where a file stands."""

    HANDED_OVER = "handed_over"
    FILED = "filed"
    LETTER = "letter"
    ORDER = "order"
    SERVED = "served"
    OPPOSED = "opposed"
    UNOPPOSED = "unopposed"
    JUDGED = "judged"
    TITLE = "title"
    ENFORCING = "enforcing"
    PAID = "paid"
    FRUITLESS = "fruitless"
    REJECTED = "rejected"
    DECLINED = "declined"
    REFUSED = "refused"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


S = CourtState
ENDED = frozenset({S.PAID, S.FRUITLESS, S.REJECTED, S.DECLINED, S.REFUSED, S.LAPSED, S.WITHDRAWN})
"""The procedure is over."""
LOST = frozenset({S.REJECTED, S.REFUSED})
"""The same way is not proposed again for the same debt."""
TITLED = frozenset({S.TITLE, S.ENFORCING})
"""There is a title: it outlives every end but payment."""
STATE_WORDS = {
    S.HANDED_OVER: "handed over", S.FILED: "filed", S.LETTER: "the officer has written", S.ORDER: "order made",
    S.SERVED: "order served", S.OPPOSED: "opposed: before the court", S.UNOPPOSED: "not opposed", S.JUDGED: "judged",
    S.TITLE: "title obtained", S.ENFORCING: "with the bailiff", S.PAID: "paid", S.FRUITLESS: "enforcement fruitless",
    S.REJECTED: "rejected", S.DECLINED: "order for a part, not served", S.REFUSED: "refused by the debtor",
    S.LAPSED: "procedure lapsed", S.WITHDRAWN: "withdrawn",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventLaw:
    """What an event may follow, where it leads, which deadlines it meets and which no longer matter after it."""

    after: frozenset[CourtState]
    leads: CourtState | None
    """None: the file stands where it stood."""
    meets: frozenset[DeadlineKind] = frozenset()
    drops: frozenset[DeadlineKind] = frozenset()
    asks_day: DeadlineKind | None = None
    """The deadline whose last day the person enters, where the law files have none."""
    must: bool = False
    """The day must be entered."""


_BEGUN = frozenset({S.HANDED_OVER, S.FILED})
_UNDER_WAY = frozenset(CourtState) - ENDED
_UNTITLED = _UNDER_WAY - TITLED
_WAITS = frozenset({K.ORDER_SERVICE, K.OPPOSITION, K.ORDER_ENFORCEABLE, K.SMALL_CLAIM_ANSWER, K.COURT_STEP})
_ALL = frozenset(K)
LAWS: Mapping[CourtEvent, EventLaw] = {
    E.FILED: EventLaw(frozenset({S.HANDED_OVER}), S.FILED, asks_day=K.COURT_STEP),
    E.LETTER_SENT: EventLaw(_BEGUN, S.LETTER, frozenset({K.COURT_STEP}), asks_day=K.SMALL_CLAIM_ANSWER),
    E.ORDER_MADE: EventLaw(_BEGUN, S.ORDER, frozenset({K.COURT_STEP}), asks_day=K.ORDER_SERVICE),
    E.ORDER_IN_PART: EventLaw(_BEGUN, S.ORDER, frozenset({K.COURT_STEP}), asks_day=K.ORDER_SERVICE),
    E.DECLINED: EventLaw(frozenset({S.ORDER}), S.DECLINED, drops=_ALL),
    E.SERVED: EventLaw(
        _BEGUN | {S.ORDER}, S.SERVED, frozenset({K.ORDER_SERVICE}), frozenset({K.COURT_STEP}), K.OPPOSITION
    ),
    E.OPPOSITION: EventLaw(
        frozenset({S.SERVED, S.UNOPPOSED}) | TITLED, S.OPPOSED, drops=_WAITS | {K.ENFORCEMENT_OUTCOME}, asks_day=K.COURT_STEP
    ),
    E.NO_OPPOSITION: EventLaw(frozenset({S.SERVED}), S.UNOPPOSED, frozenset({K.OPPOSITION, K.ORDER_ENFORCEABLE})),
    E.ENFORCEMENT_ASKED: EventLaw(
        frozenset({S.SERVED, S.UNOPPOSED}), None, frozenset({K.COURT_STEP, K.OPPOSITION, K.ORDER_ENFORCEABLE})
    ),
    E.HEARING: EventLaw(_UNTITLED, None, frozenset({K.COURT_STEP}), asks_day=K.COURT_STEP, must=True),
    E.JUDGMENT: EventLaw(_UNTITLED, S.JUDGED, frozenset({K.COURT_STEP}), _WAITS, K.COURT_STEP),
    E.AGREED: EventLaw(frozenset({S.FILED, S.LETTER}), S.JUDGED, frozenset({K.SMALL_CLAIM_ANSWER}), asks_day=K.COURT_STEP),
    E.REFUSED: EventLaw(frozenset({S.FILED, S.LETTER}), S.REFUSED, frozenset({K.SMALL_CLAIM_ANSWER}), _ALL),
    E.TITLE: EventLaw(
        _UNTITLED, S.TITLE, frozenset({K.OPPOSITION, K.ORDER_ENFORCEABLE, K.COURT_STEP}), _WAITS, K.TITLE_LIFE
    ),
    E.TO_BAILIFF: EventLaw(TITLED, S.ENFORCING, asks_day=K.ENFORCEMENT_OUTCOME, must=True),
    E.PART_PAID: EventLaw(TITLED, None, frozenset({K.ENFORCEMENT_OUTCOME}), asks_day=K.ENFORCEMENT_OUTCOME, must=True),
    E.PAID: EventLaw(_UNDER_WAY, S.PAID, frozenset({K.ENFORCEMENT_OUTCOME}), _ALL),
    E.FRUITLESS: EventLaw(TITLED, S.FRUITLESS, frozenset({K.ENFORCEMENT_OUTCOME}), _ALL),
    E.REJECTED: EventLaw(_UNTITLED, S.REJECTED, drops=_ALL),
    E.LAPSED: EventLaw(_UNTITLED, S.LAPSED, drops=_ALL),
    E.WITHDRAWN: EventLaw(_UNDER_WAY, S.WITHDRAWN, drops=_ALL),
}  # fmt: skip
