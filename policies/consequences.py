"""What follows from a person's answer, as values: storage records them, the next decision sees them as facts.

A question stands for one customer, currency and stage: each consequence applies to every case it covers.
"""

from dataclasses import dataclass
from datetime import date

from policies.agreement_consequences import AgreementAccepted, AgreementRefused
from policies.call_consequences import CallConsequence
from policies.correction_choices import CorrectionDecided
from policies.court_consequences import CourtConsequence
from policies.deadline_consequences import DeadlineAnswered
from policies.dispute_consequences import DecideDispute
from policies.effect_consequences import EffectArrived, EffectRefused
from policies.hold_consequences import CallAgain, EndHolds, KeepHolds, SetHold
from policies.insolvency_consequences import InsolvencyConsequence
from policies.insurance_consequences import InsuranceConsequence
from policies.law.limitation_rules import Interruption
from policies.match_consequences import AskAboutLineLater, RefuseReadings, TakeReading
from policies.measure_choices import MeasureConsequence
from policies.mediation_consequences import MediationDecided, NameNobody
from policies.objection import ObjectionDecided
from policies.office_consequences import (
    AllocateCredits,
    BankComplete,
    DataChecked,
    LeaveCreditsAside,
    LettersPosted,
    ReplacePolicy,
)  # fmt: skip
from policies.remark import AddNote
from policies.reply_consequences import GaveReason, ReplyAnswered
from policies.write_off_choices import WriteOffAccepted, WriteOffRefused

__all__ = [
    "AddNote", "AgreementAccepted", "AgreementRefused", "AllocateCredits", "Approve", "ApproveExcept", "AskAboutLineLater", "AskAgainOn", "BankComplete", "CallAgain", "Consequence", "CorrectEmail", "CorrectionDecided", "DataChecked", "DeadlineAnswered", "DecideDispute", "EffectArrived", "EffectRefused", "EndHolds", "GaveReason", "KeepHolds", "LeaveCreditsAside", "LettersPosted", "MediationDecided", "NameNobody", "ObjectionDecided", "RecordAct", "RefuseReadings", "ReplacePolicy", "ReplyAnswered", "SetHold", "SkipStep", "StepAnswered", "TakeReading", "Withdraw", "WriteOff", "WriteOffAccepted", "WriteOffRefused",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approve:
    """The draft may leave: an `Agreed` for the step, of the kind of question that was asked."""


@dataclass(frozen=True, slots=True)
class ApproveExcept:
    """In a daily review: every draft shown may leave, but those of these customer numbers; they are asked tomorrow."""

    customers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskAgainOn:
    """Nothing in the question may leave yet; it is asked again on this day, not before."""

    on: date


@dataclass(frozen=True, slots=True)
class SkipStep:
    """The step counts as skipped by a person: no contact, the next step is free."""

    reason: str


@dataclass(frozen=True, slots=True)
class StepAnswered:
    """The step's outcome is known: it is done, today, as a contact."""


@dataclass(frozen=True, slots=True)
class WriteOff:
    """The principal is given up."""

    reason: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The claim is not pursued here any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class CorrectEmail:
    """The customer's e-mail address from now on; the step gets a new occurrence, the refused one stays in history."""

    address: str


@dataclass(frozen=True, slots=True)
class RecordAct:
    """Something that gives the claim a new life, if its law says so, was done on `on`."""

    kind: Interruption
    on: date
    words: str


Consequence = (
    Approve | ApproveExcept | AskAgainOn | SetHold | EndHolds | KeepHolds | SkipStep | StepAnswered | CallAgain
    | WriteOff | Withdraw | BankComplete | EffectArrived | EffectRefused | CorrectEmail | DataChecked | RecordAct | ReplacePolicy | AddNote
    | TakeReading | RefuseReadings | AskAboutLineLater | AllocateCredits | LeaveCreditsAside | ReplyAnswered | GaveReason | LettersPosted
    | AgreementAccepted | AgreementRefused | CallConsequence | ObjectionDecided | DecideDispute | DeadlineAnswered | InsuranceConsequence | MeasureConsequence | CourtConsequence | InsolvencyConsequence | MediationDecided | NameNobody | WriteOffAccepted | WriteOffRefused | CorrectionDecided
)  # fmt: skip
