"""Whether a message that left may leave once more: only while every word of it is true, and never to who has paid."""

from datetime import datetime

from policies.calendar_days import next_open_moment
from policies.case import Case
from policies.climb import Turn
from policies.contact_budget import may_contact
from policies.ladder import Ladder
from policies.letter_truth import why_untrue
from policies.look import look_at
from policies.open_hours import open_week
from policies.opt_out import unwanted
from policies.precedence import gives_way
from policies.said import sentence
from policies.stages import Channel, Stage, harder
from policies.step import Step


def why_not_again(case: Case, ladder: Ladder, step: str, demanded: int, as_of: datetime) -> str:
    """Why a message that demanded `demanded` (minor units) of the case must not leave again; empty: it may.

    Whatever would keep it from being written now keeps it from leaving again: the case is over, held or dead, another amount
    is owed, money has come that may be for it, the customer wants no more e-mail, or has heard something harder since.
    """
    rung = ladder.step(step)
    if rung is None:
        return f"{case.invoice}: its policy no longer has this step"
    if Channel.EMAIL in unwanted(case, rung):
        return f"{case.invoice}: the customer does not want e-mail"
    look = look_at(case, ladder, as_of)
    if rung.stage is Stage.UPCOMING and look.today >= case.due:
        return f"{case.invoice}: it is due by now, and the message says it will be"
    waits = gives_way(look, Turn(rung, 1, None))
    if waits is not None:
        return f"{case.invoice}: {sentence(waits, case.calendar)}"
    if any(_harder_than(rung, ladder.step(one.step)) for one in look.done if one.is_contact):
        return f"{case.invoice}: a harder message has left since"
    return why_untrue(case, ladder, step, 1, demanded, as_of)


def _harder_than(rung: Step, other: Step | None) -> bool:
    return other is not None and harder(other.stage, rung.stage)


def why_not_now(case: Case, ladder: Ladder, step: str, as_of: datetime) -> str:
    """Why not at this hour, or on this day: hours, contacts of late, the first days of `live`; empty: now is right."""
    rung = ladder.step(step)
    if rung is None:
        return f"{case.invoice}: its policy no longer has this step"
    opens = next_open_moment(open_week(case, ladder, rung, Channel.EMAIL), case.calendar, as_of)
    if opens is None or opens > as_of:
        return "nothing leaves at this hour; answer again when it may"
    wait = may_contact(case, ladder, rung, Channel.EMAIL, look_at(case, ladder, as_of).today)
    if wait is not None:
        return f"the customer has heard from us often enough until {wait[0].isoformat()}"
    room = case.live_room
    if room is not None and room.left < 1 and as_of < room.ends:
        return f"all {room.most} messages of this day have left or are about to"
    return ""
