"""The course of a ladder when nothing is ever late: on which day, from the due date, each step leaves."""

from collections.abc import Iterable, Iterator

from policies.step import CountedFrom, Step


def earliest(step: Step, left: int | None) -> int:
    """The first day on which the step may leave, where the last contact was on day `left` (None: there was none).

    Days are counted from a due date at the end of its month, so that both anchors agree.
    """
    if left is None:
        return step.offset
    counted = left + step.offset if step.after is CountedFrom.PREVIOUS else step.offset
    return max(counted, left + step.gap)


def last_time(step: Step, first: int) -> int:
    """The day of its last time, where `first` is that of its first."""
    return first if step.repeat is None else first + step.repeat.every * (step.repeat.most - 1)


def course(steps: Iterable[Step]) -> Iterator[tuple[Step, int]]:
    """Every step with the day of its first time, each leaving as early as it may after all before it."""
    left: int | None = None
    for step in steps:
        day = earliest(step, left)
        yield step, day
        left = last_time(step, day)
