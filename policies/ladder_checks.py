"""What the steps of a ladder must say together, and with the seasons."""

from collections.abc import Sequence
from datetime import date

from policies.calendar_days import days_after, in_season
from policies.course import earliest, last_time
from policies.entry import is_met_in_time
from policies.ladder import Entry, Season
from policies.ladder_steps import StepRead
from policies.stages import harder
from policies.step import CountedFrom, Step
from policies.toml_table import Table

ANY_LEAP_YEAR = date(2000, 1, 1)


def check_steps(steps: Sequence[StepRead], entry: Entry, seasons: tuple[Season, ...]) -> None:
    """Note in each step's table what does not fit with the steps before it, or with the closed seasons."""
    known: dict[str, StepRead] = {}
    for place, read in enumerate(steps):
        first = known.setdefault(read.step.id, read)
        if read.step.id and first is not read:
            line = first.table.section.line
            read.table.note("id", f'A step called "{read.step.id}" stands at line {line} already.')
        if read.whole:
            _check_rising(steps[:place], read)
            _check_seasons(read, seasons)
    in_time = [read for read in steps if is_met_in_time(entry, read.step)]
    if in_time and in_time[0].step.after is CountedFrom.PREVIOUS:
        in_time[0].table.note("after", 'The first step has none before it; count it from "due" or "month_end".')
    _check_gaps([read for read in in_time if read.whole])


def _check_rising(before: Sequence[StepRead], read: StepRead) -> None:
    """A ladder only climbs: neither its stages nor its offsets go back.

    Offsets counted from different days cannot be compared: the later of two steps waits for the earlier anyhow.
    """
    if before and before[-1].whole and harder(before[-1].step.stage, read.step.stage):
        gentler, hard = read.step.stage.value, before[-1].step.stage.value
        read.table.note("stage", f"{gentler} is gentler than {hard}, the stage of the step before; put it earlier.")
    if read.step.after is CountedFrom.PREVIOUS:
        return
    alike = [one for one in before if one.whole and one.step.after is read.step.after]
    if alike and read.step.offset < alike[-1].step.offset:
        which = "the step before" if alike[-1] is before[-1] else f'the step "{alike[-1].step.id}"'
        read.table.note("offset", f"{read.step.offset} is earlier than {alike[-1].step.offset}, that of {which}.")


def _check_gaps(steps: Sequence[StepRead]) -> None:
    """A step that lapses must be able to leave when all before it have left, each as early as it may.

    Days are counted from a due date at the end of its month; steps that may be passed over are left out.
    """
    left: int | None = None
    for read in steps:
        step = read.step
        day = earliest(step, left)
        if step.lapse_after is not None and left is not None and step.lapse_after < day and _could(step):
            reason = f"Its gap of {step.gap} days can never be kept: the steps before it may leave until day {left}"
            read.table.note("gap", f"{reason}, and it lapses after day {step.lapse_after}.")
        if step.only_above is None and step.only_if is None and step.lapse_after is None:
            left = last_time(step, day)


def _could(step: Step) -> bool:
    """Whether its offset alone would let it leave before it lapses: else that is what is told."""
    alone = 0 if step.after is CountedFrom.PREVIOUS else step.offset
    return step.lapse_after is not None and alone <= step.lapse_after


def check_quiet(top: Table, quiet: tuple[Season, ...]) -> None:
    """Some day of the year must be left on which anything may leave."""
    if quiet and all(in_season(quiet, days_after(ANY_LEAP_YEAR, ahead), None) for ahead in range(366)):
        top.note("quiet", "The quiet days leave no day of the year on which anything may leave.")


def _check_seasons(read: StepRead, seasons: tuple[Season, ...]) -> None:
    """Some day of the year must be left on which the step may leave."""
    if not read.step.keeps_out_of_seasons:
        return
    days = (days_after(ANY_LEAP_YEAR, ahead) for ahead in range(366))
    if all(in_season(seasons, day, read.step.pay_within) for day in days):
        read.table.note("keeps_out_of_seasons", "The closed seasons leave no day of the year for this step.")
