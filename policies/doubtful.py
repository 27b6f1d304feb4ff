"""Which open items an accountant has to look at one by one, and why: the first reason that holds counts."""

from dataclasses import dataclass
from enum import StrEnum

from policies.stages import Stage

OLD = 90
"""Days past the due date after which an item is doubtful by its age alone: the oldest band of the aged balance."""


class Doubt(StrEnum):
    """Why an item may not be paid."""

    INSOLVENCY = "insolvency"
    COURT = "court"
    AGENCY = "agency"
    DISPUTE = "dispute"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands on the day asked about."""

    stage: Stage | None
    """The last step that was taken; None: none was."""
    insolvent: bool
    disputed: bool
    days_late: int


def doubt(item: Standing) -> Doubt | None:
    """Why the item is doubtful; None: it is not.

    >>> doubt(Standing(Stage.AGENCY, False, True, 40))
    <Doubt.AGENCY: 'agency'>
    """
    if item.insolvent:
        return Doubt.INSOLVENCY
    by_stage = {Stage.LEGAL: Doubt.COURT, Stage.AGENCY: Doubt.AGENCY}
    if item.stage in by_stage:
        return by_stage[item.stage]
    if item.disputed:
        return Doubt.DISPUTE
    return Doubt.AGE if item.days_late > OLD else None
