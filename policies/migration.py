"""What becomes of a live case when its policy is replaced: it stays, is re-anchored, or begins anew (design 4.9).

Nothing gentler than what was reached ever leaves, unless a person says that the case begins anew; nothing leaves in a
burst: the new policy counts its days from what was last done.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from policies.calendar_days import days_after
from policies.case import Case, DoneHow, StepDone
from policies.entry import steps_of
from policies.ladder import Ladder, Step
from policies.look import steps_done
from policies.stages import HARDNESS, Stage
from policies.step import CountedFrom
from policies.step_time import last_contact


class Move(StrEnum):
    """What a plan does with one case."""

    STAY = "stay"  # the case keeps its policy to its end
    RE_ANCHOR = "re_anchor"  # it goes on in the new policy from the stage it has reached
    RESTART = "restart"  # the new policy begins with its first step


@dataclass(frozen=True, slots=True)
class Moved:
    """A case as it stands on its new ladder."""

    case: Case
    anchor: date | None
    """The day its offsets are counted from; None: the due date."""
    behind: tuple[str, ...] = ()
    """Steps of the new ladder that are behind it without having been carried out."""


def re_anchored(case: Case, old: Ladder, new: Ladder, as_of: datetime) -> Moved:
    """The case goes on behind what it has reached, as if the new policy had brought it there on that day.

    The step of the same id, or else the last one of the stage reached, stands for it. Days are counted so that this
    step was on time and the next one keeps the distance the new policy gives; never from before the due date.
    """
    done = steps_done(case, old.steps)
    bare = replace(case, anchor=None, done=done, agreed=(), asked=frozenset())
    place = _reached(new, old, done)
    if place is None:
        return Moved(bare, None)
    behind = tuple(step.id for step in new.steps[: place + 1] if all(one.step != step.id for one in done))
    climbed = steps_of(bare, new)
    stands_for = next((step for step in reversed(new.steps[: place + 1]) if step in climbed), new.steps[place])
    same = [one.on for one in done if one.step == stands_for.id]
    on = min(same) if same else max(one.on for one in done)
    return _counted(bare, days_after(on, -_days_in(climbed, stands_for)), behind, case.calendar.day(as_of))


def _reached(new: Ladder, old: Ladder, done: tuple[StepDone, ...]) -> int | None:
    """The place in the new ladder of what the case has reached; None: nothing yet.

    A formal notice nobody sent is not behind it: what comes after rests on one.
    """
    ids = {one.step for one in done}
    same = [place for place, step in enumerate(new.steps) if step.id in ids]
    hardest = max((HARDNESS[step.stage] for step in old.steps if step.id in ids), default=-1)
    given = {one.step for one in done if one.is_contact or one.how is DoneHow.SKIPPED}
    noticed = any(step.stage is Stage.FORMAL_NOTICE and step.id in given for step in old.steps)
    notice = next((place for place, step in enumerate(new.steps) if step.stage is Stage.FORMAL_NOTICE), None)
    end = len(new.steps) if noticed or notice is None else notice
    alike = [place for place, step in enumerate(new.steps[:end]) if HARDNESS[step.stage] <= hardest]
    gentler = [place for place in alike if HARDNESS[new.steps[place].stage] < hardest]
    return max([*gentler, *same] if same else alike, default=None)


def _days_in(steps: tuple[Step, ...], step: Step) -> int:
    """How many days into the ladder the step stands."""
    place = steps.index(step) if step in steps else 0
    if step.after is CountedFrom.PREVIOUS and place:
        return step.offset + _days_in(steps, steps[place - 1])
    return step.offset


def restarted(case: Case, old: Ladder, new: Ladder, as_of: datetime) -> Moved:
    """The case begins anew: nothing of the former climb counts, but the rest since the customer last heard from us.

    An invoice that is overdue is not announced as one that will be due.
    """
    today, heard = case.calendar.day(as_of), last_contact(steps_done(case, old.steps))
    bare = replace(case, anchor=None, done=(), effects=(), agreed=(), asked=frozenset())
    if case.due >= today:
        return Moved(bare, None)
    steps = steps_of(replace(bare, anchor=today), new)
    behind = tuple(step.id for step in new.steps if step.stage is Stage.UPCOMING)
    first = next((step for step in steps if step.id not in behind), None)
    if first is None:
        return _counted(bare, case.due, behind, today)
    start = today if heard is None else max(today, days_after(heard, first.gap))
    return _counted(bare, days_after(start, -first.offset), behind, today)


def _counted(case: Case, anchor: date, behind: tuple[str, ...], today: date) -> Moved:
    kept = anchor if anchor > case.due else None
    gone = tuple(StepDone(step, today, DoneHow.PASSED_OVER) for step in behind)
    return Moved(replace(case, anchor=kept, done=(*case.done, *gone)), kept, behind)
