"""The climb: t(n), gaps, lapses, conditions, and what was done before us."""

from datetime import date
from typing import Any

import pytest

from policies.case import Case, DoneHow, Hold, HoldKind
from policies.decide import decide
from policies.decisions import Act, Ask, Decision, Passed, Reason, Wait
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from tests.policies.builders import DUE, FR_B2B, a_case, a_ladder, a_step, because, done, paris, the_step


def at(moment: str, **facts: Any) -> Decision:
    return decide(a_case(**facts), FR_B2B, paris(moment))


def test_before_its_offset_a_step_waits() -> None:
    decision = at("2026-02-20 10:00")
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step) == (paris("2026-02-25 09:00"), the_step("upcoming"))
    assert because(decision) is Reason.NOT_YET_DUE


def test_on_its_day_but_before_the_hour_it_waits_for_the_hour() -> None:
    decision = at("2026-02-25 07:00")
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-02-25 09:00"), Reason.OUTSIDE_HOURS)


def test_on_its_day_and_hour_it_leaves() -> None:
    decision = at("2026-02-25 09:00")
    assert isinstance(decision, Act)
    assert (decision.step, decision.channel, decision.also) == (the_step("upcoming"), Channel.EMAIL, ())


def test_a_late_contact_moves_the_next_step_by_its_gap() -> None:
    decision = at("2026-03-20 10:00", done=done("upcoming", "courtesy_reminder", on=date(2026, 3, 18)))
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-03-25 09:00"), Reason.RESTING)


def test_a_gap_that_ends_on_the_offset_day_does_not_delay() -> None:
    decision = at("2026-03-02 10:00", done=done("upcoming", on=date(2026, 3, 1)))
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-03-05 09:00"), Reason.NOT_YET_DUE)


@pytest.mark.parametrize("how", [DoneHow.SKIPPED, DoneHow.LAPSED, DoneHow.PASSED_OVER])
def test_a_step_without_contact_frees_the_next_one_at_once(how: DoneHow) -> None:
    decision = at("2026-03-20 10:00", done=done("upcoming", "courtesy_reminder", on=date(2026, 3, 20), how=how))
    assert isinstance(decision, Act)
    assert decision.step.id == "second_reminder"


@pytest.mark.parametrize("how", [DoneHow.CONFIRMED, DoneHow.ELSEWHERE])
def test_a_contact_here_or_elsewhere_keeps_the_gap(how: DoneHow) -> None:
    decision = at("2026-03-20 10:00", done=done("upcoming", "courtesy_reminder", on=date(2026, 3, 19), how=how))
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-03-26 09:00")


def test_the_latest_contact_counts_whatever_came_after_it_without_one() -> None:
    behind = done("upcoming", on=date(2026, 3, 19)) + done(
        "courtesy_reminder", on=date(2026, 3, 20), how=DoneHow.SKIPPED
    )
    decision = at("2026-03-20 10:00", done=behind)
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-03-26 09:00")


def test_the_upcoming_notice_lapses_on_the_due_date() -> None:
    eve, day = at("2026-03-01 23:59"), at("2026-03-02 09:00")
    lapsed = Passed("upcoming", DoneHow.LAPSED, DUE, "It made sense until 2026-03-01 only.")
    assert (eve.passed, day.passed) == ((), (lapsed,))
    assert isinstance(day, Wait)
    assert (day.until, day.next_step) == (paris("2026-03-05 09:00"), the_step("courtesy_reminder"))


def test_a_step_that_lapses_before_it_can_leave_is_neither_awaited_nor_announced() -> None:
    decision = at("2026-02-28 10:00")  # a Saturday: the next sending moment is on the due date
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step) == (paris("2026-03-02 09:00"), None)


def test_a_lapse_is_told_by_the_debtors_day() -> None:
    before, after = at("2026-03-01 23:59:59"), at("2026-03-02 00:00:00")
    assert ([one.step for one in before.passed], [one.step for one in after.passed]) == ([], ["upcoming"])


def test_imported_sixty_days_late_the_courtesy_reminder_leaves_first() -> None:
    decision = at("2026-05-04 10:00")
    assert isinstance(decision, Act)
    assert (decision.step.id, [one.step for one in decision.passed]) == ("courtesy_reminder", ["upcoming"])


def test_nothing_gentler_than_a_stage_reached_elsewhere_ever_leaves() -> None:
    reached = done("second_reminder", on=date(2026, 3, 10), how=DoneHow.ELSEWHERE)
    decision = at("2026-05-04 10:00", done=reached)
    assert isinstance(decision, Ask)
    assert decision.step == the_step("formal_notice")


CLIMBED = done("upcoming", "courtesy_reminder", "second_reminder", "formal_notice", on=date(2026, 4, 1)) + done(
    "follow_up_call", on=date(2026, 4, 14)
)


@pytest.mark.parametrize(
    ("overdue", "currency", "why"),
    [
        (200000, "EUR", "The customer's overdue total of 2000.00 EUR is not above 2000.00 EUR."),
        (900000, "USD", "The policy names no limit in USD for this step."),
    ],
)
def test_a_step_whose_condition_fails_is_passed_over(overdue: int, currency: str, why: str) -> None:
    decision = at("2026-04-21 10:00", done=CLIMBED, customer_overdue=overdue, currency=currency)
    assert decision.passed == (Passed("mediation", DoneHow.PASSED_OVER, date(2026, 4, 21), why),)
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step) == (paris("2026-05-18 09:00"), the_step("agency"))


def test_a_step_whose_condition_holds_leaves() -> None:
    decision = at("2026-04-21 10:00", done=CLIMBED, customer_overdue=200001)
    assert isinstance(decision, Act)
    assert decision.step.id == "mediation"


@pytest.mark.parametrize("moment", ["2026-04-20 10:00", "2026-04-21 08:59"])
def test_a_condition_is_looked_at_only_when_the_time_has_come(moment: str) -> None:
    decision = at(moment, done=CLIMBED, customer_overdue=0)
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step) == (paris("2026-04-21 09:00"), the_step("mediation"))
    assert decision.passed == ()


def test_without_any_channel_a_step_is_passed_over_when_its_time_has_come() -> None:
    early, day = at("2026-03-04 10:00", reach=frozenset()), at("2026-03-05 10:00", reach=frozenset())
    assert [one.step for one in early.passed] == ["upcoming"]
    assert day.passed[1] == Passed(
        "courtesy_reminder", DoneHow.PASSED_OVER, date(2026, 3, 5), "The customer cannot be reached by email or sms."
    )


def test_a_fallback_carries_the_step_where_the_first_channel_cannot() -> None:
    decision = at("2026-03-05 10:00", reach=frozenset({Channel.SMS}))
    assert isinstance(decision, Act)
    assert decision.channel is Channel.SMS


def test_a_file_can_always_be_handed_over() -> None:
    ladder = a_ladder(a_step(id="agency", stage=Stage.AGENCY, channels=(Channel.HANDOVER,)))
    decision = decide(a_case(reach=frozenset()), ladder, paris("2026-03-05 10:00"))
    assert isinstance(decision, Act)
    assert decision.channel is Channel.HANDOVER


def test_what_goes_besides_goes_only_where_it_can_be_reached() -> None:
    behind = done("upcoming", "courtesy_reminder", on=date(2026, 3, 5))
    both = at("2026-03-16 10:00", done=behind)
    mail = at("2026-03-16 10:00", done=behind, reach=frozenset({Channel.EMAIL}))
    assert isinstance(both, Act)
    assert isinstance(mail, Act)
    assert (both.also, mail.also) == ((Channel.SMS,), ())


def test_a_call_is_the_question_for_its_outcome() -> None:
    behind = done("upcoming", "courtesy_reminder", "second_reminder", "formal_notice", on=date(2026, 4, 1))
    decision = at("2026-04-14 10:00", done=behind)
    assert isinstance(decision, Ask)
    assert (decision.question, decision.step) == (QuestionKind.CALL_OUTCOME, the_step("follow_up_call"))
    assert because(decision) is Reason.STEP_DUE


def test_a_formal_notice_waits_for_the_end_of_the_closed_season() -> None:
    behind = done("upcoming", "courtesy_reminder", "second_reminder", on=date(2026, 7, 13))
    decision = at("2026-07-20 10:00", due=date(2026, 6, 29), done=behind)
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-08-26 09:00"), Reason.CLOSED_SEASON)


ALL = tuple(step.id for step in FR_B2B.steps)


def test_at_the_end_of_the_ladder_a_person_is_asked_after_the_rest() -> None:
    rest, end = (
        at("2026-07-16 10:00", done=done(*ALL, on=date(2026, 6, 17))),
        at("2026-07-17 10:00", done=done(*ALL, on=date(2026, 6, 17))),
    )
    assert isinstance(rest, Wait)
    assert (rest.until, rest.next_step) == (paris("2026-07-17 09:00"), None)
    assert isinstance(end, Ask)
    assert (end.question, end.step) == (QuestionKind.EXHAUSTED, None)


def test_a_ladder_climbed_without_any_contact_is_asked_about_at_once() -> None:
    decision = at("2026-06-17 22:00", done=done(*ALL, on=date(2026, 6, 17), how=DoneHow.SKIPPED))
    assert isinstance(decision, Ask)
    assert decision.question is QuestionKind.EXHAUSTED


def test_a_ledger_that_writes_the_last_day_of_time_for_no_due_date_is_waited_for() -> None:
    case: Case = a_case(due=date(9999, 12, 31))
    assert isinstance(decide(case, FR_B2B, paris("2026-03-05 10:00")), Wait)
    assert isinstance(decide(a_case(due=date.min), FR_B2B, paris("2026-03-05 10:00")), Act)


def opted_out(*channels: Channel) -> Hold:
    return Hold(HoldKind.OPT_OUT, "asked for it", DUE, None, "marie", channels=frozenset(channels))


def test_a_channel_the_customer_does_not_want_carries_nothing_but_what_the_law_demands() -> None:
    no_mail = at("2026-03-05 10:00", holds=(opted_out(Channel.EMAIL),))
    assert isinstance(no_mail, Act)
    assert (no_mail.step.id, no_mail.channel) == ("courtesy_reminder", Channel.SMS)
    no_text = at("2026-03-16 10:00", done=done("courtesy_reminder", on=DUE), holds=(opted_out(Channel.SMS),))
    assert isinstance(no_text, Act)
    assert (no_text.step.id, no_text.channel, no_text.also) == ("second_reminder", Channel.EMAIL, ())
    nothing = at("2026-03-05 10:00", holds=(opted_out(),))
    assert [one.step for one in nothing.passed] == ["upcoming", "courtesy_reminder"]
    notice = at("2026-04-01 10:00", done=done("second_reminder", on=date(2026, 3, 16)), holds=(opted_out(),))
    assert isinstance(notice, Ask)
    assert (notice.question, notice.step) == (QuestionKind.DAILY_REVIEW, the_step("formal_notice"))
