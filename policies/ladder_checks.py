"""What the steps of a ladder must say together, and with the seasons."""

from collections.abc import Sequence
from datetime import date

from policies.calendar_days import days_after, in_season
from policies.ladder import Season
from policies.ladder_steps import StepRead
from policies.stages import harder

ANY_LEAP_YEAR = date(2000, 1, 1)


def check_steps(steps: Sequence[StepRead], seasons: tuple[Season, ...]) -> None:
    """Note in each step's table what does not fit with the steps before it, or with the closed seasons."""
    known: dict[str, StepRead] = {}
    for place, read in enumerate(steps):
        first = known.setdefault(read.step.id, read)
        if read.step.id and first is not read:
            line = first.table.section.line
            read.table.note("id", f'A step called "{read.step.id}" stands at line {line} already.')
        if place and read.whole and steps[place - 1].whole:
            _check_rising(steps[place - 1], read)
        if read.whole:
            _check_seasons(read, seasons)


def _check_rising(before: StepRead, read: StepRead) -> None:
    """A ladder only climbs: neither its stages nor its offsets go back."""
    if harder(before.step.stage, read.step.stage):
        gentler, hard = read.step.stage.value, before.step.stage.value
        read.table.note("stage", f"{gentler} is gentler than {hard}, the stage of the step before; put it earlier.")
    if read.step.offset < before.step.offset:
        read.table.note("offset", f"{read.step.offset} is earlier than {before.step.offset}, that of the step before.")


def _check_seasons(read: StepRead, seasons: tuple[Season, ...]) -> None:
    """Some day of the year must be left on which the step may leave."""
    if not read.step.keeps_out_of_seasons:
        return
    days = (days_after(ANY_LEAP_YEAR, ahead) for ahead in range(366))
    if all(in_season(seasons, day, read.step.pay_within) for day in days):
        read.table.note("keeps_out_of_seasons", "The closed seasons leave no day of the year for this step.")
