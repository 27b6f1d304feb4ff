"""Every consequence an answer can have for a case becomes a fact."""

from typing import get_args

from policies.agreement_consequences import AgreementAccepted, AgreementRefused
from policies.call_consequences import CallConsequence, PassCall
from policies.consequences import (
    AllocateCredits,
    AskAboutLineLater,
    BankComplete,
    Consequence,
    DataChecked,
    DecideDispute,
    LeaveCreditsAside,
    LettersPosted,
    RefuseReadings,
    ReplacePolicy,
    ReplyAnswered,
    TakeReading,
)
from policies.correction_choices import CorrectionDecided
from policies.court_consequences import CourtConsequence, RouteChosen
from policies.deadline_consequences import DeadlineAnswered
from policies.insolvency_consequences import InsolvencyConsequence
from policies.insurance_consequences import InsuranceConsequence
from policies.measure_choices import MeasureConsequence
from policies.mediation_consequences import MediationDecided, NameNobody
from policies.objection import ObjectionDecided
from policies.write_off_choices import WriteOffAccepted, WriteOffRefused
from storage.consequences import _CHANGES


def test_every_consequence_has_a_change() -> None:
    of_credits = {AllocateCredits, LeaveCreditsAside}  # storage.credit_questions
    of_no_case = {ReplacePolicy, BankComplete, DataChecked, LettersPosted} | of_credits  # .plan_moves and the like
    of_lines = {TakeReading, RefuseReadings, AskAboutLineLater}  # about a bank line: storage.match_answers
    of_agreements = {AgreementAccepted, AgreementRefused}  # of what was proposed: storage.beside_answers
    of_others = {DecideDispute, ObjectionDecided, DeadlineAnswered}  # storage.beside_answers likewise
    of_calls = set(get_args(CallConsequence)) - {PassCall}  # of all cases of a call at once: storage.call_answers
    beside = (CourtConsequence, InsuranceConsequence, InsolvencyConsequence, MeasureConsequence)
    of_courts = {one for union in beside for one in get_args(union)} - {RouteChosen}  # of files beside their cases
    of_courts |= {MediationDecided, NameNobody, WriteOffAccepted, WriteOffRefused, CorrectionDecided}
    assert set(_CHANGES) == set(
        get_args(Consequence)
    ) - of_no_case - of_lines - of_calls - of_agreements - of_others - of_courts - {ReplyAnswered}
