"""How a backlog enters its ladder: from the start, or softly with a position of the account."""

from dataclasses import replace
from datetime import date
from typing import Any

from policies.case import Case, DoneHow
from policies.entry import lands_softly
from policies.ladder import Entry
from policies.said import name
from policies.stages import Stage
from tests.policies.builders import a_case, a_ladder, a_step, climb, done, paris, told

POSITION = a_step(id="position", offset=0, gap=7, text="statement")
SOFT = a_ladder(
    a_step(id="upcoming", stage=Stage.UPCOMING, offset=-5, gap=1, lapse_after=-1),
    POSITION,
    a_step(),
    a_step(id="second_reminder", stage=Stage.SECOND_REMINDER, offset=12, gap=10),
    entry=Entry.SOFT_LANDING,
    ask_at_end_after=10,
)


def case_opened(day: str, **facts: Any) -> Case:
    return a_case(opened_on=date.fromisoformat(day), **facts)


def test_a_backlog_gets_the_position_of_its_account_and_goes_on_with_the_gaps() -> None:
    assert told(climb(case_opened("2026-04-01"), SOFT, paris("2026-04-01 10:00"))) == [
        "2026-04-01 10:00 act position by email",
        "2026-04-13 09:00 act second_reminder by email",  # ten days later is a Saturday
        "2026-04-23 09:00 ask exhausted",
    ]


def test_a_case_opened_a_day_earlier_climbs_from_the_start_and_never_gets_a_position() -> None:
    assert told(climb(case_opened("2026-03-31"), SOFT, paris("2026-03-31 10:00"))) == [
        "2026-03-31 lapsed upcoming",
        "2026-03-31 10:00 act courtesy_reminder by email",
        "2026-04-10 09:00 act second_reminder by email",
        "2026-04-20 09:00 ask exhausted",
    ]


def test_a_case_opened_in_time_is_told_of_no_position() -> None:
    assert told(climb(case_opened("2026-02-20"), SOFT, paris("2026-02-20 10:00")))[:2] == [
        "2026-02-25 09:00 act upcoming by email",
        "2026-03-05 09:00 act courtesy_reminder by email",
    ]
    assert (
        told(climb(a_case(), SOFT, paris("2026-06-01 10:00")))[1] == "2026-06-01 10:00 act courtesy_reminder by email"
    )


def test_on_a_ladder_from_the_start_the_position_is_a_step_like_any_other() -> None:
    ladder = replace(SOFT, entry=Entry.FROM_START)
    assert not lands_softly(case_opened("2026-06-01"), ladder)
    assert told(climb(case_opened("2026-06-01"), ladder, paris("2026-06-01 10:00")))[:3] == [
        "2026-06-01 lapsed upcoming",
        "2026-06-01 10:00 act position by email",
        "2026-06-08 09:00 act courtesy_reminder by email",
    ]


def test_a_backlog_that_was_reminded_before_us_gets_no_position() -> None:
    before = done("upcoming", "position", "courtesy_reminder", on=date(2026, 3, 30), how=DoneHow.ELSEWHERE)
    case = case_opened("2026-04-01", done=before)
    assert told(climb(case, SOFT, paris("2026-04-01 10:00")))[:1] == ["2026-04-09 09:00 act second_reminder by email"]


def test_a_case_anchored_anew_after_its_opening_is_no_backlog() -> None:
    assert not lands_softly(case_opened("2026-06-01", anchor=date(2026, 6, 1)), SOFT)


def test_staff_call_it_by_its_name() -> None:
    assert name(POSITION) == "position of the account"
