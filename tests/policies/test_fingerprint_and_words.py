"""The fingerprint of what was shown, and decisions in words."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from policies.answers import choices
from policies.case import Calendar, DoneHow, EffectState, Hold, HoldKind
from policies.decide import decide
from policies.decisions import Because, Passed, Reason, Wait
from policies.fingerprint import code_of, decision_text, fingerprint, print_of
from policies.questions import QuestionKind
from policies.said import passed_sentence, sentence
from policies.stages import Channel, Stage
from tests.policies.builders import FR_B2B, PARIS, a_case, done, effect, paris


def test_a_fingerprint_is_six_hex_characters_of_the_content() -> None:
    assert fingerprint(["approve", "1250.00"]) == fingerprint(part for part in ("approve", "1250.00"))
    assert fingerprint(["approve"]) == "6a38a6"
    assert fingerprint([]) == "e3b0c4"


def test_the_same_letters_cut_elsewhere_are_another_content() -> None:
    assert len({fingerprint(parts) for parts in (["ab", "c"], ["a", "bc"], ["abc"], ["abc", ""], ["", "abc"])}) == 5


def test_a_decision_carries_its_sentence_the_facts_and_the_fingerprint() -> None:
    text = decision_text("Send the formal notice", "1 250,00 € → compta@dupont.fr", "3f9a12")
    assert text == "Send the formal notice · 1 250,00 € → compta@dupont.fr · 3f9a12"
    offered = choices(QuestionKind.APPROVE, Stage.FORMAL_NOTICE)
    assert (code_of(text, offered), print_of(text)) == ("send", "3f9a12")


@pytest.mark.parametrize(
    ("text", "code", "mark"),
    [
        ("Send the formal notice · 3f9a12", "send", "3f9a12"),
        ("Wait 7 days · a · b · 3f9a12", "wait_7", "3f9a12"),
        ("Send the formal notice", "send", None),
        ("Send the formal notice today · 3f9a12", None, "3f9a12"),
        ("send · 3F9A12", None, None),
        ("", None, None),
    ],
)
def test_a_decision_is_recognised_by_its_whole_sentence(text: str, code: str | None, mark: str | None) -> None:
    assert (code_of(text, choices(QuestionKind.APPROVE, Stage.FORMAL_NOTICE)), print_of(text)) == (code, mark)


CLIMBED = done("formal_notice", on=date(2026, 4, 1))


@pytest.mark.parametrize(
    ("moment", "facts", "said"),
    [
        ("2026-02-20 10:00", {}, "upcoming notice on 25 Feb"),
        ("2026-02-28 10:00", {}, "waits until 2 Mar"),
        ("2026-03-05 10:00", {}, "courtesy reminder leaves by email"),
        ("2026-07-27 10:00", {"due": date(2026, 6, 29), "done": done("second_reminder", on=date(2026, 7, 13))},
         "formal notice on 26 Aug, after the closed season"),
        ("2026-03-05 10:00", {"principal": 0}, "paid in full"),
        ("2026-03-05 10:00", {"written_off": "bankrupt"}, "written off: bankrupt"),
        ("2026-03-05 10:00", {"switched_off": True}, "collecting is switched off"),
        ("2026-03-05 10:00", {"holds": (Hold(HoldKind.PROMISE, "12 March", date(2026, 3, 1), date(2026, 3, 12), "m"),)},
         "on hold (promise: 12 March) until 12 Mar 2026"),
        ("2026-03-05 10:00", {"holds": (Hold(HoldKind.IN_FLIGHT, "cheque", date(2026, 3, 1), None, "m"),)},
         "on hold (in flight: cheque) until its owner ends it"),
        ("2026-03-05 10:00", {"holds": (Hold(HoldKind.MANUAL, "x", date(2026, 3, 1), None, "m", must_answer=True),)},
         "stopped by a person, who decides whether it goes on"),
        ("2026-03-05 10:00", {"harder": Stage.LEGAL},
         "the courtesy reminder gives way to a harder stage of another invoice"),
        ("2026-03-05 10:00", {"harder": Stage.FORMAL_NOTICE, "harder_until": date(2026, 3, 12)},
         "the courtesy reminder gives way to a harder stage of another invoice, looked at again on 13 Mar"),
        ("2026-03-05 10:00", {"effects": (effect("courtesy_reminder", EffectState.HANDING_OVER, "2026-03-05 10:00"),)},
         "the courtesy reminder is being handed over, looked at again on 5 Mar"),
        ("2026-03-05 10:00", {"effects": (effect("courtesy_reminder", EffectState.AMBIGUOUS, "2026-03-05 10:00"),)},
         "the courtesy reminder may or may not have arrived; a person checks"),
        ("2026-04-14 10:00", {"done": CLIMBED}, "waits for the outcome of the follow-up call"),
        ("2026-04-14 10:00", {"done": done("second_reminder", on=date(2026, 3, 16))},
         "the formal notice waits in the daily review"),
        ("2026-05-18 10:00", {"done": done("mediation", on=date(2026, 4, 1))},
         "waits for approval of the collection agency"),
        ("2026-09-18 10:00", {"done": done("legal", on=date(2026, 4, 1))},
         "every step is done; a person decides what becomes of it"),
    ],
)  # fmt: skip
def test_a_decision_reads_as_plain_words(moment: str, facts: dict[str, Any], said: str) -> None:
    case = a_case(**facts)
    assert sentence(decide(case, FR_B2B, paris(moment)), case.calendar) == said


def test_days_are_told_in_the_debtors_calendar() -> None:
    wait = Wait(datetime(2026, 3, 4, 23, 30, tzinfo=UTC), Because(Reason.NOT_YET_DUE), FR_B2B.steps[1])
    assert (sentence(wait), sentence(wait, Calendar(PARIS))) == (
        "courtesy reminder on 4 Mar", "courtesy reminder on 5 Mar"
    )  # fmt: skip


def test_a_ladder_that_leaves_no_day_says_so() -> None:
    wait = Wait(None, Because(Reason.CLOSED_SEASON), FR_B2B.steps[3])
    assert sentence(wait) == "no day is left on which anything may leave; the policy must be mended"


def test_a_passed_step_is_told_with_its_reason() -> None:
    passed = Passed("mediation", DoneHow.PASSED_OVER, date(2026, 4, 21), "The total is too small.")
    assert passed_sentence(passed, FR_B2B) == "mediation passed over: The total is too small."


def test_every_question_of_a_step_can_be_said() -> None:
    refused = effect("courtesy_reminder", EffectState.REFUSED, "2026-03-05 10:00")
    case = a_case(effects=(refused,), reach=frozenset({Channel.EMAIL}))
    assert sentence(decide(case, FR_B2B, paris("2026-03-05 10:00"))) == (
        "the courtesy reminder could not be delivered; a person looks for another address"
    )
