"""Which time of a step comes next: a step that repeats is behind us only when it has come for the last time."""

from collections.abc import Iterable

from policies.case import StepDone
from policies.ladder import Step


def next_occurrence(step: Step, done: Iterable[StepDone]) -> int | None:
    """The number of the next time, counted from 1; None when the step is behind us.

    Only a contact leaves room for another: a step that was skipped, has lapsed or was passed over is over as a whole.
    """
    last = 0
    for one in done:
        if one.step == step.id:
            if not one.is_contact:
                return None
            last = max(last, one.occurrence)
    return last + 1 if last < step.times else None


def steps_ahead(steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> tuple[tuple[Step, int], ...]:
    """The steps to come, each with the number of its next time. Nothing gentler than what was reached ever leaves."""
    behind = {one.step for one in done}
    for place in range(len(steps) - 1, -1, -1):
        if steps[place].id in behind:
            occurrence = next_occurrence(steps[place], done)
            further = tuple((step, 1) for step in steps[place + 1 :])
            return further if occurrence is None else ((steps[place], occurrence), *further)
    return tuple((step, 1) for step in steps)
