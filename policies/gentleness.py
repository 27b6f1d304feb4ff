"""Which of two ladders is the gentler one."""

from collections.abc import Iterable

from policies.course import course
from policies.entry import steps_in_time
from policies.ladder import ApprovalRule, Ladder
from policies.stages import HARDNESS, Channel, Stage
from policies.step import Step

NEVER = 1_000_000
"""Stands for the day of a stage the ladder does not have."""


def gentleness(ladder: Ladder) -> tuple[object, ...]:
    """Sorts the gentler ladder first.

    It goes less far by itself: its hardest step that needs no person is gentler. Else it goes less far at all. Else it
    comes later to its stages, the hardest one first. Else it contacts less often. At last the name decides, so that the
    answer is always the same.
    """
    days = first_days(ladder)
    return (
        _hardest(step for step in ladder.steps if leaves_by_itself(step)),
        _hardest(ladder.steps),
        tuple(-days.get(stage, NEVER) for stage in reversed(Stage)),
        sum(step.times for step in ladder.steps),
        ladder.id,
    )


def leaves_by_itself(step: Step) -> bool:
    """Whether the step leaves without a person's word. A call is a person's act."""
    return step.approval is ApprovalRule.NEVER and Channel.CALL not in step.channels


def first_days(ladder: Ladder) -> dict[Stage, int]:
    """The first day of each stage, from the due date, when nothing is ever late."""
    days: dict[Stage, int] = {}
    for step, day in course(steps_in_time(ladder)):
        days.setdefault(step.stage, day)
    return days


def _hardest(steps: Iterable[Step]) -> int:
    return max((HARDNESS[step.stage] for step in steps), default=-1)
