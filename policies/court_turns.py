"""Whether an event of a court file may be recorded now: what it may follow, and on which days it is too early or too late."""

from policies.court_event import EVENT_WORDS, CourtEvent
from policies.court_life import ENDED, LAWS, STATE_WORDS, CourtState
from policies.court_told import CourtFile, Told
from policies.deadline import DeadlineKind
from policies.law.rules import KindLaw

E = CourtEvent
K = DeadlineKind
FOR_SMALL_CLAIMS = frozenset({E.LETTER_SENT, E.AGREED, E.REFUSED})
"""Events before an officer, not a court."""
ORDERED = frozenset({E.ORDER_MADE, E.ORDER_IN_PART})
_UNOPPOSED = frozenset({E.NO_OPPOSITION, E.ENFORCEMENT_ASKED})
"""What wants that the debtor can oppose no more."""
SAID_AT_DEADLINES = {K.ORDER_SERVICE: E.SERVED, K.ORDER_ENFORCEABLE: E.NO_OPPOSITION}
"""The event a person tells of who says of the deadline that it was done."""
SAID_AS_EVENTS = {
    K.OPPOSITION: (E.OPPOSITION, E.NO_OPPOSITION),
    K.SMALL_CLAIM_ANSWER: (E.AGREED, E.REFUSED),
    K.ENFORCEMENT_OUTCOME: (E.PAID, E.PART_PAID, E.FRUITLESS),
}
"""Deadlines of which *done* does not say what happened: one of these events does, and ends the deadline."""


def why_not(state: CourtState, event: CourtEvent, sheet: str, *, again: bool = False) -> str:
    """The sentence that refuses an event for a file that stands so; empty: it may be recorded.

    `again`: it is the latest event, told once more because its day or what belongs to it was wrong.
    """
    if state in ENDED:
        return f"The file is over: {STATE_WORDS[state]}. Nothing more is recorded about it."
    if event in FOR_SMALL_CLAIMS and sheet != "small_claims":
        return f"“{EVENT_WORDS[event]}” belongs to small claims before an officer; this file takes another way."
    if again or state in LAWS[event].after:
        return ""
    told = ", ".join(
        one.value
        for one, law in LAWS.items()
        if state in law.after and (sheet == "small_claims" or one not in FOR_SMALL_CLAIMS)
    )
    return f"“{EVENT_WORDS[event]}” cannot follow “{STATE_WORDS[state]}”. What can: {told}."


def why_untimely(file: CourtFile, told: Told, law: KindLaw | None) -> str:
    """The sentence that refuses an event on its day; empty: the day fits the periods that run."""
    opposed_until, served_until = file.until.get(K.OPPOSITION), file.until.get(K.ORDER_SERVICE)
    if told.event in _UNOPPOSED and opposed_until is not None and told.on <= opposed_until:
        return f"The debtor can oppose until {opposed_until}: record it from the day after on."
    if told.event is not E.SERVED:
        return ""
    if served_until is not None and told.on > served_until:
        return f"The order was to be served until {served_until}: record that the procedure lapsed (lapsed)."
    if file.order_made is None and _asks_order(file, law):
        return "Record first when the order was made (order-made): its day decides which periods begin."
    return ""


def _asks_order(file: CourtFile, law: KindLaw | None) -> bool:
    """Whether a period that begins with service depends on the day of the order."""
    periods = law.periods if law else ()
    return any(one.by_order and (one.route, one.after) == (file.route.id, E.SERVED) for one in periods)


def why_not_done(kind: DeadlineKind, file: int) -> str:
    """Why *done* is no answer to a deadline of `SAID_AS_EVENTS` of court file `file`."""
    events = ", ".join(one.value.replace("_", "-") for one in SAID_AS_EVENTS[kind])
    return (
        f"What happened is an event of the file: ./relance court event {file} with one of {events}, or *Event of a court file*;"
        " the last day ends with it."
    )
