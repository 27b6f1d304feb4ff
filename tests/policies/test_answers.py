"""Answers of people: every choice and what follows, and every form that is no answer."""

from datetime import date, time

import pytest

from policies.answer_reasons import AnswerReason, Reach
from policies.answers import choices, fields, interpret, unknown_customers
from policies.call_consequences import CallTold, HoldCustomer, NumberDead, SendCopy, SendPaymentDetails
from policies.case import HoldKind
from policies.consequences import (
    AddNote,
    AgreementAccepted,
    AgreementRefused,
    AllocateCredits,
    Approve,
    ApproveExcept,
    AskAboutLineLater,
    AskAgainOn,
    BankComplete,
    CallAgain,
    Consequence,
    CorrectEmail,
    DataChecked,
    EffectArrived,
    EffectRefused,
    EndHolds,
    GaveReason,
    KeepHolds,
    LeaveCreditsAside,
    LettersPosted,
    MediationDecided,
    NameNobody,
    RecordAct,
    RefuseReadings,
    ReplacePolicy,
    ReplyAnswered,
    SetHold,
    SkipStep,
    StepAnswered,
    TakeReading,
    Withdraw,
    WriteOff,
)
from policies.correction_choices import CorrectionDecided, Repair
from policies.court_consequences import CourtGoesOn, CourtTold
from policies.deadline_consequences import DeadlineAnswered
from policies.dispute_consequences import DecideDispute
from policies.dispute_verdict import Verdict
from policies.insolvency_consequences import (
    ClaimDeclared,
    ClaimGivenUp,
    DeclareClaim,
    FollowedUp,
    GoodsToClaim,
    NoGoods,
    NoticeConfirmed,
    NoticeDismissed,
)
from policies.insurance_consequences import ClaimAnswered, ConsentAnswered
from policies.insurer_consent import ConsentState
from policies.law.rules import Interruption
from policies.measure_choices import MeasureRefused, MeasureTaken
from policies.mediation import MediationOutcome
from policies.objection import ObjectionDecided
from policies.problems import Problem
from policies.questions import QuestionKind as Q
from policies.stages import Channel, Stage
from policies.write_off_choices import WriteOffAccepted, WriteOffRefused

TODAY = date(2026, 3, 5)
IN_A_WEEK = date(2026, 3, 12)

R = AnswerReason


def reply(
    reason: AnswerReason,
    hold: tuple[HoldKind, date | None] | None,
    said: str,
    reach: Reach = Reach.INVOICES,
    **values: str,
) -> tuple[AnswerReason, dict[str, str], ReplyAnswered]:
    """A reply answered with this reason: what holds, with the sentence of the reason where no words were written."""
    placed = None if hold is None else SetHold(*hold, said)
    return reason, values, ReplyAnswered(reason, placed, reach, values.get("invoices", ""))


REPLIES = (
    reply(R.NOT_RECEIVED, (HoldKind.MANUAL, IN_A_WEEK), "Has not received the invoice", invoices="FA-1, FA-2"),
    reply(R.PAPERS_MISSING, (HoldKind.MANUAL, IN_A_WEEK), "Misses the order or the receipt"),
    reply(R.WAITING_FOR_APPROVAL, (HoldKind.MANUAL, IN_A_WEEK), "Waits for an approval", date="2026-03-12"),
    reply(R.SCHEDULED, (HoldKind.PROMISE, IN_A_WEEK), "Has scheduled the payment", date="2026-03-12"),
    reply(R.SENT, (HoldKind.IN_FLIGHT, date(2026, 3, 15)), "Has sent a cheque or a transfer"),
    reply(R.PAID, (HoldKind.IN_FLIGHT, date(2026, 3, 10)), "Says it is paid"),
    reply(R.PROMISE, (HoldKind.PROMISE, TODAY), "Promises to pay", date="2026-03-05"),
    reply(R.CANNOT_PAY_NOW, (HoldKind.MANUAL, IN_A_WEEK), "Cannot pay now"),
    reply(R.DISAGREES, (HoldKind.DISPUTE, None), "Disagrees with the invoice"),
    reply(R.WRONG_CONTACT, (HoldKind.MANUAL, IN_A_WEEK), "Is not the right contact", Reach.CUSTOMER),
    reply(R.INSOLVENCY, (HoldKind.INSOLVENCY, None), "Is insolvent", Reach.CUSTOMER),
    reply(R.REFUSES, None, ""),
    reply(R.STOP, (HoldKind.OPT_OUT, None), "Wants no more messages this way", Reach.CUSTOMER),
)  # fmt: skip

CALL_DAY = {"date": "2026-03-12"}
CALLS: list[tuple[dict[str, str], tuple[Consequence, ...]]] = [
    (
        {"decision": "promised", "note": "spoke to Ms Roy"} | CALL_DAY,
        (
            SetHold(HoldKind.PROMISE, IN_A_WEEK, "spoke to Ms Roy"),
            StepAnswered(),
            CallTold("promised", on=IN_A_WEEK, words="spoke to Ms Roy"),
            GaveReason(R.PROMISE, "spoke to Ms Roy"),
            AddNote("spoke to Ms Roy"),
        ),
    ),
    (
        {"decision": "pays_now"},
        (
            SetHold(HoldKind.IN_FLIGHT, date(2026, 3, 10), "Pays during the call: send the payment details"),
            SendPaymentDetails(),
            StepAnswered(),
            CallTold("pays_now"),
            GaveReason(R.SENT),
        ),
    ),
    (
        {"decision": "plan_wanted"},
        (
            SetHold(HoldKind.MANUAL, IN_A_WEEK, "Wants to pay in instalments"),
            StepAnswered(),
            CallTold("plan_wanted"),
            GaveReason(R.CANNOT_PAY_NOW),
        ),
    ),
    (
        {"decision": "says_paid"},
        (
            SetHold(HoldKind.IN_FLIGHT, date(2026, 3, 10), "Says it is paid"),
            StepAnswered(),
            CallTold("says_paid"),
            GaveReason(R.PAID),
        ),
    ),
    *(
        (
            {"decision": why.value} | (CALL_DAY if on else {}),
            (*placed, StepAnswered(), CallTold(why.value, on=on), GaveReason(why)),
        )
        for why, on, placed in (
            (
                R.NOT_RECEIVED,
                None,
                (SetHold(HoldKind.MANUAL, IN_A_WEEK, "Has not received the invoice"), SendCopy()),
            ),
            (R.PAPERS_MISSING, None, (SetHold(HoldKind.MANUAL, IN_A_WEEK, "Misses the order or the receipt"),)),
            (R.WAITING_FOR_APPROVAL, IN_A_WEEK, (SetHold(HoldKind.MANUAL, IN_A_WEEK, "Waits for an approval"),)),
            (R.SCHEDULED, IN_A_WEEK, (SetHold(HoldKind.PROMISE, IN_A_WEEK, "Has scheduled the payment"),)),
            (R.SENT, None, (SetHold(HoldKind.IN_FLIGHT, date(2026, 3, 15), "Has sent a cheque or a transfer"),)),
            (R.CANNOT_PAY_NOW, None, (SetHold(HoldKind.MANUAL, IN_A_WEEK, "Cannot pay now"),)),
            (
                R.WRONG_CONTACT,
                None,
                (HoldCustomer(SetHold(HoldKind.MANUAL, IN_A_WEEK, "Is not the right contact")),),
            ),
            (R.INSOLVENCY, None, (HoldCustomer(SetHold(HoldKind.INSOLVENCY, None, "Is insolvent")),)),
            (
                R.STOP,
                None,
                (
                    HoldCustomer(
                        SetHold(HoldKind.OPT_OUT, None, "Wants no more messages this way"), frozenset({Channel.CALL})
                    ),
                ),
            ),
        )
    ),
    (
        {"decision": "disputes"},
        (
            SetHold(HoldKind.DISPUTE, None, "Disputes the invoice"),
            StepAnswered(),
            CallTold("disputes"),
            GaveReason(R.DISAGREES),
        ),
    ),
    ({"decision": "refuses"}, (StepAnswered(), CallTold("refuses"), GaveReason(R.REFUSES))),
    (
        {"decision": "call_back", "date": "2026-03-12 14:30"},
        (
            CallAgain(date(2026, 3, 11), "asks to be called back", time(14, 30)),
            CallTold("call_back", on=IN_A_WEEK, hour=time(14, 30)),
        ),
    ),
    (
        {"decision": "call_back", "date": "2026-03-05 16:00"},
        (
            CallAgain(date(2026, 3, 4), "asks to be called back", time(16)),
            CallTold("call_back", on=TODAY, hour=time(16)),
        ),
    ),
    ({"decision": "voicemail"}, (CallAgain(date(2026, 3, 6), "voicemail"), CallTold("voicemail"))),
    ({"decision": "no_answer"}, (CallAgain(date(2026, 3, 6)), CallTold("no_answer"))),
    (
        {"decision": "no_answer"} | CALL_DAY,
        (CallAgain(date(2026, 3, 11)), CallTold("no_answer", on=IN_A_WEEK)),
    ),
    (
        {"decision": "other_number"},
        (NumberDead(), CallAgain(date(2026, 3, 4), "wrong number"), CallTold("other_number")),
    ),
    (
        {"decision": "wrong_number"},
        (
            SkipStep("Wrong number, go on without the call"),
            NumberDead(),
            AddNote("The phone number is wrong."),
            CallTold("wrong_number"),
            GaveReason(R.WRONG_CONTACT),
        ),
    ),
    ({"decision": "skip", "note": "settled at the fair"}, (SkipStep("settled at the fair"),)),
]
"""Every outcome of a call; the last fields of the form are empty where they are not named."""

MEDIATIONS: list[tuple[dict[str, str], tuple[Consequence, ...]]] = [
    (
        {"decision": "plan", "payments": "2026-05-01=500.00", "note": "they offered less"},
        (MediationDecided(MediationOutcome.PLAN, "2026-05-01=500.00"), StepAnswered(), AddNote("they offered less")),
    ),
    (
        {"decision": "credit", "payments": "150.00"},
        (MediationDecided(MediationOutcome.CREDIT, "150.00"), StepAnswered()),
    ),
    ({"decision": "refused"}, (MediationDecided(MediationOutcome.REFUSED), StepAnswered())),
    ({"decision": "no_answer"}, (MediationDecided(MediationOutcome.NO_ANSWER), StepAnswered())),
    ({"decision": "failed"}, (MediationDecided(MediationOutcome.FAILED), StepAnswered())),
    (
        {"decision": "under_way", "date": "2026-03-12"},
        (
            MediationDecided(None, on=IN_A_WEEK),
            SetHold(HoldKind.MANUAL, IN_A_WEEK, "Still under way, come back on the date below"),
        ),
    ),
]
ANSWERS: list[tuple[Q, dict[str, str], tuple[Consequence, ...]]] = [
    (Q.APPROVE, {"decision": "send"}, (Approve(),)),
    (Q.APPROVE, {"decision": "wait_7"}, (SetHold(HoldKind.MANUAL, IN_A_WEEK, "Wait 7 days"),)),
    (Q.APPROVE, {"decision": "wait_30"}, (SetHold(HoldKind.MANUAL, date(2026, 4, 4), "Wait 30 days"),)),
    (Q.APPROVE, {"decision": "skip", "note": "good customer"}, (SkipStep("good customer"),)),
    (Q.APPROVE, {"decision": "stop"}, (SetHold(HoldKind.MANUAL, None, "Stop chasing until I say"),)),
    (Q.DAILY_REVIEW, {"decision": "send_all"}, (Approve(),)),
    (Q.DAILY_REVIEW, {"decision": "send_except", "customers": "C7, C9;C7 C12"}, (ApproveExcept(("C7", "C9", "C12")),)),
    (Q.DAILY_REVIEW, {"decision": "none_today"}, (AskAgainOn(date(2026, 3, 6)),)),
    *((Q.CALL_OUTCOME, values, follows) for values, follows in CALLS),
    *((kind, values, follows) for kind in (Q.MEDIATION_OUTCOME, Q.MEDIATION) for values, follows in MEDIATIONS),
    (Q.MEDIATOR, {"decision": "together"}, (NameNobody(),)),
    (Q.EXHAUSTED, {"decision": "write_off", "note": "bankrupt"}, (WriteOff("bankrupt"),)),
    (Q.EXHAUSTED, {"decision": "withdraw", "note": "sold the claim"}, (Withdraw("sold the claim"),)),
    (Q.EXHAUSTED, {"decision": "wait_30"}, (SetHold(HoldKind.MANUAL, date(2026, 4, 4), "Wait 30 days"),)),
    (Q.HOLD_REVIEW, {"decision": "resume", "note": "a slip"}, (EndHolds(), AddNote("a slip"))),
    (
        Q.HOLD_REVIEW,
        {"decision": "keep_holding", "date": " 2026-03-12 "},
        (KeepHolds(IN_A_WEEK, ""),),
    ),
    (Q.HOLD_REVIEW, {"decision": "withdraw", "note": "error"}, (Withdraw("error"),)),
    (Q.HOLD_REVIEW, {"decision": "write_off", "note": "tiny"}, (WriteOff("tiny"),)),
    (Q.AMBIGUOUS, {"decision": "arrived"}, (EffectArrived("It arrived"),)),
    (Q.AMBIGUOUS, {"decision": "send_again"}, (EffectRefused("It did not arrive, send it again"),)),
    (Q.AMBIGUOUS, {"decision": "skip", "note": "paid since"}, (SkipStep("paid since"),)),
    (
        Q.UNDELIVERABLE,
        {"decision": "correct_email", "email": "compta+relance@dupont-fils.fr"},
        (CorrectEmail("compta+relance@dupont-fils.fr"),),
    ),
    (Q.UNDELIVERABLE, {"decision": "skip", "note": "no address"}, (SkipStep("no address"),)),
    (Q.UNDELIVERABLE, {"decision": "stop"}, (SetHold(HoldKind.MANUAL, None, "Stop chasing until I say"),)),
    (Q.LIMITATION, {"decision": "go_on"}, ()),
    (Q.LIMITATION, {"decision": "write_off", "note": "not worth a suit"}, (WriteOff("not worth a suit"),)),
    (Q.TIME_BARRED, {"decision": "write_off", "note": "dead"}, (WriteOff("dead"),)),
    (Q.TIME_BARRED, {"decision": "withdraw", "note": "dead"}, (Withdraw("dead"),)),
    (Q.TIME_BARRED, {"decision": "keep", "note": "he pays a little"}, (AddNote("he pays a little"),)),
    (Q.BANK_DATA, {"decision": "complete", "date": "2026-03-05"}, (BankComplete(date(2026, 3, 5)),)),
    (Q.BANK_DATA, {"decision": "later", "note": "the bank is closed"}, (AddNote("the bank is closed"),)),
    (Q.MIGRATION, {"decision": "move"}, (ReplacePolicy(),)),
    (Q.MIGRATION, {"decision": "discard", "note": "after the fair"}, (AddNote("after the fair"),)),
    (Q.CREDIT, {"decision": "oldest"}, (AllocateCredits(),)),
    (Q.CREDIT, {"decision": "aside", "note": "paid out"}, (LeaveCreditsAside("paid out"),)),
    (Q.CREDIT, {"decision": "later"}, ()),
    (Q.RESEND, {"decision": "send"}, (Approve(),)),
    (Q.RESEND, {"decision": "no"}, ()),
    (Q.OBJECTION, {"decision": "send_all_the_same"}, (ObjectionDecided(True, None, "Send the notice all the same"),)),
    (
        Q.OBJECTION,
        {"decision": "wait_until", "date": "2026-03-12"},
        (ObjectionDecided(False, date(2026, 3, 12), "Wait until the date below"),),
    ),
    (Q.OBJECTION, {"decision": "keep_on_hold"}, (ObjectionDecided(False, None, "Keep it on hold until I say"),)),
    (
        Q.MEASURE,
        {"decision": "take", "date": "2026-05-04", "note": "Article 7"},
        (MeasureTaken("Article 7", date(2026, 5, 4)), AddNote("Article 7")),
    ),
    (Q.MEASURE, {"decision": "refuse", "note": "a good customer"}, (MeasureRefused("a good customer"),)),
    (
        Q.INSOLVENCY_NOTICE,
        {"decision": "open", "date": "2026-03-12", "note": "Me Roy, Lyon"},
        (NoticeConfirmed(IN_A_WEEK, "", "Me Roy, Lyon"),),
    ),
    (Q.INSOLVENCY_NOTICE, {"decision": "dismiss", "note": "a namesake"}, (NoticeDismissed("a namesake"),)),
    (Q.CLAIM_DECLARATION, {"decision": "declare"}, (DeclareClaim(),)),
    (Q.CLAIM_DECLARATION, {"decision": "declared", "date": "2026-03-05"}, (ClaimDeclared(TODAY),)),
    (Q.CLAIM_DECLARATION, {"decision": "give_up", "note": "too small"}, (ClaimGivenUp("too small"),)),
    (
        Q.RETENTION,
        {"decision": "claim_back", "date": "2026-03-12", "note": "ten pallets"},
        (GoodsToClaim(IN_A_WEEK, "ten pallets"),),
    ),
    (Q.RETENTION, {"decision": "none"}, (NoGoods(),)),
    (Q.STAY, {"decision": "done", "note": "letter to Me Blanc"}, (FollowedUp(True, "letter to Me Blanc"),)),
    (Q.STAY, {"decision": "not_needed", "note": "nothing is owed"}, (FollowedUp(False, "nothing is owed"),)),
    (Q.SETTLEMENT, {"decision": "offer"}, (AgreementAccepted(),)),
    (Q.SETTLEMENT, {"decision": "refuse", "note": "too little"}, (AgreementRefused(), AddNote("too little"))),
    (Q.SET_OFF, {"decision": "set_off"}, (AgreementAccepted(),)),
    (
        Q.INSURER_CONSENT,
        {"decision": "granted", "date": "2026-03-01", "note": "R-7"},
        (ConsentAnswered(ConsentState.GRANTED, date(2026, 3, 1), "R-7"),),
    ),
    (
        Q.INSURER_CONSENT,
        {"decision": "refused", "note": "too late"},
        (ConsentAnswered(ConsentState.REFUSED, TODAY, "too late"),),
    ),
    (
        Q.INSURER_CONSENT,
        {"decision": "not_needed", "note": "under the threshold"},
        (ConsentAnswered(ConsentState.NOT_NEEDED, TODAY, "under the threshold"),),
    ),
    (Q.INSURANCE_CLAIM, {"decision": "file"}, (ClaimAnswered(True, ""),)),
    (Q.INSURANCE_CLAIM, {"decision": "leave", "note": "paid by hand"}, (ClaimAnswered(False, "paid by hand"),)),
    (Q.SET_OFF, {"decision": "refuse", "note": "disputed"}, (AgreementRefused(), AddNote("disputed"))),
    (Q.DATA_REVIEW, {"decision": "right"}, (DataChecked(),)),
    (Q.LETTERS, {"decision": "posted"}, (LettersPosted(date(2026, 3, 5)),)),
    (
        Q.LETTERS,
        {"decision": "posted_but", "date": "2026-03-04", "customers": "C1, C2"},
        (LettersPosted(date(2026, 3, 4), ("C1", "C2")),),
    ),
    (Q.LETTERS, {"decision": "later"}, ()),
    (
        Q.DATA_REVIEW,
        {"decision": "correct_email", "email": "new@dupont.example", "note": "Ms Roy left"},
        (DataChecked("new@dupont.example"), AddNote("Ms Roy left")),
    ),
    (Q.DATA_REVIEW, {"decision": "later"}, ()),
    (Q.DISPUTE, {"decision": "accept"}, (DecideDispute(Verdict.ACCEPT),)),
    (
        Q.DISPUTE,
        {"decision": "accept_part", "amount": "150.00"},
        (DecideDispute(Verdict.ACCEPT_PART, 150_00),),
    ),
    (
        Q.DISPUTE,
        {"decision": "reject", "note": "it was signed"},
        (DecideDispute(Verdict.REJECT, words="it was signed"),),
    ),
    (
        Q.DISPUTE,
        {"decision": "withdrawn", "note": "a slip"},
        (DecideDispute(Verdict.WITHDRAWN, words="a slip"), AddNote("a slip")),
    ),
    (Q.DISPUTE, {"decision": "later", "date": "2026-03-12"}, (DecideDispute(Verdict.LATER, on=IN_A_WEEK),)),
    (Q.DEADLINE, {"decision": "done", "date": "2026-03-04"}, (DeadlineAnswered("done", date(2026, 3, 4)),)),
    (Q.DEADLINE, {"decision": "known"}, (DeadlineAnswered("known"),)),
    (Q.DEADLINE, {"decision": "gone", "note": "paid"}, (DeadlineAnswered("gone", None, "paid"),)),
    (Q.COURT_PAID, {"decision": "told", "date": "2026-03-04"}, (CourtTold(date(2026, 3, 4)),)),
    (Q.COURT_PAID, {"decision": "goes_on", "note": "costs"}, (CourtGoesOn("costs"),)),
    (Q.WRITE_OFF, {"decision": "write_off"}, (WriteOffAccepted(),)),
    (Q.WRITE_OFF, {"decision": "refuse", "note": "it pays"}, (WriteOffRefused(), AddNote("it pays"))),
    (Q.CORRECTION, {"decision": "repair"}, (CorrectionDecided(Repair.ALL, ""),)),
    (Q.CORRECTION, {"decision": "apologise"}, (CorrectionDecided(Repair.APOLOGY, ""),)),
    (Q.CORRECTION, {"decision": "quietly"}, (CorrectionDecided(Repair.QUIETLY, ""),)),
    (
        Q.CORRECTION,
        {"decision": "leave", "note": "agreed"},
        (CorrectionDecided(Repair.LEAVE, "agreed"),),
    ),
    *((Q.REPLY, {"decision": reason, **values}, (said,)) for reason, values, said in REPLIES),
    (Q.REPLY, {"decision": "go_on"}, (ReplyAnswered(None, None, Reach.CUSTOMER),)),
    (
        Q.REPLY,
        {"decision": "by_hand", "invoices": "FA-1", "note": "explained"},
        (
            ReplyAnswered(
                None, SetHold(HoldKind.MANUAL, IN_A_WEEK, "explained"), Reach.INVOICES, "FA-1", "", "explained"
            ),
            AddNote("explained"),
        ),
    ),
    (Q.MATCH, {"decision": "none", "note": "a deposit"}, (RefuseReadings("a deposit"), AddNote("a deposit"))),
    (Q.MATCH, {"decision": "wait_2"}, (AskAboutLineLater(2),)),
    *(
        (kind, {"decision": act.value, "date": "2026-03-05", "note": "letter of Ms Roy"}, follows)
        for kind in (Q.LIMITATION, Q.TIME_BARRED)
        for act in Interruption
        if act is not Interruption.PART_PAYMENT
        for follows in [(RecordAct(act, TODAY, "letter of Ms Roy"), AddNote("letter of Ms Roy"))]
    ),
]


@pytest.mark.parametrize(("kind", "values", "follows"), ANSWERS)
def test_an_answer_has_exactly_these_consequences(
    kind: Q, values: dict[str, str], follows: tuple[Consequence, ...]
) -> None:
    empty = {field.name: "" for field in fields(kind)}
    assert interpret(kind, Stage.FORMAL_NOTICE, empty | values, TODAY, currency="EUR") == follows
    assert interpret(kind, Stage.FORMAL_NOTICE, values, TODAY, currency="EUR") == follows


def test_every_choice_of_every_question_stands_in_the_table_above() -> None:
    offered = {(kind, choice.code) for kind in Q for choice in choices(kind, None)}
    assert {(kind, values["decision"]) for kind, values, _ in ANSWERS} == offered


def test_what_a_question_itself_offers_comes_first_and_is_taken_by_its_place() -> None:
    offers = ("Book 50,00 € on FA-1 (Dupont)", "Book 50,00 € on FA-2 (Durand)")
    assert [choice.sentence for choice in choices(Q.MATCH, None, offers)] == [
        *offers,
        "It is for none of these: leave it unmatched",
        "Wait 2 days",
    ]
    taken = interpret(Q.MATCH, None, {"decision": "offer_2", "note": ""}, TODAY, offers=offers)
    assert taken == (TakeReading(2, ""),)
    refused = interpret(Q.MATCH, None, {"decision": "offer_3"}, TODAY, offers=offers)
    assert isinstance(refused, list)


def test_a_call_is_tried_again_when_the_ladder_says() -> None:
    answer = interpret(Q.CALL_OUTCOME, Stage.FOLLOW_UP_CALL, {"decision": "no_answer"}, TODAY, call_again_days=7)
    assert answer == (CallAgain(date(2026, 3, 11)), CallTold("no_answer"))


def test_forms_have_at_most_four_fields_and_the_decision_alone_is_required() -> None:
    for kind in Q:
        names = [field.name for field in fields(kind)]
        assert len(names) <= 4
        assert (names[0], names[-1]) == ("decision", "note")
        assert [field.name for field in fields(kind) if field.required] == ["decision"]
        needed = {name for choice in choices(kind, None) for name in choice.needs | choice.uses}
        assert needed <= set(names)


def test_sentences_differ_within_a_question_and_never_contain_the_separator() -> None:
    for kind in Q:
        for stage in (None, *Stage):
            sentences = [choice.sentence for choice in choices(kind, stage)]
            assert len(set(sentences)) == len(sentences)
            assert not [sentence for sentence in sentences if "·" in sentence]


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        (Stage.FORMAL_NOTICE, "Send the formal notice"),
        (Stage.AGENCY, "Hand the file to the collection agency"),
        (Stage.LEGAL, "Take the file to court"),
        (None, "Go ahead"),
    ],
)
def test_approving_names_what_will_happen(stage: Stage | None, sentence: str) -> None:
    assert choices(Q.APPROVE, stage)[0].sentence == sentence


def wrong(kind: Q, **values: str) -> list[tuple[str, str]]:
    """Fields and reasons of an answer that is refused."""
    found = interpret(kind, Stage.FORMAL_NOTICE, values, TODAY)
    assert isinstance(found, list), found
    assert {(problem.source, problem.line) for problem in found} == {("form", None)}
    return [(problem.field, problem.reason) for problem in found]


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("12/03/2026", "“12/03/2026” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."),
        ("2026-3-12", "“2026-3-12” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."),
        ("2026-02-30", "“2026-02-30” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."),
        ("20260312", "“20260312” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."),
        ("2026-03-12T00:00", "“2026-03-12T00:00” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."),
        ("２０２６-03-12", "“２０２６-03-12” is not a date; write it as YYYY-MM-DD, for example 2026-03-12."),
        ("2026-03-05", "2026-03-05 is not in the future; today is 2026-03-05."),
        ("2025-03-12", "2025-03-12 is not in the future; today is 2026-03-05."),
        ("2027-03-06", "2027-03-06 is more than a year away; the last day possible is 2027-03-05."),
    ],
)
def test_a_date_must_be_a_day_to_come_within_a_year(written: str, reason: str) -> None:
    assert wrong(Q.CALL_OUTCOME, decision="promised", date=written) == [("date", reason)]


@pytest.mark.parametrize("kind", [Q.LIMITATION, Q.TIME_BARRED])
@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "Needed to choose “A court act was done on the date below”."),
        ("soon", "“soon” is not a date; write it as YYYY-MM-DD, for example 2026-03-05."),
        ("2026-02-29", "“2026-02-29” is not a date; write it as YYYY-MM-DD, for example 2026-03-05."),
        ("2026-03-06", "2026-03-06 is still to come; today is 2026-03-05."),
    ],
)
def test_an_act_that_keeps_a_claim_alive_has_been_done(kind: Q, written: str, reason: str) -> None:
    assert wrong(kind, decision="court_act", date=written) == [("date", reason)]


@pytest.mark.parametrize(
    "written",
    ["dupont.fr", "a@b", "a b@dupont.fr", "a@dupont.fr, b@dupont.fr", "a@dupont..fr", ".a@dupont.fr", "a.@dupont.fr",
     "a@-dupont.fr", "a@dupont.fr\nBcc: x@y.fr", "Dupont <a@dupont.fr>", "é@dupont.fr", "a" * 65 + "@dupont.fr"],
)  # fmt: skip
def test_an_implausible_email_address_is_refused(written: str) -> None:
    reason = f"“{written}” is not an e-mail address; write one such as accounts@example.com."
    assert wrong(Q.UNDELIVERABLE, decision="correct_email", email=written) == [("email", reason)]


@pytest.mark.parametrize(
    ("kind", "values", "problems"),
    [
        (Q.APPROVE, {"decision": "skip"}, [("note", "Needed to choose “Skip this step”.")]),
        (Q.APPROVE, {"decision": "skip", "note": "  "}, [("note", "Needed to choose “Skip this step”.")]),
        (Q.EXHAUSTED, {"decision": "write_off"}, [("note", "Needed to choose “Write it off”.")]),
        (Q.EXHAUSTED, {"decision": "withdraw"}, [("note", "Needed to choose “Withdraw the claim”.")]),
        (Q.HOLD_REVIEW, {"decision": "keep_holding"}, [("date", "Needed to choose “Keep holding until the date below”.")]),
        (Q.UNDELIVERABLE, {"decision": "correct_email"}, [("email", "Needed to choose “Send it to the address below”.")]),
        (Q.DAILY_REVIEW, {"decision": "send_except", "customers": " "},
         [("customers", "Needed to choose “Send all except these customers”.")]),
        (Q.DAILY_REVIEW, {"decision": "send_all", "customers": "C7"},
         [("customers", "Leave it empty to choose “Send all”, or choose again.")]),
        (Q.CALL_OUTCOME, {"decision": "refuses", "date": "2026-03-12"},
         [("date", "Leave it empty to choose “Refuses to pay, go on”, or choose again.")]),
        (Q.CALL_OUTCOME, {"decision": "skip", "date": "soon"},
         [("note", "Needed to choose “Skip this step”."),
          ("date", "Leave it empty to choose “Skip this step”, or choose again."),
          ("date", "“soon” is not a date; write it as YYYY-MM-DD, for example 2026-03-12.")]),
        (Q.EXHAUSTED, {"decision": "wait_30", "date": "2026-03-12"}, [("date", "This form has no such field.")]),
        (Q.EXHAUSTED, {"decision": "wait_30", "note": "x" * 2001}, [("note", "At most 2000 characters.")]),
        (Q.EXHAUSTED, {}, [("decision", "Choose one of: Write it off; Withdraw the claim; Wait 30 days.")]),
        (Q.EXHAUSTED, {"decision": "send"},
         [("decision", "Choose one of: Write it off; Withdraw the claim; Wait 30 days.")]),
    ],
)  # fmt: skip
def test_a_form_that_is_no_answer_says_why(kind: Q, values: dict[str, str], problems: list[tuple[str, str]]) -> None:
    assert wrong(kind, **values) == problems


def test_a_value_that_is_no_text_is_refused() -> None:
    values: dict[str, str] = {"decision": "resume", "note": ["x"]}  # type: ignore[dict-item]
    assert interpret(Q.HOLD_REVIEW, None, values, TODAY) == [Problem("form", None, "note", "Write text.")]


def test_a_customer_left_out_must_stand_in_the_review() -> None:
    answer = (ApproveExcept(("C7", "C77")), AddNote("x"))
    reason = "Customer C77 is not in this review; copy the number from the table."
    assert unknown_customers(answer, {"C7", "C9"}) == [Problem("form", None, "customers", reason)]
    assert unknown_customers((Approve(),), {"C7"}) == []
