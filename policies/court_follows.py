"""What follows from an event of a court file: its state, the deadlines that begin, and the act that keeps the claim alive."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from policies.court_days import last_day
from policies.court_event import EVENT_WORDS, CourtEvent
from policies.court_life import LAWS, TITLED, CourtState
from policies.court_told import Begins, CourtFile, Told
from policies.court_turns import ORDERED, why_not, why_untimely
from policies.deadline import DEADLINE_LAWS, DeadlineKind
from policies.law.limitation_rules import Interruption
from policies.law.rules import KindLaw
from policies.months import months_after
from policies.problems import Problem

SOURCE = "form"
_FALLEN = frozenset({CourtEvent.WITHDRAWN, CourtEvent.LAPSED, CourtEvent.REJECTED})


@dataclass(frozen=True, slots=True)
class CourtFollows:
    """What an event changes."""

    state: CourtState
    begins: tuple[Begins, ...]
    meets: frozenset[DeadlineKind]
    drops: frozenset[DeadlineKind]
    act: Interruption | None
    """What limitation counts it as; None: nothing."""
    corrects: bool = False
    """It takes the place of the latest event, which was the same: the act that one was counted as counts no longer."""
    undoes: bool = False
    """No act of the file counts any longer."""


def follows(
    file: CourtFile, told: Told, law: KindLaw | None, today: date, holidays: Collection[date] = ()
) -> CourtFollows | list[Problem]:
    """What follows from the event, or everything that is wrong with it."""
    rule = LAWS[told.event]
    begins = _begin(file, told, law, holidays)
    if problems := _problems(file, told, law, today, begins):
        return problems
    return CourtFollows(
        rule.leads or file.state, begins, rule.meets, _drops(file, told, begins), _act(file, told, law),
        file.is_corrected(told.event), _undoes(file, told, law),
    )  # fmt: skip


def _drops(file: CourtFile, told: Told, begins: Sequence[Begins]) -> frozenset[DeadlineKind]:
    """What no longer matters; a title lives on where enforcing it ends without payment."""
    lives = file.state in TITLED and LAWS[told.event].leads is not CourtState.PAID
    kept = {one.kind for one in begins} | ({DeadlineKind.TITLE_LIFE} if lives else set())
    return LAWS[told.event].drops - kept


def _begin(file: CourtFile, told: Told, law: KindLaw | None, holidays: Collection[date]) -> tuple[Begins, ...]:
    """The periods of the law; the day a person entered takes the place of the one it is about."""
    rule, event = LAWS[told.event], CourtEvent.ORDER_MADE if told.event in ORDERED else told.event
    made = told.on if told.event in ORDERED else file.order_made
    begun = [
        Begins(one.kind, last_day(one, told.on, holidays), one.where.source, one.what)
        for one in (law.periods if law else ())
        if one.is_for(file.route.id, event, made)
    ]
    if told.event is CourtEvent.TITLE and law is not None and law.limitation is not None and law.limitation.title_years:
        ends = months_after(told.on, 12 * law.limitation.title_years)
        begun.append(Begins(DeadlineKind.TITLE_LIFE, ends, law.limitation.where.source))
    if told.last_day is None or rule.asks_day is None:
        return tuple(begun)
    said = Begins(rule.asks_day, told.last_day, told.article.strip() or f"as entered with “{EVENT_WORDS[told.event]}”")
    return (*(one for one in begun if one.kind is not rule.asks_day), said)


def _problems(file: CourtFile, told: Told, law: KindLaw | None, today: date, begins: Sequence[Begins]) -> list[Problem]:
    rule, problems = LAWS[told.event], []
    if refusal := why_not(file.state, told.event, file.route.at_court.sheet, again=file.is_corrected(told.event)):
        return [Problem(SOURCE, None, "event", refusal)]
    if untimely := why_untimely(file, told, law):
        problems.append(Problem(SOURCE, None, "date", untimely))
    if told.on > today:
        problems.append(Problem(SOURCE, None, "date", "The day is still to come: record it when it has happened."))
    earliest = file.known_before(told.event)
    if told.on < earliest:
        problems.append(Problem(SOURCE, None, "date", f"The day is before {earliest}, the day of what is known last."))
    if told.last_day is not None and rule.asks_day is None:
        problems.append(Problem(SOURCE, None, "last_day", "No last day belongs to this event: leave it empty."))
    if told.last_day is not None and told.last_day < told.on:
        problems.append(Problem(SOURCE, None, "last_day", "The last day is before the event itself."))
    if rule.asks_day is not None and rule.must and not any(one.kind is rule.asks_day for one in begins):
        asked = f"Write the last day for {DEADLINE_LAWS[rule.asks_day].what} as YYYY-MM-DD."
        problems.append(Problem(SOURCE, None, "last_day", asked))
    return problems


def _act(file: CourtFile, told: Told, law: KindLaw | None) -> Interruption | None:
    """A title has a life of its own; the route's own act stops or renews the claim's, where its law counts it."""
    rule = None if law is None else law.limitation
    if rule is None:
        return None
    counted = rule.renews | rule.stops
    if told.event is CourtEvent.TITLE:
        return Interruption.COURT_TITLE if Interruption.COURT_TITLE in counted else None
    if told.event is file.route.at_court.interrupts and Interruption.COURT_ACT in counted:
        return Interruption.COURT_ACT
    return None


def _undoes(file: CourtFile, told: Told, law: KindLaw | None) -> bool:
    """A suit that is dropped, has lapsed or is dismissed gives the claim no life, where its law says so; a title does."""
    rule = None if law is None else law.limitation
    return rule is not None and rule.falls_with_suit and told.event in _FALLEN and file.state not in TITLED
