"""Where the law wants a free first reminder, nothing follows before its delay has run out (BE: art. XIX.2 CDE)."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policies.case import Calendar, Case, DebtorKind, DoneHow, EffectState
from policies.decide import decide
from policies.decisions import Reason, Wait
from policies.stages import Channel, Stage
from tests.policies.builders import a_case, a_ladder, a_step, because, done, effect, paris
from tests.policies.laws import FREE_FIRST, NO_RULE

BRUSSELS = Calendar(ZoneInfo("Europe/Brussels"), frozenset({date(2026, 5, 1)}))
FREE = a_step(id="free", text="free_reminder", channels=(Channel.EMAIL, Channel.LETTER))
LADDER = a_ladder(FREE, a_step(id="second", stage=Stage.SECOND_REMINDER, offset=10, gap=5))


def consumer(**facts: Any) -> Case:
    law = replace(NO_RULE, notice=FREE_FIRST)
    return a_case(kind=DebtorKind.CONSUMER, country="BE", law=law, calendar=BRUSSELS, **facts)


def until(case: Case) -> Any:
    decision = decide(case, LADDER, paris("2026-04-27 12:00"))
    assert isinstance(decision, Wait)
    assert because(decision) is Reason.RESTING
    return decision.until


SENT = done("free", on=date(2026, 4, 27))  # a Monday


def test_by_e_mail_the_fourteen_days_start_on_the_day_after() -> None:
    mailed = effect("free", EffectState.CONFIRMED, "2026-04-27 10:00")
    assert until(consumer(done=SENT, effects=(mailed,))) == paris("2026-05-12 09:00")  # 28 April to 11 May


@pytest.mark.parametrize("how", [DoneHow.CONFIRMED, DoneHow.ELSEWHERE])
def test_by_post_or_by_we_do_not_know_what_they_start_on_the_third_working_day(how: DoneHow) -> None:
    posted = effect("free", EffectState.CONFIRMED, "2026-04-27 10:00", channel=Channel.LETTER)
    behind = done("free", on=date(2026, 4, 27), how=how)
    expected = paris("2026-05-14 09:00")  # Tuesday, Wednesday, Thursday 30 April: to 13 May
    assert until(consumer(done=behind, effects=(posted,))) == expected
    assert until(consumer(done=behind)) == expected


def test_a_holiday_is_no_working_day() -> None:
    behind = done("free", on=date(2026, 4, 29))  # Thursday, then 1 May, so Monday and Tuesday
    assert until(consumer(done=behind)) == paris("2026-05-19 09:00")


def test_a_free_reminder_nobody_got_holds_nothing_up() -> None:
    skipped = done("free", on=date(2026, 4, 27), how=DoneHow.SKIPPED)
    assert not isinstance(decide(consumer(done=skipped), LADDER, paris("2026-04-27 12:00")), Wait)


def test_where_the_law_wants_none_the_gap_is_enough() -> None:
    decision = decide(a_case(done=SENT), LADDER, paris("2026-04-27 12:00"))
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-05-04 09:00")  # five days later is a Saturday
