"""Each consequence of an answer as a change of one item: what storage records in the engine."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from policies import consequences as said
from policies.case import Agreed, DoneHow, Hold, HoldKind, StepDone
from policies.facts import HoldKind as Kind
from policies.hold_payments import read_payments
from policies.limitation import LifeAct
from policies.mediation import MediationOutcome
from policies.play.after_calls import AFTER_CALLS
from policies.play.asked import Approval
from policies.play.change import Change
from policies.play.doubts import arrived, correct_email, refused
from policies.play.standing_holds import end_asked, keep_asked

PERSON = "a person"


def _approve(change: Change, _: said.Approve) -> None:
    """The draft may leave; an item of which something else is open than was shown is left out."""
    item, asked = change.item, change.asked
    if (item.id, item.principal) not in asked.shown:
        return
    agreed = Agreed(change.step.id, asked.kind, change.today, asked.ask.occurrence)
    item.approvals += (Approval(agreed, item.principal, asked.on, asked.channel, asked.number),)


def _approve_except(change: Change, except_: said.ApproveExcept) -> None:
    if change.account.debtor.number in except_.customers:
        _rest(change, change.today + timedelta(days=1), "left out of the review")
    else:
        _approve(change, said.Approve())


def _set_hold(change: Change, hold: said.SetHold) -> None:
    _hold(change, hold.kind, hold.reason, hold.until)


def _hold(change: Change, kind: Kind, reason: str, until: date | None) -> None:
    """A hold on the item: what was agreed to is void with it."""
    change.item.approvals = ()
    change.item.holds += (Hold(kind, reason, change.today, until, PERSON),)


def _rest(change: Change, until: date, why: str) -> None:
    _hold(change, HoldKind.MANUAL, why, max(until - timedelta(days=1), change.today))


def _answered(change: Change, _: said.StepAnswered) -> None:
    change.item.behind(StepDone(change.step.id, change.today, DoneHow.CONFIRMED, change.asked.ask.occurrence))


def _mediated(change: Change, decided: said.MediationDecided) -> None:
    """A plan agreed holds the item while it is kept; what else became of it is told by the step."""
    payments, _ = read_payments(decided.terms, change.asked.currency, change.today)
    if decided.outcome is MediationOutcome.PLAN and payments:
        change.item.approvals = ()
        plan = Hold(HoldKind.PLAN, "payment plan", change.today, None, PERSON, instalments=tuple(payments))
        change.item.holds += (plan,)


def _call_again(change: Change, again: said.CallAgain) -> None:
    _hold(change, HoldKind.CALL_BACK, "call again", again.until)


def _skip(change: Change, _: said.SkipStep) -> None:
    change.item.behind(StepDone(change.step.id, change.today, DoneHow.SKIPPED, change.asked.ask.occurrence))
    change.item.doubtful = ()


def _write_off(change: Change, off: said.WriteOff) -> None:
    change.item.written_off = off.reason


def _withdraw(change: Change, withdrawn: said.Withdraw) -> None:
    change.item.withdrawn = withdrawn.reason


def _record_act(change: Change, act: said.RecordAct) -> None:
    change.item.lives += (LifeAct(act.on, act.kind),)
    change.item.refresh_life(change.account.limitation)


CHANGES: dict[type[said.Consequence], Callable[[Change, Any], None]] = {
    said.Approve: _approve,
    said.ApproveExcept: _approve_except,
    said.SetHold: _set_hold,
    said.EndHolds: lambda change, _: end_asked(change.account, change.item, change.today),
    said.KeepHolds: lambda change, keep: keep_asked(change.account, change.item, change.today, keep.until, keep.reason),
    said.SkipStep: _skip,
    said.StepAnswered: _answered,
    said.CallAgain: _call_again,
    said.AskAgainOn: lambda change, again: _rest(change, again.on, "asked again later"),
    said.WriteOff: _write_off,
    said.Withdraw: _withdraw,
    said.EffectArrived: arrived,
    said.EffectRefused: refused,
    said.CorrectEmail: correct_email,
    said.RecordAct: _record_act,
    said.AddNote: lambda change, _: None,
    said.MediationDecided: _mediated,
    said.GaveReason: lambda change, _: None,  # counted, not played
    **AFTER_CALLS,
}
