"""Steps that come again, and what their offsets are counted from."""

from datetime import date

import pytest

from policies.case import DoneHow, EffectState, StepDone
from policies.decide import decide
from policies.decisions import Act, Ask, Passed, Reason, Wait
from policies.ladder import ApprovalRule
from policies.occurrences import next_occurrence, steps_ahead
from policies.questions import QuestionKind
from policies.said import sentence
from policies.stages import Channel, Stage
from policies.step import CountedFrom, Repeat
from tests.policies.builders import DUE, a_case, a_ladder, a_step, because, climb, done, effect, paris, told

AGAIN = a_step(gap=7, repeat=Repeat(14, 3))
SECOND = a_step(id="second_reminder", stage=Stage.SECOND_REMINDER, offset=12, gap=7)
REPEATING = a_ladder(AGAIN, SECOND, ask_at_end_after=10)
MARCH_5 = StepDone("courtesy_reminder", date(2026, 3, 5), DoneHow.CONFIRMED)


def test_a_step_comes_again_as_often_as_it_may_and_then_the_next_one_keeps_its_gap() -> None:
    assert told(climb(a_case(), REPEATING, paris("2026-03-01 10:00"))) == [
        "2026-03-05 09:00 act courtesy_reminder 1/3 by email",
        "2026-03-19 09:00 act courtesy_reminder 2/3 by email",
        "2026-04-02 09:00 act courtesy_reminder 3/3 by email",
        "2026-04-09 09:00 act second_reminder by email",
        "2026-04-20 09:00 ask exhausted",  # ten days later is a Sunday
    ]


def test_a_repeat_counts_from_its_last_time_however_late_that_was() -> None:
    late = StepDone("courtesy_reminder", date(2026, 3, 25), DoneHow.CONFIRMED, 2)
    decision = decide(a_case(done=(MARCH_5, late)), REPEATING, paris("2026-03-30 10:00"))
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step, decision.occurrence) == (paris("2026-04-08 09:00"), AGAIN, 3)
    assert because(decision) is Reason.RESTING
    assert ("occurrence", "3") in decision.because.facts
    assert sentence(decision, a_case().calendar) == "courtesy reminder (3 of 3) on 8 Apr"


def test_a_confirmed_message_that_is_not_recorded_yet_counts_as_its_own_time() -> None:
    again = effect("courtesy_reminder", EffectState.CONFIRMED, "2026-03-19 09:00", occurrence=2)
    decision = decide(a_case(done=(MARCH_5,), effects=(again,)), REPEATING, paris("2026-03-19 10:00"))
    assert isinstance(decision, Wait)
    assert (decision.until, decision.occurrence) == (paris("2026-04-02 09:00"), 3)


def test_what_happened_to_one_time_of_a_step_says_nothing_about_the_next() -> None:
    refused = effect("courtesy_reminder", EffectState.REFUSED, "2026-03-05 09:00")
    sent = effect("courtesy_reminder", EffectState.CONFIRMED, "2026-03-05 10:00", channel=Channel.SMS)
    both = a_ladder(a_step(repeat=Repeat(14, 2), channels=(Channel.EMAIL, Channel.SMS)))
    decision = decide(a_case(done=(MARCH_5,), effects=(refused, sent)), both, paris("2026-03-19 10:00"))
    assert isinstance(decision, Act)
    assert (decision.channel, decision.occurrence) == (Channel.EMAIL, 2)


def test_an_approval_is_for_one_time_only() -> None:
    ladder = a_ladder(a_step(repeat=Repeat(14, 2), approval=ApprovalRule.ALWAYS))
    assert told(climb(a_case(), ladder, paris("2026-03-05 10:00"))) == [
        "2026-03-05 10:00 ask approve courtesy_reminder 1/2",
        "2026-03-05 10:00 act courtesy_reminder 1/2 by email",
        "2026-03-19 09:00 ask approve courtesy_reminder 2/2",
        "2026-03-19 09:00 act courtesy_reminder 2/2 by email",
        "2026-03-19 09:00 ask exhausted",
    ]


def test_a_call_that_comes_again_is_asked_about_each_time() -> None:
    ladder = a_ladder(a_step(channels=(Channel.CALL,), asks=QuestionKind.CALL_OUTCOME, repeat=Repeat(7, 2)))
    assert told(climb(a_case(), ladder, paris("2026-03-05 10:00"))) == [
        "2026-03-05 10:00 ask call_outcome courtesy_reminder 1/2",
        "2026-03-12 09:00 ask call_outcome courtesy_reminder 2/2",
        "2026-03-12 09:00 ask exhausted",
    ]


@pytest.mark.parametrize("how", [DoneHow.SKIPPED, DoneHow.LAPSED, DoneHow.PASSED_OVER])
def test_a_step_gone_past_without_contact_does_not_come_again(how: DoneHow) -> None:
    assert next_occurrence(AGAIN, (MARCH_5, StepDone("courtesy_reminder", date(2026, 3, 19), how, 2))) is None


def test_a_step_is_behind_when_its_last_time_is_or_when_a_harder_one_is() -> None:
    three = tuple(StepDone("courtesy_reminder", DUE, DoneHow.CONFIRMED, number) for number in (3, 1, 2))
    assert next_occurrence(AGAIN, ()) == 1
    assert next_occurrence(AGAIN, three[1:]) == 3
    assert next_occurrence(AGAIN, three) is None
    assert list(steps_ahead(REPEATING.steps, (MARCH_5,))) == [(AGAIN, 2), (SECOND, 1)]
    assert list(steps_ahead(REPEATING.steps, done("second_reminder", on=DUE))) == []


def test_the_last_times_of_a_step_lapse_with_it() -> None:
    ladder = a_ladder(a_step(repeat=Repeat(14, 3), lapse_after=20), SECOND)
    decision = decide(a_case(done=(MARCH_5,)), ladder, paris("2026-03-23 10:00"))
    why = "It made sense until 2026-03-22 only."
    assert decision.passed == (Passed("courtesy_reminder", DoneHow.LAPSED, date(2026, 3, 23), why, 2),)
    assert isinstance(decision, Act)
    assert decision.step == SECOND


def test_an_offset_from_the_end_of_the_month_starts_on_its_last_day() -> None:
    ladder = a_ladder(a_step(offset=10, after=CountedFrom.MONTH_END))
    decision = decide(a_case(), ladder, paris("2026-03-05 10:00"))
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-04-10 09:00")  # ten days from 31 March
    on_the_last = decide(a_case(due=date(2026, 4, 30)), ladder, paris("2026-03-05 10:00"))
    assert isinstance(on_the_last, Wait)
    assert on_the_last.until == paris("2026-05-11 09:00")  # 10 May is a Sunday


FOLLOWING = a_step(id="second_reminder", stage=Stage.SECOND_REMINDER, offset=10, gap=5, after=CountedFrom.PREVIOUS)


@pytest.mark.parametrize("how", [DoneHow.CONFIRMED, DoneHow.ELSEWHERE, DoneHow.SKIPPED, DoneHow.PASSED_OVER])
def test_an_offset_from_the_step_before_starts_on_the_day_it_was_done_or_gone_past(how: DoneHow) -> None:
    before = done("courtesy_reminder", on=date(2026, 3, 20), how=how)
    decision = decide(a_case(done=before), a_ladder(a_step(), FOLLOWING), paris("2026-03-20 10:00"))
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-03-30 09:00")


def test_an_offset_from_a_step_that_is_gone_past_now_starts_now() -> None:
    lapsed = a_step(lapse_after=5)
    decision = decide(a_case(), a_ladder(lapsed, FOLLOWING), paris("2026-03-20 10:00"))
    assert [one.step for one in decision.passed] == ["courtesy_reminder"]
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-03-30 09:00")


def test_an_offset_from_a_step_that_repeats_starts_on_its_last_time() -> None:
    ladder = a_ladder(a_step(repeat=Repeat(14, 2)), FOLLOWING)
    assert told(climb(a_case(), ladder, paris("2026-03-05 10:00")))[:3] == [
        "2026-03-05 10:00 act courtesy_reminder 1/2 by email",
        "2026-03-19 09:00 act courtesy_reminder 2/2 by email",
        "2026-03-30 09:00 act second_reminder by email",  # 29 March is a Sunday
    ]


def test_a_case_that_was_anchored_anew_counts_from_that_day() -> None:
    ladder = a_ladder(a_step(lapse_after=8), SECOND)
    anchored = a_case(anchor=date(2026, 6, 1))
    early, late = (decide(anchored, ladder, paris(moment)) for moment in ("2026-06-03 10:00", "2026-06-10 10:00"))
    assert isinstance(early, Wait)
    assert (early.until, early.next_step) == (paris("2026-06-04 09:00"), ladder.steps[0])
    assert [one.why for one in late.passed] == ["It made sense until 2026-06-09 only."]


def test_the_end_of_the_ladder_waits_for_every_time_of_its_last_step() -> None:
    ladder = a_ladder(AGAIN)
    twice = (MARCH_5, StepDone("courtesy_reminder", date(2026, 3, 19), DoneHow.CONFIRMED, 2))
    decision = decide(a_case(done=twice), ladder, paris("2026-03-20 10:00"))
    assert isinstance(decision, Wait)
    thrice = (*twice, StepDone("courtesy_reminder", date(2026, 4, 2), DoneHow.CONFIRMED, 3))
    end = decide(a_case(done=thrice), ladder, paris("2026-04-02 10:00"))
    assert isinstance(end, Ask)
    assert end.question is QuestionKind.EXHAUSTED
