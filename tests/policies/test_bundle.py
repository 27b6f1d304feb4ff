"""What of one debtor leaves together."""

from policies.bundle import bundle, gives_way_to_question
from policies.decisions import Act, Ask, Because, Decision, Reason, Wait
from policies.questions import QuestionKind
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


def ask(stage: Stage, kind: QuestionKind = QuestionKind.APPROVE, channel: Channel = Channel.EMAIL) -> Ask:
    return Ask(kind, a_step(id=stage.value, stage=stage, channels=(channel,)), Because(Reason.NEEDS_APPROVAL, ()))


CALL = ask(Stage.FOLLOW_UP_CALL, QuestionKind.CALL_OUTCOME, Channel.CALL)
MAY_IT_LEAVE = ask(Stage.FORMAL_NOTICE)


def test_nobody_is_asked_whether_a_message_may_leave_while_a_harder_stage_is_to_be_asked_about() -> None:
    assert gives_way_to_question({1: MAY_IT_LEAVE, 2: CALL}, MAY_IT_LEAVE)
    assert not gives_way_to_question({1: MAY_IT_LEAVE, 2: MAY_IT_LEAVE, 3: COURTESY}, MAY_IT_LEAVE)


def test_calls_files_and_what_became_of_a_message_are_asked_about_whatever_else_is() -> None:
    legal = ask(Stage.LEGAL, channel=Channel.HANDOVER)
    for asked in (
        CALL,
        ask(Stage.AGENCY, channel=Channel.HANDOVER),
        ask(Stage.MEDIATION, QuestionKind.MEDIATION_OUTCOME),
    ):
        assert not gives_way_to_question({1: asked, 2: legal}, asked)
