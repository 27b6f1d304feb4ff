"""What of one debtor leaves together."""

from policies.bundle import bundle
from policies.decisions import Act, Because, Decision, Reason, Wait
from policies.stages import Channel, Stage
from tests.policies.builders import a_step


def act(stage: Stage, text: str = "", channel: Channel = Channel.EMAIL) -> Decision:
    return Act(a_step(id=text or stage.value, stage=stage, text=text), channel, Because(Reason.STEP_DUE, ()))


def together(**decisions: Decision) -> list[str]:
    """The names of the cases whose acts leave in one message."""
    names = list(decisions)
    return [names[place] for place in bundle(dict(enumerate(decisions.values())))]


COURTESY, SECOND, NOTICE = (
    act(stage) for stage in (Stage.COURTESY_REMINDER, Stage.SECOND_REMINDER, Stage.FORMAL_NOTICE)
)
STATEMENT, FREE = (act(Stage.COURTESY_REMINDER, text) for text in ("statement", "free_reminder"))


def test_reminders_leave_as_one_and_a_formal_notice_alone() -> None:
    assert together(a=COURTESY, b=SECOND, c=STATEMENT) == ["a", "b", "c"]
    assert together(a=COURTESY, b=NOTICE, c=NOTICE) == ["b", "c"]
    assert together(a=COURTESY, b=act(Stage.SECOND_REMINDER, channel=Channel.LETTER)) == ["b"]


def test_no_other_reminder_stands_for_the_free_one_of_the_law_nor_it_for_another() -> None:
    assert together(a=SECOND, b=FREE) == ["a"]
    assert together(a=COURTESY, b=FREE, c=FREE) == ["b", "c"]
    assert together(a=FREE, b=NOTICE) == ["b"]


def test_nothing_leaves_where_nobody_acts() -> None:
    assert bundle({1: Wait(None, Because(Reason.ON_HOLD, ()))}) == {}
