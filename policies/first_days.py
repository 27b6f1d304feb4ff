"""The first days of sending in earnest: a few messages on the first day, more on each that follows (design 4.12).

A mistake in a ladder, an address or an amount is then noticed by few; and a mail server nobody knows yet is not taken for
one that floods. What finds no room waits for the next day: nothing of it is lost, and nothing arrives in a heap.
"""

from policies.calendar_days import next_open_moment
from policies.climb import Turn
from policies.decisions import Because, Reason, Wait
from policies.look import Look
from policies.open_hours import open_week
from policies.reach import carrier
from policies.stages import Channel
from policies.step_time import wait_until


def within_first_days(look: Look, turn: Turn) -> Wait | None:
    """The wait for the next day of a step for which today has no room left; None when it may leave."""
    case, step, occurrence = look.case, turn.step, turn.occurrence
    room, channel = case.live_room, carrier(case, step, occurrence)
    if room is None or room.left > 0 or look.as_of >= room.ends or channel in (None, Channel.CALL):
        return None
    week = open_week(case, look.ladder, step, channel)
    seasons = look.ladder.seasons if step.keeps_out_of_seasons else ()
    moment = next_open_moment(week, case.calendar, room.ends, seasons=seasons, pay_within=step.pay_within)
    because = Because(Reason.FIRST_DAYS, (("step", step.id), ("most", str(room.most))))
    return wait_until(look, step, occurrence, moment, because)


def room_beside(look: Look, besides: int) -> bool:
    """Whether today has room for one more message beside the main one and `besides` others."""
    room = look.case.live_room
    return room is None or look.as_of >= room.ends or room.left > 1 + besides
