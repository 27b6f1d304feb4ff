"""On the first days of sending in earnest only so much leaves; the rest waits for the next day and is told so."""

import pytest

from policies.case import Contact
from policies.decide import decide
from policies.decisions import Act, Because, Reason, Wait
from policies.explain import explain
from policies.live_room import GROWING_DAYS, LiveRoom, most_on
from policies.said import sentence
from policies.stages import Channel
from tests.policies.builders import FR_B2B, a_case, a_ladder, a_step, paris

FRIDAY = paris("2026-03-13 10:00")
MIDNIGHT = paris("2026-03-14 00:00")
FULL = LiveRoom(50, 0, MIDNIGHT)


def test_what_finds_no_room_waits_for_the_next_morning_on_which_anything_leaves() -> None:
    decision = decide(a_case(live_room=FULL), FR_B2B, FRIDAY)
    assert isinstance(decision, Wait)
    assert decision.because == Because(Reason.FIRST_DAYS, (("step", "courtesy_reminder"), ("most", "50")))
    assert decision.until == paris("2026-03-16 09:00")
    assert sentence(decision, a_case().calendar) == (
        "the courtesy reminder waits for the next day, because only 50 messages may leave on this one of the first days, "
        "looked at again on 16 Mar"
    )


def test_the_day_of_the_creditor_counts_for_a_customer_far_in_the_west() -> None:
    """At midnight in Paris it is afternoon in New York: the wait ends then, not at once."""
    decision = decide(a_case(live_room=LiveRoom(50, 0, paris("2026-03-13 18:00"))), FR_B2B, FRIDAY)
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-03-16 09:00")  # 18:00 is after hours here
    early = decide(a_case(live_room=LiveRoom(50, 0, paris("2026-03-13 17:00"))), FR_B2B, FRIDAY)
    assert isinstance(early, Wait)
    assert early.until == paris("2026-03-13 17:00")


@pytest.mark.parametrize("room", [None, LiveRoom(50, 1, MIDNIGHT), LiveRoom(50, 0, FRIDAY)])
def test_with_room_or_after_the_day_it_leaves(room: LiveRoom | None) -> None:
    assert isinstance(decide(a_case(live_room=room), FR_B2B, FRIDAY), Act)


@pytest.mark.parametrize(("left", "besides"), [(1, ()), (2, (Channel.SMS,))])
def test_what_goes_besides_leaves_only_where_there_is_room_for_both(left: int, besides: tuple[Channel, ...]) -> None:
    ladder = a_ladder(a_step(also=(Channel.SMS,)))
    decision = decide(a_case(live_room=LiveRoom(50, left, MIDNIGHT)), ladder, FRIDAY)
    assert isinstance(decision, Act)
    assert decision.also == besides


def test_a_call_is_no_message() -> None:
    call = a_ladder(a_step(channels=(Channel.CALL,)))
    assert not isinstance(
        decide(a_case(live_room=FULL, contacts=(Contact(FRIDAY.date(), Channel.EMAIL),)), call, FRIDAY), Wait
    )


def test_each_day_on_which_something_left_doubles_the_number_until_nothing_is_limited() -> None:
    assert [most_on(50, day) for day in range(GROWING_DAYS + 1)] == [50, 100, 200, 400, 800, 1600, 3200, None]


def test_why_it_waits_is_explained() -> None:
    told = {one.rule: one.answer for one in explain(a_case(live_room=FULL), FR_B2B, FRIDAY).rules}
    assert told["first_days"] == (
        "No: the courtesy reminder waits for the next day, because only 50 messages may leave on this one of the first days, "
        "looked at again on 16 Mar"
    )
