"""Which time of a step comes next: a step that repeats is behind us only when it has come for the last time."""

from collections.abc import Iterable, Iterator

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


def steps_ahead(steps: tuple[Step, ...], done: tuple[StepDone, ...]) -> Iterator[tuple[Step, int]]:
    """The steps to come, each with the number of its next time. Nothing gentler than what was reached ever leaves."""
    behind, reached = {one.step for one in done}, len(steps)
    while reached and steps[reached - 1].id not in behind:
        reached -= 1
    if reached:
        occurrence = next_occurrence(steps[reached - 1], done)
        if occurrence is not None:
            yield steps[reached - 1], occurrence
    for step in steps[reached:]:
        yield step, 1
