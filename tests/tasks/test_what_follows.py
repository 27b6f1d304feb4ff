"""What a form says an answer does is what the answer does: each line is held against the consequences of its choice."""

import re
from datetime import date
from typing import Any

import pytest

from policies.answers import interpret
from policies.choice import Choice
from policies.choices import choices
from policies.form_fields import OF_ACTS
from policies.hold_consequences import SetHold
from policies.questions import QuestionKind
from policies.stages import Stage
from tasks.answer_words import WHAT_FOLLOWS

TODAY = date(2026, 3, 4)
CHOSEN = date(2026, 3, 20)
FILLED = {
    "note": "because", "email": "compta@dupont.example", "customers": "C1", "invoices": "FA-1", "amount": "10.00",
    "payments": "2026-05-01=500.00",
}  # fmt: skip

SAYS: dict[str, str] = {
    "AddNote": "",
    "AgreementAccepted": r"offer leaves|credit of this amount is booked",
    "AgreementRefused": r"nothing is (offered|set off)",
    "AllocateCredits": r"lessens or closes them",
    "Approve": r"\bleaves?\b",
    "ApproveExcept": r"the others leave",
    "AskAboutLineLater": r"asked again in two days",
    "AskAgainOn": r"nothing leaves.*tomorrow",
    "BankComplete": r"messages leave again",
    "CallAgain": r"asked again|the call comes first",
    "CallTold": "",
    "CorrectEmail": r"address is kept",
    "DataChecked": r"checked today",
    "DecideDispute": r"not asked for any more|reads your reason|due as before|everything stays",
    "EffectArrived": r"counts as sent",
    "EffectRefused": r"sent once more",
    "EndHolds": r"^collecting goes on",
    "GaveReason": "",
    "HoldCustomer": r"nothing leaves to the customer|nobody calls any more",
    "KeepHolds": r"nothing leaves up to that day",
    "LeaveCreditsAside": r"settles nothing",
    "LettersPosted": r"counts? as sent",
    "MediationDecided": r"plan is made|credit note .* is awaited|took place and failed|nothing leaves up to that day",
    "NameNobody": r"names nobody",
    "NumberDead": r"nobody calls this number any more",
    "MeasureRefused": r"hears nothing of it",
    "MeasureTaken": r"the ERP gets its file",
    "ObjectionDecided": r"the notice goes on|until somebody releases",
    "RecordAct": r"the claim lives on",
    "RefuseReadings": r"none of these is booked",
    "ReplacePolicy": r"each case moves",
    "ReplyAnswered": r"nothing leaves|ladder goes on|count as read",
    "SendCopy": r"copy of each invoice .* leaves at once",
    "SendPaymentDetails": r"IBAN and reference leave",
    "SetHold": r"nothing (else )?leaves",
    "SkipStep": r"the ladder goes on",
    "StepAnswered": "",
    "TakeReading": r"set against it",
    "WriteOffAccepted": r"asked for no more",
    "WriteOffRefused": r"nothing is written off",
    "CorrectionDecided": r"reads an apology|nothing leaves",
    "Withdraw": r"given up and the case ends",
    "CourtTold": r"is over",
    "CourtGoesOn": r"stays open",
    "DeadlineAnswered": r"(is|are) kept",
    "ConsentAnswered": r"what waits for it (stands|is not made)",
    "ClaimAnswered": r"last day for filing (is met|goes on standing)",
    "NoticeConfirmed": r"older than the judgment stays on hold and is declared",
    "NoticeDismissed": r"hold of this notice is lifted",
    "DeclareClaim": r"approved as shown.*the deadline stands",
    "ClaimDeclared": r"counts as declared on that day",
    "ClaimGivenUp": r"nothing is declared",
    "GoodsToClaim": r"reminded twice before that day",
    "NoGoods": r"nothing is claimed back",
    "FollowedUp": r"kept in the customer's file|nobody asks again",
    "WriteOff": r"written off and the case ends",
}
"""What a line must say for each thing that follows; nothing for what only the books see."""
CLAIMS = {
    r"written off and the case ends": "WriteOff",
    r"given up and the case ends": "Withdraw",
    r"sent once more\.": "EffectRefused",
    r"counts as sent, and": "EffectArrived",
    r"the claim lives on": "RecordAct",
    r"each case moves": "ReplacePolicy",
    r"without this step": "SkipStep",
}
"""What no line may say unless it follows."""


ANSWERS = [(kind, choice) for kind in QuestionKind for choice in choices(kind, Stage.FORMAL_NOTICE)]
NAMES = [f"{kind.value}-{choice.code}" for kind, choice in ANSWERS]


def consequences(kind: QuestionKind, choice: Choice) -> tuple[Any, ...]:
    """What follows where exactly the fields it needs are filled in."""
    day = "2026-03-01" if kind in OF_ACTS else CHOSEN.isoformat()
    given = {name: (FILLED | {"date": day})[name] for name in choice.needs}
    found = interpret(kind, Stage.FORMAL_NOTICE, {"decision": choice.code} | given, TODAY, currency="EUR")
    assert isinstance(found, tuple), found
    return found


def named(consequence: object) -> str:
    return type(consequence).__name__


@pytest.mark.parametrize(("kind", "choice"), ANSWERS, ids=NAMES)
def test_a_line_says_everything_that_follows_and_nothing_that_does_not(kind: QuestionKind, choice: Choice) -> None:
    line, follow = WHAT_FOLLOWS[kind][choice.code], consequences(kind, choice)
    assert [one for one in map(named, follow) if not re.search(SAYS[one], line)] == []
    assert [one for says, one in CLAIMS.items() if re.search(says, line) and one not in map(named, follow)] == []
    if line.startswith("nothing changes"):
        assert follow == ()


@pytest.mark.parametrize(("kind", "choice"), ANSWERS, ids=NAMES)
def test_a_line_names_the_days_nothing_leaves(kind: QuestionKind, choice: Choice) -> None:
    line = WHAT_FOLLOWS[kind][choice.code]
    for hold in holds(consequences(kind, choice)):
        if hold.until is None:
            assert re.search(
                r"until somebody releases the hold|by the way the message came|nobody calls any more", line
            )
        elif hold.until == CHOSEN:
            assert re.search(r"up to that day|before that day", line)
        else:
            assert f" {(hold.until - TODAY).days} days" in line


def holds(follow: tuple[Any, ...]) -> list[SetHold]:
    inner = [getattr(one, "hold", None) for one in follow]
    return [one for one in (*follow, *inner) if isinstance(one, SetHold)]
