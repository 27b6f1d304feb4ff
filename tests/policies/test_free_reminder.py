"""Where the law wants a free first reminder, nothing follows before its delay has run out (BE: art. XIX.2 CDE)."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from policies.case import Calendar, Case, DebtorKind, DoneHow, EffectState
from policies.decide import decide
from policies.decisions import Reason, Wait
from policies.free_reminder import noticed_on
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


NOTICED = a_ladder(FREE, a_step(id="notice", stage=Stage.FORMAL_NOTICE, offset=10, gap=5, pay_within=15))


def starts(case: Case) -> date | None:
    return noticed_on(case, NOTICED.steps, case.done)


def test_a_formal_notice_does_not_replace_the_free_reminder_nobody_got() -> None:
    """BE: art. XIX.2 CDE: without it neither interest nor a flat sum may be asked of a consumer."""
    skipped = done("free", on=date(2026, 4, 27), how=DoneHow.SKIPPED)
    noticed = done("notice", on=date(2026, 5, 4))
    assert starts(consumer(due=date(2026, 4, 20), done=(*skipped, *noticed))) is None
    assert starts(consumer(due=date(2026, 4, 20), done=(*SENT, *noticed))) == date(2026, 5, 13)


def test_a_free_reminder_sent_before_the_debt_was_late_counts_for_nothing() -> None:
    assert starts(consumer(due=date(2026, 4, 27), done=SENT)) is None
    assert starts(consumer(due=date(2026, 4, 26), done=SENT)) == date(2026, 5, 13)


def test_where_no_free_reminder_is_wanted_the_formal_notice_of_a_late_debt_counts() -> None:
    noticed = done("notice", on=date(2026, 5, 4))
    assert starts(a_case(due=date(2026, 4, 20), done=noticed)) == date(2026, 5, 4)
    assert starts(a_case(due=date(2026, 5, 4), done=noticed)) is None


def test_costs_after_a_letter_of_fourteen_days_wait_until_they_have_run_out() -> None:
    """NL: art. 6:96 BW."""
    law = replace(NO_RULE, notice=replace(FREE_FIRST, free_reminder_first=False))
    mailed = effect("notice", EffectState.CONFIRMED, "2026-05-04 10:00")
    late = a_case(law=law, due=date(2026, 4, 20), done=done("notice", on=date(2026, 5, 4)), effects=(mailed,))
    assert starts(late) == date(2026, 5, 18)
