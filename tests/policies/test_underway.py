"""What the current step set in motion comes to rest first; then precedence and approval."""

from datetime import date
from typing import Any

import pytest

from policies.case import Agreed, EffectState
from policies.decide import decide
from policies.decisions import Act, Ask, Decision, Reason, Wait
from policies.ladder import ApprovalRule
from policies.questions import QuestionKind
from policies.stages import Channel, Stage
from tests.policies.builders import FR_B2B, a_case, a_ladder, a_step, because, done, effect, paris, the_step

COURTESY = "courtesy_reminder"


def on_5_march(moment: str = "2026-03-05 10:00", **facts: Any) -> Decision:
    """The day of the courtesy reminder."""
    behind = done("upcoming", on=date(2026, 2, 25))
    return decide(a_case(done=behind, **facts), FR_B2B, paris(moment))


@pytest.mark.parametrize("state", [EffectState.RESERVED, EffectState.HANDING_OVER])
def test_a_message_being_handed_over_is_left_alone_for_thirty_seconds(state: EffectState) -> None:
    decision = on_5_march("2026-03-05 10:00:00.250", effects=(effect(COURTESY, state, "2026-03-05 10:00"),))
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-03-05 10:00:31"), Reason.BEING_HANDED_OVER)


def test_a_letter_in_the_print_queue_waits_for_a_person_however_long() -> None:
    queued = effect(COURTESY, EffectState.HANDING_OVER, "2026-03-05 10:00", channel=Channel.LETTER, queued=True)
    for moment in ("2026-03-05 10:00", "2026-03-19 10:00"):
        decision = on_5_march(moment, effects=(queued,))
        assert isinstance(decision, Wait)
        assert (decision.until, because(decision)) == (None, Reason.IN_PRINT_QUEUE)


def test_the_next_step_waits_for_the_end_of_a_delay_that_runs_from_what_became_of_a_letter() -> None:
    decision = on_5_march(letter_until=date(2026, 3, 11))
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-03-12 09:00"), Reason.RESTING)


def test_a_message_that_may_have_left_is_shown_to_a_person_whatever_the_hour() -> None:
    decision = on_5_march("2026-03-07 23:00", effects=(effect(COURTESY, EffectState.AMBIGUOUS, "2026-03-05 10:00"),))
    assert isinstance(decision, Ask)
    assert (decision.question, decision.step) == (QuestionKind.AMBIGUOUS, the_step(COURTESY))


@pytest.mark.parametrize(
    ("attempts", "again"),
    [
        (1, "2026-03-05 10:01"), (2, "2026-03-05 10:05"), (3, "2026-03-05 10:15"), (4, "2026-03-05 11:00"),
        (5, "2026-03-05 14:00"), (6, "2026-03-05 14:00"), (0, "2026-03-05 10:01"),
    ],
)  # fmt: skip
def test_refused_for_now_rests_longer_each_time_and_then_leaves_again(attempts: int, again: str) -> None:
    refused = effect(COURTESY, EffectState.REFUSED, "2026-03-05 10:00", temporary=True, attempts=attempts, words="451")
    decision = on_5_march("2026-03-05 10:00:30", effects=(refused,))
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris(again), Reason.REFUSED_FOR_NOW)
    assert ("words", "451") in decision.because.facts
    retried = on_5_march(again, effects=(refused,))
    assert isinstance(retried, Act)
    assert (retried.step.id, retried.channel) == (COURTESY, Channel.EMAIL)


def test_a_retry_in_the_night_waits_for_the_morning() -> None:
    refused = effect(COURTESY, EffectState.REFUSED, "2026-03-05 17:50", temporary=True, attempts=4)
    decision = on_5_march("2026-03-05 18:50", effects=(refused,))
    assert isinstance(decision, Wait)
    assert (decision.until, because(decision)) == (paris("2026-03-06 09:00"), Reason.OUTSIDE_HOURS)


def test_refused_for_good_goes_by_the_fallback() -> None:
    decision = on_5_march(effects=(effect(COURTESY, EffectState.REFUSED, "2026-03-05 09:00"),))
    assert isinstance(decision, Act)
    assert (decision.step.id, decision.channel) == (COURTESY, Channel.SMS)


@pytest.mark.parametrize("reach", [frozenset({Channel.EMAIL}), frozenset()])
@pytest.mark.parametrize("temporary", [False])
def test_refused_for_good_without_a_fallback_is_asked_and_never_passed_over(
    reach: frozenset[Channel], temporary: bool
) -> None:
    refused = effect(COURTESY, EffectState.REFUSED, "2026-03-05 09:00", temporary=temporary)
    decision = on_5_march("2026-06-05 10:00", effects=(refused,), reach=reach)
    assert isinstance(decision, Ask)
    assert (decision.question, decision.step, decision.passed) == (
        QuestionKind.UNDELIVERABLE, the_step(COURTESY), ()
    )  # fmt: skip


def test_an_address_that_died_between_two_attempts_is_asked_about() -> None:
    refused = effect(COURTESY, EffectState.REFUSED, "2026-03-05 09:00", temporary=True)
    decision = on_5_march(effects=(refused,), reach=frozenset({Channel.CALL}))
    assert isinstance(decision, Ask)
    assert decision.question is QuestionKind.UNDELIVERABLE


def test_a_planned_or_voided_attempt_changes_nothing() -> None:
    effects = tuple(effect(COURTESY, state, "2026-03-05 09:00") for state in (EffectState.PLANNED, EffectState.VOIDED))
    assert on_5_march(effects=effects) == on_5_march()


def test_a_confirmed_message_counts_as_done_even_before_it_is_recorded() -> None:
    decision = on_5_march(effects=(effect(COURTESY, EffectState.CONFIRMED, "2026-03-05 09:00"),))
    assert isinstance(decision, Wait)
    assert (decision.until, decision.next_step) == (paris("2026-03-16 09:00"), the_step("second_reminder"))


def test_a_confirmed_proposal_asks_for_its_outcome() -> None:
    confirmed = effect("mediation", EffectState.CONFIRMED, "2026-04-21 10:00")
    behind = done("follow_up_call", on=date(2026, 4, 14))
    decision = decide(a_case(done=behind, effects=(confirmed,)), FR_B2B, paris("2026-04-21 22:00"))
    assert isinstance(decision, Ask)
    assert (decision.question, because(decision)) == (QuestionKind.MEDIATION_OUTCOME, Reason.OUTCOME_UNKNOWN)


@pytest.mark.parametrize("state", [EffectState.AMBIGUOUS, EffectState.REFUSED, EffectState.CONFIRMED])
def test_what_goes_besides_never_holds_the_step_up_and_is_not_sent_twice(state: EffectState) -> None:
    besides = effect("second_reminder", state, "2026-03-16 09:00", channel=Channel.SMS)
    case = a_case(done=done("upcoming", COURTESY, on=date(2026, 3, 5)), effects=(besides,))
    decision = decide(case, FR_B2B, paris("2026-03-16 10:00"))
    assert isinstance(decision, Act)
    assert (decision.channel, decision.also) == (Channel.EMAIL, ())


def test_what_goes_besides_goes_again_when_it_was_refused_for_now() -> None:
    besides = effect("second_reminder", EffectState.REFUSED, "2026-03-16 09:00", channel=Channel.SMS, temporary=True)
    case = a_case(done=done("upcoming", COURTESY, on=date(2026, 3, 5)), effects=(besides,))
    decision = decide(case, FR_B2B, paris("2026-03-16 10:00"))
    assert isinstance(decision, Act)
    assert decision.also == (Channel.SMS,)


def test_a_call_without_an_answer_is_asked_again() -> None:
    missed = effect("follow_up_call", EffectState.REFUSED, "2026-04-14 10:00", channel=Channel.CALL)
    case = a_case(done=done("formal_notice", on=date(2026, 4, 1)), effects=(missed,))
    decision = decide(case, FR_B2B, paris("2026-04-16 10:00"))
    assert isinstance(decision, Ask)
    assert (decision.question, decision.step) == (QuestionKind.CALL_OUTCOME, the_step("follow_up_call"))


def test_a_lapsed_step_that_was_refused_for_now_lapses_all_the_same() -> None:
    refused = effect("upcoming", EffectState.REFUSED, "2026-02-27 10:00", temporary=True)
    decision = decide(a_case(effects=(refused,)), FR_B2B, paris("2026-03-02 10:00"))
    assert [one.step for one in decision.passed] == ["upcoming"]


def test_a_message_in_doubt_does_not_lapse() -> None:
    doubtful = effect("upcoming", EffectState.AMBIGUOUS, "2026-02-27 10:00")
    decision = decide(a_case(effects=(doubtful,)), FR_B2B, paris("2026-03-04 10:00"))
    assert isinstance(decision, Ask)
    assert (decision.question, decision.passed) == (QuestionKind.AMBIGUOUS, ())


@pytest.mark.parametrize(
    ("until", "leaves"),
    [(None, None), (date(2026, 3, 5), "2026-03-06 09:00"), (date(2026, 4, 3), "2026-04-07 09:00")],
)
def test_a_gentler_message_gives_way_to_a_harder_stage(until: date | None, leaves: str | None) -> None:
    decision = on_5_march(harder=Stage.FORMAL_NOTICE, harder_until=until)
    assert isinstance(decision, Wait)
    assert because(decision) is Reason.HARDER_STAGE_OPEN
    assert decision.until == (None if leaves is None else paris(leaves))


@pytest.mark.parametrize(
    ("harder", "until"),
    [(Stage.COURTESY_REMINDER, None), (Stage.UPCOMING, None), (Stage.FORMAL_NOTICE, date(2026, 3, 4))],
)
def test_it_leaves_beside_the_same_or_a_gentler_stage_or_when_the_deadline_is_over(
    harder: Stage, until: date | None
) -> None:
    assert isinstance(on_5_march(harder=harder, harder_until=until), Act)


def test_calls_and_files_do_not_give_way() -> None:
    case = a_case(done=done("formal_notice", on=date(2026, 4, 1)), harder=Stage.LEGAL)
    assert isinstance(decide(case, FR_B2B, paris("2026-04-14 10:00")), Ask)


APPROVED = a_step(approval=ApprovalRule.ABOVE, approval_above={"EUR": 500000})


@pytest.mark.parametrize(
    ("overdue", "currency", "question"),
    [
        (500000, "EUR", QuestionKind.DAILY_REVIEW),
        (500001, "EUR", QuestionKind.APPROVE),
        (100, "CHF", QuestionKind.APPROVE),
    ],
)
def test_the_customers_total_decides_which_question_is_asked(
    overdue: int, currency: str, question: QuestionKind
) -> None:
    case = a_case(customer_overdue=overdue, currency=currency)
    decision = decide(case, a_ladder(APPROVED), paris("2026-03-05 10:00"))
    assert isinstance(decision, Ask)
    assert (decision.question, decision.step) == (question, APPROVED)


@pytest.mark.parametrize(
    ("agreed", "acts"),
    [
        (Agreed("courtesy_reminder", QuestionKind.APPROVE, date(2026, 3, 4)), True),
        (Agreed("courtesy_reminder", QuestionKind.DAILY_REVIEW, date(2026, 3, 4)), True),
        (Agreed("courtesy_reminder", QuestionKind.CALL_OUTCOME, date(2026, 3, 4)), False),
        (Agreed("agency", QuestionKind.APPROVE, date(2026, 3, 4)), False),
    ],
)
def test_only_an_agreement_to_this_very_step_lets_it_leave(agreed: Agreed, acts: bool) -> None:
    decision = decide(a_case(agreed=(agreed,)), a_ladder(APPROVED), paris("2026-03-05 10:00"))
    assert isinstance(decision, Act) is acts


def test_always_means_a_question_of_its_own_however_small_the_amount() -> None:
    ladder = a_ladder(a_step(approval=ApprovalRule.ALWAYS))
    decision = decide(a_case(customer_overdue=1), ladder, paris("2026-03-05 10:00"))
    assert isinstance(decision, Ask)
    assert (decision.question, because(decision)) == (QuestionKind.APPROVE, Reason.NEEDS_APPROVAL)


def test_a_question_put_in_the_morning_is_still_asked_when_the_case_is_looked_at_in_the_night() -> None:
    asked = a_case(asked=frozenset({"courtesy_reminder"}))
    decided = decide(asked, a_ladder(APPROVED), paris("2026-03-05 23:00"))
    assert isinstance(decided, Ask)
    assert decided.question is QuestionKind.DAILY_REVIEW


def test_nobody_is_asked_before_the_step_may_leave() -> None:
    assert isinstance(decide(a_case(), a_ladder(APPROVED), paris("2026-03-05 08:00")), Wait)
