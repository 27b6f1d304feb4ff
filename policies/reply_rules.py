"""What follows from each choice about a reply, and what is wrong with one."""

import re
from collections.abc import Collection
from datetime import date

from policies.answer_reasons import REASON_LAWS, REST_DAYS, AnswerReason, Reach
from policies.calendar_days import days_after
from policies.consequences import SetHold
from policies.facts import HoldKind
from policies.follows import Consequences, Rule, always, reason
from policies.form_values import Given, email_wrong
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.reason_holds import SOURCE, hold_for
from policies.reply_choices import BY_HAND, GO_ON
from policies.reply_consequences import ReplyAnswered

_ADDRESS = re.compile(r"\be-?mail\s*:\s*<?([^\s<>,;]+)", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;\n]+")


def address_in(words: str) -> str:
    """The address of `e-mail: name@company.example` in what somebody wrote; empty where there is none."""
    found = _ADDRESS.search(words)
    return found[1].rstrip(".") if found else ""


def reply_wrong(given: Given, as_of: date) -> list[Problem]:
    """What is wrong with a day or an address for this choice."""
    code, address = given.choice.code, address_in(given.note)
    hold = None if code in (GO_ON, BY_HAND) else hold_for(AnswerReason(code), as_of, given.on, given.note)
    problems = [hold] if isinstance(hold, Problem) else []
    if address and code != AnswerReason.WRONG_CONTACT:
        sentence = REASON_LAWS[AnswerReason.WRONG_CONTACT].sentence
        problems.append(Problem(SOURCE, None, "note", f"An address is put right by choosing “{sentence}”."))
    elif wrong := email_wrong(address):
        problems.append(Problem(SOURCE, None, "note", wrong))
    return problems


def named(text: str, known: Collection[str]) -> tuple[list[str], list[str]]:
    """The invoice numbers a person wrote: those of `known`, and those that are not among them.

    A number may have blanks in it; where it has none, blanks may stand between numbers.
    """
    found: list[str] = []
    for part in (" ".join(one.split()) for one in _BETWEEN.split(text)):
        found += [part] if part in known else part.split()
    numbers = list(dict.fromkeys(found))
    return [one for one in numbers if one in known], [one for one in numbers if one not in known]


def _said(why: AnswerReason) -> Rule:
    def follows(given: Given, as_of: date) -> Consequences:
        hold = hold_for(why, as_of, given.on, given.note)
        assert not isinstance(hold, Problem), "the form was checked"
        email = address_in(given.note) if why is AnswerReason.WRONG_CONTACT else ""
        return (ReplyAnswered(why, hold, REASON_LAWS[why].reach, given.invoices, email, given.note),)

    return follows


def _by_hand(given: Given, as_of: date) -> Consequences:
    rest = SetHold(HoldKind.MANUAL, days_after(as_of, REST_DAYS), reason(given))
    return (ReplyAnswered(None, rest, Reach.INVOICES, given.invoices, words=given.note),)


REPLY_RULES: dict[tuple[QuestionKind, str], Rule] = {
    **{(QuestionKind.REPLY, one.value): _said(one) for one in AnswerReason},
    (QuestionKind.REPLY, GO_ON): always(ReplyAnswered(None, None, Reach.CUSTOMER)),
    (QuestionKind.REPLY, BY_HAND): _by_hand,
}
