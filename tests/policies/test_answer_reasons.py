"""One list of reasons for replies and calls: each rests or holds, and says what somebody does next."""

from datetime import date

import pytest

from policies.answer_reasons import REASON_LAWS, AnswerReason, Reach
from policies.answers import interpret
from policies.call_reasons import REASON_OF_CALL
from policies.consequences import SetHold
from policies.facts import HoldKind
from policies.hold_laws import Ending, law_of
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.reason_holds import hold_for

DAY = date(2026, 11, 2)
NAMED = date(2026, 11, 20)

HOLDS: dict[AnswerReason, tuple[HoldKind, date | None] | None] = {
    AnswerReason.NOT_RECEIVED: (HoldKind.MANUAL, date(2026, 11, 9)),
    AnswerReason.PAPERS_MISSING: (HoldKind.MANUAL, date(2026, 11, 9)),
    AnswerReason.WAITING_FOR_APPROVAL: (HoldKind.MANUAL, NAMED),
    AnswerReason.SCHEDULED: (HoldKind.PROMISE, NAMED),
    AnswerReason.SENT: (HoldKind.IN_FLIGHT, date(2026, 11, 12)),
    AnswerReason.PAID: (HoldKind.IN_FLIGHT, date(2026, 11, 7)),
    AnswerReason.PROMISE: (HoldKind.PROMISE, NAMED),
    AnswerReason.CANNOT_PAY_NOW: (HoldKind.MANUAL, date(2026, 11, 9)),
    AnswerReason.DISAGREES: (HoldKind.DISPUTE, None),
    AnswerReason.WRONG_CONTACT: (HoldKind.MANUAL, date(2026, 11, 9)),
    AnswerReason.INSOLVENCY: (HoldKind.INSOLVENCY, None),
    AnswerReason.REFUSES: None,
    AnswerReason.STOP: (HoldKind.OPT_OUT, None),
}


def test_every_reason_has_its_law_and_says_what_comes_next() -> None:
    assert set(REASON_LAWS) == set(AnswerReason)
    assert [one for one, law in REASON_LAWS.items() if not law.sentence or not law.next_step.endswith(".")] == []


@pytest.mark.parametrize("reason", AnswerReason)
def test_a_reason_rests_or_holds_until_its_day(reason: AnswerReason) -> None:
    on = NAMED if REASON_LAWS[reason].needs_day else None
    hold = hold_for(reason, DAY, on, "said so")
    expected = HOLDS[reason]
    assert hold == (None if expected is None else SetHold(*expected, "said so"))


@pytest.mark.parametrize("reason", AnswerReason)
def test_a_hold_without_a_day_is_one_a_person_ends(reason: AnswerReason) -> None:
    held = HOLDS[reason]
    assert held is None or held[1] is not None or law_of(held[0]).ending is Ending.BY_PERSON


def test_what_concerns_the_person_or_the_company_holds_every_invoice_of_the_customer() -> None:
    assert {one for one, law in REASON_LAWS.items() if law.reach is Reach.CUSTOMER} == {
        AnswerReason.WRONG_CONTACT, AnswerReason.INSOLVENCY, AnswerReason.STOP
    }  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "on", "told"),
    [
        (AnswerReason.PROMISE, None, "“Promises to pay on the date below” needs a day; write it as YYYY-MM-DD."),
        (AnswerReason.PROMISE, date(2026, 11, 1), "2026-11-01 has passed; name a day from 2026-11-02 on."),
        (AnswerReason.PAID, NAMED, "Leave the day empty: “Says it is paid” has no use for it."),
    ],
)
def test_a_day_missing_past_or_of_no_use_is_told(reason: AnswerReason, on: date | None, told: str) -> None:
    assert hold_for(reason, DAY, on) == Problem("form", None, "date", told)


@pytest.mark.parametrize("code", ["promised", "says_paid", "disputes"])
def test_a_call_holds_as_a_reply_with_the_same_reason(code: str) -> None:
    reason = REASON_OF_CALL[code]
    given = {"decision": code, "note": "said so"} | ({"date": NAMED.isoformat()} if code == "promised" else {})
    followed = interpret(QuestionKind.CALL_OUTCOME, None, given, DAY)
    assert not any(isinstance(one, Problem) for one in followed)
    held = [(one.kind, one.until) for one in followed if isinstance(one, SetHold)]
    hold = hold_for(reason, DAY, NAMED if code == "promised" else None)
    assert isinstance(hold, SetHold)
    assert held == [(hold.kind, hold.until)]
