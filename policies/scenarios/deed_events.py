"""Events of people and of machines: write-offs, answers, steps skipped, messages that fail, other ways to reach."""

from policies.choices import choices
from policies.law.limitation_rules import Interruption
from policies.play.deeds import ActDone, Answered, Skipped, Switched
from policies.play.events import Event, Withdrawn, WrittenOff
from policies.play.failures import Failing, Fails, Reached
from policies.questions import QuestionKind
from policies.scenarios.given import Given
from policies.scenarios.values import day, one_among
from policies.stages import Channel
from policies.toml_values import flag, listed, one_of, text, whole

CODES = tuple(sorted({choice.code for kind in QuestionKind for choice in choices(kind, None)}))
"""Everything that can be answered to any question."""
UNDONE = ("write_off", "withdraw")


def write_off(given: Given) -> list[Event]:
    """The principal is given up."""
    reason = given.table.require("write_off", text, "")
    return [WrittenOff(known=given.known, invoice=one, reason=reason) for one in given.each]


def withdraw(given: Given) -> list[Event]:
    """The claim is not pursued here any more."""
    reason = given.table.require("withdraw", text, "")
    return [Withdrawn(known=given.known, invoice=one, reason=reason) for one in given.each]


def undo(given: Given) -> list[Event]:
    """A write-off or a withdrawal is taken back."""
    word = given.table.require("undo", one_among(UNDONE, "thing that can be undone"), "write_off")
    made = WrittenOff if word == "write_off" else Withdrawn
    return [made(known=given.known, invoice=one, undone=True) for one in given.each]


def fails(given: Given) -> list[Event]:
    """The next messages by a channel fail."""
    how = given.table.require("fails", one_of(Failing), Failing.TEMPORARY)
    channel = given.table.take("channel", one_of(Channel), Channel.EMAIL)
    return [Fails(known=given.known, channel=channel, how=how, times=given.table.take("times", whole(1), 1))]


def reach(given: Given) -> list[Event]:
    """The channels by which the customer can be reached from now on."""
    none: tuple[Channel, ...] = ()
    channels = frozenset(given.table.require("reach", listed(one_of(Channel), 0), none))
    return [Reached(known=given.known, reach=channels | {Channel.HANDOVER})]


def answer(given: Given) -> list[Event]:
    """A person answers the open question."""
    table = given.table
    on = table.take("date", day, None)
    return [
        Answered(
            known=given.known, choice=table.require("answer", one_among(CODES, "answer"), ""), kind=table.take("question", one_of(QuestionKind), None),
            date="" if on is None else on.isoformat(), email=table.take("email", text, ""),
            note=table.take("note", text, ""),
        )
    ]  # fmt: skip


def skip(given: Given) -> list[Event]:
    """A person goes on without the step an invoice has reached."""
    reason = given.table.require("skip", text, "")
    return [Skipped(known=given.known, invoice=one, reason=reason) for one in given.each]


def act(given: Given) -> list[Event]:
    """Something that may give a claim a new life."""
    kind = given.table.require("act", one_of(Interruption), Interruption.ACKNOWLEDGEMENT)
    return [ActDone(known=given.known, invoice=one, on=given.on, kind=kind) for one in given.each]


def collecting(given: Given) -> list[Event]:
    """The creditor switches collecting off or on."""
    return [Switched(known=given.known, off=not given.table.require("collecting", flag, True))]
