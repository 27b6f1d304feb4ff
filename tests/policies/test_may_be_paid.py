"""While money that has come may be for an invoice, what accuses its debtor waits, and says why."""

from datetime import UTC, date, datetime

from policies.case import DoneHow, PossiblePayment, StepDone
from policies.decide import decide
from policies.decisions import Act, Ask, Reason, Wait
from policies.explain import explain
from policies.said import sentence
from tests.policies.builders import FR_B2B, a_case

REMINDER_DUE = datetime(2026, 3, 5, 9, tzinfo=UTC)
NOTICE_DUE = datetime(2026, 4, 2, 9, tzinfo=UTC)
REMINDED = (
    StepDone("upcoming", date(2026, 2, 25), DoneHow.CONFIRMED),
    StepDone("courtesy_reminder", date(2026, 3, 5), DoneHow.CONFIRMED),
    StepDone("second_reminder", date(2026, 3, 16), DoneHow.CONFIRMED),
)
PROPOSED = PossiblePayment(12, 125000, "EUR", date(2026, 3, 4), "DUPONT", proposed=True)
POSSIBLE = PossiblePayment(13, 125000, "EUR", date(2026, 3, 4), "SCI DU PORT", proposed=False)


def test_a_payment_proposed_for_it_stops_even_a_courtesy_reminder() -> None:
    case = a_case(done=REMINDED[:1], may_be_paid=(PROPOSED,))
    decision = decide(case, FR_B2B, REMINDER_DUE)
    assert isinstance(decision, Wait)
    assert (decision.until, decision.because.code) == (None, Reason.MAY_BE_PAID)
    assert sentence(decision) == (
        "the courtesy reminder waits, because 1250.00 EUR booked on 2026-03-04 may be for it (bank line 12)"
    )


def test_a_payment_that_could_settle_it_lets_reminders_leave() -> None:
    case = a_case(done=REMINDED[:1], may_be_paid=(POSSIBLE,))
    assert isinstance(decide(case, FR_B2B, REMINDER_DUE), Act)


def test_a_payment_that_could_settle_it_stops_a_formal_notice_and_its_question() -> None:
    free = decide(a_case(done=REMINDED), FR_B2B, NOTICE_DUE)
    assert isinstance(free, Ask)
    decision = decide(a_case(done=REMINDED, may_be_paid=(POSSIBLE,)), FR_B2B, NOTICE_DUE)
    assert isinstance(decision, Wait)
    assert decision.because.facts == (
        ("payment", "13"), ("amount", "1250.00"), ("currency", "EUR"), ("booked", "2026-03-04"), ("proposed", "no"),
    )  # fmt: skip


def test_a_credit_note_that_settles_nothing_stops_a_formal_notice_and_no_reminder() -> None:
    credit = PossiblePayment(0, 30_00, "EUR", date(2026, 2, 20), "", proposed=False, credit_note="AV-9")
    decision = decide(a_case(done=REMINDED, may_be_paid=(credit,)), FR_B2B, NOTICE_DUE)
    assert isinstance(decision, Wait)
    assert sentence(decision).endswith("waits, because 30.00 EUR of credit note AV-9 is set against no invoice")
    assert isinstance(decide(a_case(done=REMINDED[:1], may_be_paid=(credit,)), FR_B2B, REMINDER_DUE), Act)
    stopped = explain(a_case(done=REMINDED, may_be_paid=(credit,)), FR_B2B, NOTICE_DUE).rules[-1]
    assert stopped.answer == (
        "Yes: 30.00 EUR of credit note AV-9 of 20 Feb 2026, which is set against no invoice; "
        "it waits until that is matched or set aside"
    )


def test_before_the_steps_time_the_case_waits_for_that_time() -> None:
    decision = decide(a_case(done=REMINDED, may_be_paid=(PROPOSED,)), FR_B2B, datetime(2026, 3, 20, 9, tzinfo=UTC))
    assert isinstance(decision, Wait)
    assert decision.because.code is not Reason.MAY_BE_PAID


def test_an_explanation_tells_which_money_it_is() -> None:
    stopped = explain(a_case(done=REMINDED, may_be_paid=(POSSIBLE,)), FR_B2B, NOTICE_DUE).rules[-1]
    assert (stopped.rule, stopped.answer) == (
        "may_be_paid",
        (
            "Yes: 1250.00 EUR of 4 Mar 2026 from SCI DU PORT (bank line 13), whose amount or name could settle it; "
            "it waits until that is matched or set aside"
        ),
    )
    rules = explain(a_case(done=REMINDED[:1], may_be_paid=(POSSIBLE,)), FR_B2B, REMINDER_DUE).rules
    assert [one.answer for one in rules if one.rule == "may_be_paid"] == [
        (
            "It may have: 1250.00 EUR of 4 Mar 2026 from SCI DU PORT (bank line 13), whose amount or name could settle it; "
            "a courtesy reminder accuses nobody and may leave"
        )
    ]
