"""What a case will do if nothing changes: nobody pays, everybody agrees at once."""

from dataclasses import replace
from datetime import date
from typing import Any

from policies.case import Contact, DebtorKind
from policies.forecast import forecast
from policies.ladder import Entry, Ladder
from policies.law.contact_rules import Cap
from policies.stages import Channel, Stage
from policies.step import Repeat
from tests.policies.builders import FR_B2B, a_case, a_ladder, a_step, done, paris
from tests.policies.laws import FREE_FIRST, NO_RULE, WRITING

START = paris("2026-03-05 10:00")


def coming(ladder: Ladder, **facts: Any) -> list[str]:
    return [f"{one.on} {one.step} by {one.how}" for one in forecast(a_case(**facts), ladder, START)]


def test_the_steps_to_come_keep_their_gaps_and_say_who_is_asked() -> None:
    behind = done("upcoming", on=date(2026, 2, 25))
    found = forecast(a_case(done=behind), FR_B2B, START)
    assert [(one.on.isoformat(), one.step, one.how, one.asks) for one in found] == [
        ("2026-03-05", "courtesy_reminder", "email", False),
        ("2026-03-16", "second_reminder", "email", False),
        ("2026-04-01", "formal_notice", "question", True),
        ("2026-04-14", "follow_up_call", "question", True),
        ("2026-05-18", "agency", "question", True),
        ("2026-06-17", "legal", "question", True),
    ]


def test_a_step_that_comes_again_is_told_each_time() -> None:
    assert coming(a_ladder(a_step(repeat=Repeat(14, 3)))) == [
        "2026-03-05 courtesy_reminder by email",
        "2026-03-19 courtesy_reminder by email",
        "2026-04-02 courtesy_reminder by email",
    ]


def test_what_it_foresees_counts_against_the_budget() -> None:
    often = a_ladder(a_step(gap=1, repeat=Repeat(2, 3)), caps=(Cap(WRITING, 1, 10),))
    assert coming(often, contacts=(Contact(date(2026, 3, 2), Channel.SMS),)) == [
        "2026-03-12 courtesy_reminder by email",
        "2026-03-23 courtesy_reminder by email",  # ten days later is a Sunday
        "2026-04-02 courtesy_reminder by email",
    ]


def test_a_backlog_is_told_of_its_position_first() -> None:
    ladder = a_ladder(
        a_step(id="position", offset=0, text="statement"),
        a_step(),
        a_step(id="second_reminder", stage=Stage.SECOND_REMINDER, offset=12, gap=10),
        entry=Entry.SOFT_LANDING,
        entry_after=1,
    )
    assert coming(ladder, opened_on=date(2026, 3, 5)) == [
        "2026-03-05 position by email",
        "2026-03-16 second_reminder by email",
    ]


def test_the_delay_of_a_free_reminder_it_foresees_is_that_of_its_channel() -> None:
    second = a_step(id="second_reminder", stage=Stage.SECOND_REMINDER, offset=4, gap=1)
    mailed, posted = (
        a_ladder(a_step(text="free_reminder", channels=(channel,)), second)
        for channel in (Channel.EMAIL, Channel.LETTER)
    )
    facts = {"kind": DebtorKind.CONSUMER, "law": replace(NO_RULE, notice=FREE_FIRST)}
    by_post = facts | {"reach": frozenset({Channel.LETTER, Channel.EMAIL})}
    assert coming(mailed, **facts)[1:] == ["2026-03-20 second_reminder by email"]  # 6 to 19 March
    assert coming(posted, **by_post)[1:] == [
        "2026-03-24 second_reminder by email"
    ]  # Friday, Monday, Tuesday: to the 23rd


def test_up_to_a_day_it_says_what_it_says_without_an_end_and_nothing_after() -> None:
    behind = done("upcoming", on=date(2026, 2, 25))
    whole = forecast(a_case(done=behind), FR_B2B, START)
    for until in (date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 16), date(2026, 4, 13), date(2026, 12, 31)):
        expected = tuple(one for one in whole if one.on <= until)
        assert forecast(a_case(done=behind), FR_B2B, START, until) == expected
