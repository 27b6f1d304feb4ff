"""Hours of the ladder, of a step and of the law: only what all of them allow is open."""

from dataclasses import replace
from typing import Any

from policies.case import Case
from policies.decide import decide
from policies.decisions import Act, Wait
from policies.law.contact_rules import Window
from policies.open_hours import open_week
from policies.stages import Channel
from policies.step import Hours
from tests.policies.builders import a_case, a_ladder, a_step, paris
from tests.policies.laws import WRITING, contact

SEVEN = frozenset(range(7))
LADDER = a_ladder(send_from=8, send_until=20, send_days=SEVEN)
STEP = LADDER.steps[0]


def under(*windows: Window) -> Case:
    return a_case(law=contact(windows=windows))


def spans(case: Case, channel: Channel = Channel.EMAIL, **step: Any) -> list[tuple[tuple[int, int], ...]]:
    return list(open_week(case, LADDER, replace(STEP, **step), channel))


def test_without_a_law_the_ladders_hours_stand() -> None:
    assert spans(a_case()) == [((8, 20),)] * 7
    assert spans(under()) == [((8, 20),)] * 7


def test_a_steps_own_hours_replace_the_ladders() -> None:
    assert spans(a_case(), hours=Hours(10, 12, frozenset({1}))) == [(), ((10, 12),), (), (), (), (), ()]


def test_windows_of_the_law_add_up_and_cut_the_ladders_hours() -> None:
    weekdays = Window(WRITING, 9, 19, frozenset(range(5)))
    saturday = Window(WRITING, 6, 13, frozenset({5}))
    assert spans(under(weekdays, saturday)) == [((9, 19),)] * 5 + [((8, 13),), ()]
    morning, afternoon = Window(WRITING, 10, 13, SEVEN), Window(WRITING, 14, 21, SEVEN)
    assert spans(under(morning, afternoon)) == [((10, 13), (14, 20))] * 7
    assert spans(under(morning, Window(WRITING, 12, 15, SEVEN))) == [((10, 15),)] * 7


def test_a_window_for_another_channel_opens_and_closes_nothing() -> None:
    calls = Window(frozenset({Channel.CALL}), 10, 11, SEVEN)
    assert spans(under(calls)) == [((8, 20),)] * 7
    assert spans(under(calls), Channel.CALL) == [((10, 11),)] * 7


def test_a_message_waits_for_the_window_of_the_channel_that_carries_it() -> None:
    email = Window(frozenset({Channel.EMAIL}), 10, 12, frozenset({0, 1, 2, 3, 4}))
    case = under(email)
    before, inside, after = (
        decide(case, LADDER, paris(moment)) for moment in ("2026-03-06 09:00", "2026-03-06 11:59", "2026-03-06 12:00")
    )
    assert isinstance(before, Wait)
    assert before.until == paris("2026-03-06 10:00")
    assert isinstance(inside, Act)
    assert isinstance(after, Wait)
    assert after.until == paris("2026-03-09 10:00")
    by_text = decide(replace(case, reach=frozenset({Channel.SMS})), a_ladder(
        a_step(channels=(Channel.EMAIL, Channel.SMS)), send_from=8), paris("2026-03-06 09:00"))  # fmt: skip
    assert isinstance(by_text, Act)
    assert by_text.channel is Channel.SMS


def test_what_goes_besides_is_left_out_where_its_window_is_closed() -> None:
    late = Window(frozenset({Channel.SMS}), 11, 19, SEVEN)
    ladder = a_ladder(a_step(also=(Channel.SMS,)))
    closed, is_open = (decide(under(late), ladder, paris(f"2026-03-06 {hour}:00")) for hour in ("10", "11"))
    assert isinstance(closed, Act)
    assert isinstance(is_open, Act)
    assert (closed.also, is_open.also) == ((), (Channel.SMS,))


def test_hours_that_never_meet_a_window_leave_no_moment() -> None:
    decision = decide(under(Window(WRITING, 21, 23, SEVEN)), LADDER, paris("2026-03-06 10:00"))
    assert isinstance(decision, Wait)
    assert decision.until is None
