"""What becomes of live cases when their policy is replaced: nothing gentler than what was reached, nothing in a burst."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.case import EffectState, StepDone
from policies.facts import DoneHow
from policies.forecast import forecast
from policies.ladder import Ladder
from policies.migration import Move, re_anchored, restarted
from policies.migration_plan import planned
from policies.stages import HARDNESS, Channel, Stage
from policies.step import CountedFrom, Repeat
from tests.policies.builders import DUE, FR_B2B, a_case, a_ladder, a_step, done, effect, paris

COURTESY = a_step(id="friendly", offset=5, gap=5)
SECOND = a_step(id="second", stage=Stage.SECOND_REMINDER, offset=20, gap=10)
NOTICE = a_step(id="notice", stage=Stage.FORMAL_NOTICE, offset=40, gap=10)
NEW = a_ladder(COURTESY, SECOND, NOTICE)
APRIL = paris("2026-04-01 10:00")


def days(later: int) -> date:
    return DUE + timedelta(days=later)


def test_a_case_without_any_step_behind_it_goes_on_from_its_due_date() -> None:
    moved = re_anchored(a_case(), FR_B2B, NEW, APRIL)
    assert (moved.anchor, moved.behind, moved.case) == (None, (), a_case())


def test_the_last_step_of_the_stage_reached_stands_for_it_and_was_on_time() -> None:
    case = a_case(done=done("courtesy_reminder", on=days(10)))
    moved = re_anchored(case, FR_B2B, NEW, APRIL)
    assert moved.behind == ("friendly",)
    assert moved.anchor == days(5)  # five days after it the friendly reminder was due: on the tenth
    first = forecast(moved.case, NEW, paris("2026-03-13 10:00"))[0]
    assert (first.step, first.on) == ("second", days(25))


def test_the_step_of_the_same_name_stands_for_what_was_reached() -> None:
    own = a_step(id="courtesy_reminder", offset=8)
    further = a_step(id="courtesy_again", offset=15)
    case = a_case(done=done("courtesy_reminder", on=days(3)))
    moved = re_anchored(case, FR_B2B, a_ladder(own, further, SECOND), paris("2026-03-06 10:00"))
    assert (moved.anchor, moved.behind) == (None, ())  # never counted from before the due date
    first = forecast(moved.case, a_ladder(own, further, SECOND), paris("2026-03-06 10:00"))[0]
    assert (first.step, first.on) == ("courtesy_again", date(2026, 3, 17))


def test_days_from_the_step_before_are_added_up() -> None:
    second = a_step(id="second", stage=Stage.SECOND_REMINDER, offset=7, gap=7, after=CountedFrom.PREVIOUS)
    case = a_case(done=done("courtesy_reminder", on=days(3)) + done("second_reminder", on=days(30)))
    moved = re_anchored(case, FR_B2B, a_ladder(COURTESY, second, NOTICE), APRIL)
    assert (moved.behind, moved.anchor) == (("friendly", "second"), days(18))


def test_a_step_that_repeats_goes_on_repeating_under_its_name() -> None:
    repeated = a_step(id="courtesy_reminder", offset=3, repeat=Repeat(every=14, most=3))
    case = a_case(done=done("courtesy_reminder", on=days(3)))
    new = a_ladder(repeated, SECOND)
    moved = re_anchored(case, FR_B2B, new, paris("2026-03-06 10:00"))
    acts = forecast(moved.case, new, paris("2026-03-06 10:00"))
    assert [(one.step, one.on) for one in acts[:2]] == [
        ("courtesy_reminder", days(17)),
        ("courtesy_reminder", days(31)),
    ]


def test_a_formal_notice_nobody_sent_is_not_behind_the_case() -> None:
    call = a_step(id="call", stage=Stage.FOLLOW_UP_CALL, offset=10, gap=3, channels=(Channel.CALL,))
    old = a_ladder(a_step(), call)
    case = a_case(done=done("courtesy_reminder", on=days(3)) + done("call", on=days(10)))
    moved = re_anchored(case, old, NEW, APRIL)
    assert moved.behind == ("friendly", "second")
    assert forecast(moved.case, NEW, APRIL)[0].step == "notice"
    notified = a_case(done=case.done + done("formal_notice", on=days(12)))
    told = a_ladder(a_step(), a_step(id="formal_notice", stage=Stage.FORMAL_NOTICE, offset=8), call)
    assert re_anchored(notified, told, NEW, APRIL).behind == ("friendly", "second", "notice")


def test_a_case_that_begins_anew_keeps_the_rest_since_it_last_heard_from_us() -> None:
    case = a_case(done=done("courtesy_reminder", on=date(2026, 3, 30)))
    moved = restarted(case, FR_B2B, NEW, APRIL)
    assert moved.behind == ()
    acts = forecast(moved.case, NEW, APRIL)
    assert [(one.step, one.on) for one in acts] == [
        ("friendly", date(2026, 4, 7)),  # 4 April is a Saturday, 6 April Easter Monday
        ("second", date(2026, 4, 20)),
        ("notice", date(2026, 5, 11)),
    ]


def test_an_overdue_invoice_is_not_announced_as_one_that_will_be_due() -> None:
    moved = restarted(a_case(), FR_B2B, FR_B2B, APRIL)
    assert moved.behind == ("upcoming",)
    assert forecast(moved.case, FR_B2B, APRIL)[0].step == "courtesy_reminder"


def test_an_invoice_that_is_not_due_yet_begins_anew_from_its_due_date() -> None:
    moved = restarted(a_case(due=date(2026, 4, 10)), FR_B2B, FR_B2B, APRIL)
    assert (moved.anchor, moved.behind) == (None, ())


def test_a_plan_says_what_each_way_would_send_next() -> None:
    case = a_case(done=done("courtesy_reminder", on=days(3)))
    plan = planned(case, FR_B2B, NEW, Move.RE_ANCHOR, paris("2026-03-06 10:00"))
    assert (plan.move, plan.why, plan.anchor, plan.behind) == (Move.RE_ANCHOR, "goes on", None, ("friendly",))
    acts = {move: (act.step, act.on) for move, act in plan.next_acts.items() if act}
    assert acts == {
        Move.STAY: ("second_reminder", date(2026, 3, 16)),
        Move.RE_ANCHOR: ("second", date(2026, 3, 23)),
        Move.RESTART: ("friendly", date(2026, 3, 10)),
    }


def test_what_may_be_on_its_way_and_what_is_with_others_stays() -> None:
    doubt = a_case(effects=(effect("courtesy_reminder", EffectState.AMBIGUOUS, "2026-03-05 10:00"),))
    with_others = a_case(done=done("agency", on=date(2026, 3, 30)))
    plans = [planned(case, FR_B2B, NEW, Move.RESTART, APRIL) for case in (doubt, with_others)]
    assert [(plan.move, plan.why, plan.anchor, plan.behind) for plan in plans] == [
        (Move.STAY, "a message is on its way or in doubt", None, ()),
        (Move.STAY, "the file is with an agency or a court", None, ()),
    ]


def test_a_policy_with_nothing_left_sends_nothing_more() -> None:
    case = a_case(done=done("formal_notice", on=date(2026, 3, 30)))
    plan = planned(case, FR_B2B, a_ladder(COURTESY, SECOND), Move.RE_ANCHOR, APRIL)
    assert plan.next_acts[Move.RE_ANCHOR] is None


ladders = st.lists(
    st.tuples(st.sampled_from([*Stage][:4]), st.integers(0, 30), st.integers(1, 10)), min_size=1, max_size=5
).map(
    lambda some: a_ladder(
        *(
            a_step(id=f"s{place}", stage=stage, offset=offset, gap=gap)
            for place, (stage, offset, gap) in enumerate(sorted(some, key=lambda one: (HARDNESS[one[0]], one[1])))
        )
    )
)
histories = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60)), max_size=4, unique_by=lambda one: one[0])


@given(ladders, ladders, histories, st.integers(0, 90))
def test_going_on_never_brings_anything_gentler_nor_too_early(
    old: Ladder, new: Ladder, history: list[tuple[int, int]], later: int
) -> None:
    known = [(f"s{place}", days(on)) for place, on in history if old.step(f"s{place}")]
    case = a_case(done=tuple(StepDone(step, on, DoneHow.CONFIRMED) for step, on in known))
    as_of = paris("2026-03-02 10:00") + timedelta(days=later)
    moved = re_anchored(case, old, new, as_of)
    assert moved.case.anchor_day >= case.due
    acts = forecast(moved.case, new, as_of)
    if not known or not acts:
        return
    first = new.step(acts[0].step)
    assert first is not None
    assert acts[0].on >= max(on for _, on in known) + timedelta(days=first.gap)
    named = [place for place, step in enumerate(new.steps) if step.id in {id for id, _ in known}]
    if named:
        assert new.steps.index(first) > max(named)
