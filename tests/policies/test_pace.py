"""Whatever comes at once, and however late, no stretch of time holds more messages than its pace allows."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from policies.pace import AT_ONCE, Pace, Queue, leave, stands, turn

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
FIVE = Pace(5, 1)
PACES = st.builds(Pace, st.integers(1, 500), st.sampled_from((1, 60, 3600, 86_400)))


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def free(pace: Pace = FIVE) -> Queue:
    return Queue(pace, NOW, NOW)


def test_messages_that_come_together_leave_one_after_the_other() -> None:
    line, left = (free(),), []
    for _ in range(4):
        found = leave(line, NOW, AT_ONCE)
        assert found is not None
        left.append((found[0] - NOW).total_seconds())
        line = found[1]
    assert left == [0, 0.2, 0.4, 0.6]


def test_one_that_would_wait_too_long_takes_nothing_and_is_given_a_turn() -> None:
    line = (Queue(FIVE, NOW + seconds(2.2), NOW),)
    assert leave(line, NOW, AT_ONCE) is None
    assert turn(line, NOW) == (NOW + seconds(2.2), (Queue(FIVE, NOW + seconds(2.2), NOW + seconds(2.4)),))
    assert turn((Queue(FIVE, NOW + AT_ONCE, NOW),), NOW) is None


def test_a_message_passes_the_slower_of_its_lines_and_makes_both_busy() -> None:
    domain = Queue(Pace(1, 60), NOW + seconds(1), NOW)
    assert leave((free(), domain), NOW, AT_ONCE) == (
        NOW + seconds(1),
        (Queue(FIVE, NOW + seconds(1.2), NOW), Queue(Pace(1, 60), NOW + seconds(61), NOW)),
    )


def test_a_clock_that_is_put_back_stops_no_mail() -> None:
    ahead = Queue(FIVE, NOW + timedelta(days=1), NOW + timedelta(days=1))
    assert stands(ahead, NOW) == Queue(FIVE, NOW, NOW + timedelta(hours=12))
    assert stands(free(), NOW) == free()


@given(PACES, st.lists(st.floats(0, 5000), min_size=2, max_size=60), st.sampled_from((AT_ONCE, timedelta(days=9))))
def test_no_stretch_of_time_ever_holds_more_than_the_pace(pace: Pace, comes: list[float], longest: timedelta) -> None:
    """Also after an outage, when everything comes in the same second."""
    line, left = (free(pace),), []
    for moment in comes:  # in any order: two dispatchers' clocks differ
        found = leave(line, NOW + seconds(moment), longest)
        if found is not None:
            assert NOW + seconds(moment) <= found[0] <= NOW + seconds(moment) + longest
            left.append(found[0])
            line = found[1]
    assert left == sorted(left)
    for first, one in enumerate(left):
        stretch = [other for other in left[first:] if other - one < seconds(pace.seconds)]
        assert len(stretch) <= pace.most + 1


@given(PACES, st.integers(1, 80))
def test_turns_are_as_far_apart_as_the_messages_they_are_for(pace: Pace, many: int) -> None:
    line, turns = (Queue(pace, NOW + seconds(3), NOW),), []
    for _ in range(many):
        found = turn(line, NOW)
        assert found is not None
        turns.append(found[0])
        line = found[1]
    assert turns == [NOW + seconds(3) + place * pace.apart for place in range(many)]
