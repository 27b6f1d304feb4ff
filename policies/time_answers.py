"""Why a step's time has come, or when it comes: the day, what it is counted from, and what shifts it."""

from policies.climb import Turn
from policies.decisions import Decision, Reason, Wait
from policies.look import Look
from policies.said import full_day
from policies.step import CountedFrom
from policies.step_time import earliest_day, last_contact

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COUNTED: dict[CountedFrom, str] = {
    CountedFrom.DUE: "the due date",
    CountedFrom.MONTH_END: "the end of the month it was due in",
    CountedFrom.PREVIOUS: "the step before it",
}


def time_has_come(look: Look, turn: Turn) -> str:
    """*Yes, since 14 Mar 2026: 12 days after the due date*."""
    day, _ = earliest_day(look, turn.step, turn.occurrence)
    return f"Yes, since {full_day(day)}: {_why(look, turn)}"


def time_to_come(look: Look, turn: Turn, wait: Decision) -> str:
    """*Not before 14 Mar 2026: 12 days after the due date*, with what shifts it further."""
    day, _ = earliest_day(look, turn.step, turn.occurrence)
    until = wait.until if isinstance(wait, Wait) else None
    leaves = day if until is None else look.case.calendar.day(until)
    if until is None:
        return "Never: no day is left on which it may leave; the policy must be mended"
    if wait.because.code is Reason.CLOSED_SEASON:
        return f"Not before {full_day(leaves)}: neither it nor its deadline may fall in a closed season"
    if day <= look.today:
        return f"Not now: it leaves {_hours(look, turn)}, next on {full_day(leaves)}"
    shift = "" if leaves == day else f"; that is no sending day, so on {full_day(leaves)}"
    return f"Not before {full_day(day)}: {_why(look, turn)}{shift}"


def _why(look: Look, turn: Turn) -> str:
    day, reason = earliest_day(look, turn.step, turn.occurrence)
    contact, step = last_contact(look.done), turn.step
    if reason is Reason.NOT_YET_DUE:
        count = f"{abs(step.offset)} day{'s' if abs(step.offset) != 1 else ''} "
        counted = COUNTED[step.after] if look.case.anchor is None else "the day a new policy counts from"
        if step.after is CountedFrom.DUE:
            counted = f"{counted}, {full_day(look.case.anchor_day)}"
        return f"{count}{'after' if step.offset >= 0 else 'before'} {counted}" if step.offset else counted
    if turn.occurrence > 1 and step.repeat is not None and contact is not None:
        return f"{step.repeat.every} days after it last left"
    if contact is not None and (day - contact).days == step.gap:
        return f"{step.gap} days after the customer last heard from us, on {full_day(contact)}"
    return "the delay of the free reminder has to run out"


def _hours(look: Look, turn: Turn) -> str:
    """*from 9 to 18 o'clock, Mon-Fri, not on public holidays*."""
    hours = look.ladder if turn.step.hours is None else turn.step.hours
    days = sorted(hours.send_days)
    apart = ", ".join(DAYS[day] for day in days)
    in_a_row = len(days) > 2 and days == list(range(days[0], days[-1] + 1))
    named = f"{DAYS[days[0]]}–{DAYS[days[-1]]}" if in_a_row else apart
    return f"from {hours.send_from} to {hours.send_until} o'clock, {named}, not on public holidays"
