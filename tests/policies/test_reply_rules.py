"""What a person says about a reply: numbers of invoices and a better address out of free text, and forms that are no answer."""

from datetime import date

import pytest

from policies.answer_reasons import AnswerReason, Reach
from policies.answers import interpret
from policies.consequences import AddNote, ReplyAnswered, SetHold
from policies.facts import HoldKind
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.reply_rules import address_in, named

TODAY = date(2026, 3, 5)


def wrong(**values: str) -> list[str]:
    found = interpret(QuestionKind.REPLY, None, values, TODAY)
    return [f"{one.field}: {one.reason}" for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"decision": "promise"}, "date: Needed to choose “Promises to pay on the date below”."),
        ({"decision": "promise", "date": "12 mars"}, "date: “12 mars” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."),
        ({"decision": "promise", "date": "2026-03-04"}, "date: 2026-03-04 has passed; name a day from 2026-03-05 on."),
        ({"decision": "payment_scheduled", "date": "2027-06-01"}, "date: 2027-06-01 is more than a year away; the last day possible is 2027-03-05."),
        ({"decision": "paid", "date": "2026-03-12"}, "date: Leave it empty to choose “Says it is paid”, or choose again."),
        ({"decision": "insolvency", "invoices": "FA-1"}, "invoices: Leave it empty to choose “Is insolvent”, or choose again."),
        ({"decision": "wrong_contact", "note": "e-mail: roy@"}, "note: “roy@” is not an e-mail address; write one such as accounts@example.com."),
        ({"decision": "paid", "note": "E-mail: roy@dupont.example"}, "note: An address is put right by choosing “Is not the right contact”."),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_used_says_why(values: dict[str, str], told: str) -> None:
    assert wrong(**values)[0] == told


def test_a_form_without_a_decision_lists_the_decisions() -> None:
    assert wrong(decision="")[0].startswith("decision: Choose one of: Has not received the invoice; ")


def test_a_wrong_contact_may_name_a_better_address() -> None:
    words = "ask Ms Roy, e-mail: roy@dupont.example."
    hold = SetHold(HoldKind.MANUAL, date(2026, 3, 12), words)
    assert interpret(QuestionKind.REPLY, None, {"decision": "wrong_contact", "note": words}, TODAY) == (
        ReplyAnswered(AnswerReason.WRONG_CONTACT, hold, Reach.CUSTOMER, "", "roy@dupont.example", words),
        AddNote(words),
    )


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("Email : <roy@dupont.example>, or by telephone", "roy@dupont.example"),
        ("write to roy@dupont.example", ""),
        ("", ""),
    ],
)
def test_an_address_is_only_what_is_said_to_be_one(words: str, address: str) -> None:
    assert address_in(words) == address


@pytest.mark.parametrize(
    ("text", "found", "unknown"),
    [
        ("", [], []),
        ("FA-1, FA-2;FA-1", ["FA-1", "FA-2"], []),
        ("FA-2 FA-1", ["FA-2", "FA-1"], []),
        ("2026 / 12,  2026  /  12", ["2026 / 12"], []),
        ("FA-9", [], ["FA-9"]),
        ("FA-1 and FA-2", ["FA-1", "FA-2"], ["and"]),
    ],
)
def test_numbers_are_read_as_the_table_shows_them(text: str, found: list[str], unknown: list[str]) -> None:
    assert named(text, {"FA-1", "FA-2", "2026 / 12"}) == (found, unknown)
