"""What comes before the ladder: a settled case is closed, a switched-off or held one waits."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from policies.case import Case, DatedAmount, Hold, HoldKind
from policies.decide import decide
from policies.decisions import Ask, Because, Close, Outcome, Reason, Wait
from policies.questions import QuestionKind
from tests.policies.builders import FR_B2B, a_case, because, paris

NOW = paris("2026-03-05 10:00")
PUNCTUAL = replace(FR_B2B, promise_grace=0)
"""The shipped ladder, with money that is there on the day."""


@pytest.mark.parametrize(
    ("facts", "outcome", "told"),
    [
        ({"principal": 0, "paid": 125000}, Outcome.PAID, (("paid", "1250.00"), ("currency", "EUR"))),
        ({"principal": -5, "paid": 125005}, Outcome.PAID, (("paid", "1250.05"), ("currency", "EUR"))),
        ({"principal": 0, "paid": 100000, "credited": 25000}, Outcome.PAID, (("paid", "1000.00"), ("currency", "EUR"))),
        ({"principal": 0, "credited": 125000}, Outcome.CREDITED, (("credited", "1250.00"), ("currency", "EUR"))),
        ({"principal": 0, "original": 0}, Outcome.PAID, (("paid", "0.00"), ("currency", "EUR"))),
        ({"written_off": "too small"}, Outcome.WRITTEN_OFF, (("reason", "too small"),)),
        ({"withdrawn": "our mistake", "switched_off": True}, Outcome.WITHDRAWN, (("reason", "our mistake"),)),
        ({"written_off": "bankrupt", "principal": 0}, Outcome.PAID, (("paid", "0.00"), ("currency", "EUR"))),
        ({"given_up": 40000, "principal": 0, "paid": 85000}, Outcome.WRITTEN_OFF, (("reason", "in part"),)),
    ],
)
def test_a_settled_case_is_closed_with_its_outcome(
    facts: dict[str, Any], outcome: Outcome, told: tuple[tuple[str, str], ...]
) -> None:
    decision = decide(a_case(**facts, holds=(a_hold(until=None),)), PUNCTUAL, NOW)
    assert isinstance(decision, Close)
    assert (decision.outcome, decision.because.facts, decision.passed) == (outcome, told, ())


def test_a_creditor_who_switched_collecting_off_waits_for_a_fact() -> None:
    case = a_case(switched_off=True, holds=(a_hold(until=None, must_answer=True),))
    assert decide(case, PUNCTUAL, NOW) == Wait(None, Because(Reason.SWITCHED_OFF))


@pytest.mark.parametrize(
    ("until", "leaves"),
    [
        (date(2026, 3, 5), "2026-03-06 09:00"),
        (date(2026, 3, 6), "2026-03-09 09:00"),  # Friday: Monday is the next sending day
        (date(2026, 4, 3), "2026-04-07 09:00"),  # Easter Monday is a holiday
    ],
)
def test_a_hold_waits_for_the_first_sending_moment_after_its_last_day(until: date, leaves: str) -> None:
    decision = decide(held_case(a_hold(until=until)), PUNCTUAL, NOW)
    assert isinstance(decision, Wait)
    assert decision.until == paris(leaves)
    facts = (("hold", "promise"), ("reason", "promised"), ("until", until.isoformat()), ("owner", "marie"))
    assert decision.because == Because(Reason.ON_HOLD, facts)


def test_a_hold_without_an_end_waits_for_its_owner() -> None:
    decision = decide(held_case(a_hold(until=date(2026, 4, 1)), a_hold(HoldKind.DISPUTE, None)), PUNCTUAL, NOW)
    assert isinstance(decision, Wait)
    assert decision.until is None
    assert decision.because.facts[0] == ("hold", "dispute")


def test_the_last_of_several_holds_decides() -> None:
    decision = decide(held_case(a_hold(until=date(2026, 3, 20)), a_hold(until=date(2026, 3, 6))), PUNCTUAL, NOW)
    assert isinstance(decision, Wait)
    assert decision.until == paris("2026-03-23 09:00")


def test_a_hold_ends_with_the_debtors_day_not_with_ours() -> None:
    hold = a_hold(until=date(2026, 3, 5))
    evening, midnight = paris("2026-03-05 23:59"), paris("2026-03-06 00:00")
    assert because(decide(held_case(hold), PUNCTUAL, evening)) is Reason.ON_HOLD
    assert because(decide(held_case(hold), PUNCTUAL, midnight)) is Reason.OUTSIDE_HOURS


def test_a_run_stopped_by_a_person_asks_its_owner_even_beside_other_holds() -> None:
    stopped = a_hold(HoldKind.MANUAL, None, must_answer=True)
    decision = decide(held_case(a_hold(HoldKind.DISPUTE, None), stopped), PUNCTUAL, NOW)
    assert isinstance(decision, Ask)
    assert (decision.question, decision.step) == (QuestionKind.HOLD_REVIEW, None)
    assert because(decision) is Reason.STOPPED_BY_A_PERSON


def test_a_hold_that_is_over_holds_nothing() -> None:
    decision = decide(held_case(a_hold(until=date(2026, 3, 4), must_answer=True)), PUNCTUAL, NOW)
    assert because(decision) is Reason.STEP_DUE


@pytest.mark.parametrize("kind", [HoldKind.DISPUTE, HoldKind.COMPLAINT, HoldKind.INSOLVENCY, HoldKind.UNREAD_REPLY])
def test_what_only_a_person_can_end_is_asked_about_when_its_day_has_passed(kind: HoldKind) -> None:
    on_its_day = decide(held_case(a_hold(kind, date(2026, 3, 5))), PUNCTUAL, NOW)
    assert because(on_its_day) is Reason.ON_HOLD
    asked = decide(held_case(a_hold(kind, date(2026, 3, 4))), PUNCTUAL, NOW)
    assert isinstance(asked, Ask)
    assert (asked.question, because(asked)) == (QuestionKind.HOLD_REVIEW, Reason.HOLD_TO_REVIEW)


def test_a_promise_is_waited_for_with_the_days_its_money_travels() -> None:
    ladder = FR_B2B
    waits = decide(held_case(a_hold(until=date(2026, 3, 5))), ladder, paris("2026-03-09 10:00"))
    assert isinstance(waits, Wait)
    assert waits.until == paris("2026-03-10 09:00")  # Thursday, then Friday and Monday for the bank
    told = dict(waits.because.facts)
    assert (told["until"], told["waited_through"]) == ("2026-03-05", "2026-03-09")
    assert because(decide(held_case(a_hold(until=date(2026, 3, 5))), ladder, paris("2026-03-10 10:00"))) is (
        Reason.STEP_DUE
    )


def test_a_plan_waits_for_its_next_payment_and_goes_on_when_one_is_missed() -> None:
    agreed = (DatedAmount(date(2026, 3, 5), 500_00), DatedAmount(date(2026, 4, 7), 750_00))
    plan = replace(a_hold(HoldKind.PLAN), instalments=agreed, receipts=(DatedAmount(date(2026, 3, 4), 500_00),))
    waits = decide(held_case(plan), PUNCTUAL, NOW)
    assert isinstance(waits, Wait)
    assert waits.until == paris("2026-04-08 09:00")
    missed = replace(plan, receipts=())
    assert because(decide(held_case(missed), PUNCTUAL, paris("2026-03-06 10:00"))) is Reason.STEP_DUE


def test_a_plan_of_which_no_further_day_is_known_asks_its_owner() -> None:
    plan = replace(a_hold(HoldKind.PLAN, date(2026, 3, 5)), receipts=(DatedAmount(date(2026, 3, 4), 500_00),))
    asked = decide(held_case(plan), PUNCTUAL, NOW)
    assert isinstance(asked, Ask)
    assert because(asked) is Reason.HOLD_TO_REVIEW


def test_an_opt_out_alone_does_not_stop_the_case() -> None:
    decision = decide(held_case(a_hold(HoldKind.OPT_OUT)), PUNCTUAL, NOW)
    assert because(decision) is not Reason.ON_HOLD


def a_hold(kind: HoldKind = HoldKind.PROMISE, until: date | None = None, must_answer: bool = False) -> Hold:
    return Hold(kind, "promised", date(2026, 3, 1), until, "marie", must_answer)


def held_case(*holds: Hold) -> Case:
    return a_case(holds=holds)
