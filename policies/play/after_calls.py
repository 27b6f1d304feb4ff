"""What follows from a call, as a change of one item of the play."""

from collections.abc import Callable
from typing import Any

from policies.call_consequences import (
    CallTold,
    HoldCustomer,
    NumberDead,
    PassCall,
    PromisePart,
    SendCopy,
    SendPaymentDetails,
)
from policies.call_share import share
from policies.case import DatedAmount, DoneHow, Hold, HoldKind, StepDone
from policies.consequences import Consequence
from policies.play.change import Change

PERSON = "a person"


def _pass_call(change: Change, _: PassCall) -> None:
    change.item.behind(StepDone(change.step.id, change.today, DoneHow.PASSED_OVER, change.asked.ask.occurrence))


def _promise_part(change: Change, promise: PromisePart) -> None:
    """The part of the amount that falls on the item, the oldest first; what it does not reach rests as long."""
    shown = [id for id, _ in change.asked.shown]
    principals = [change.account.items[id].principal for id in shown]
    part = share(promise.amount, principals)[shown.index(change.item.id)]
    if not part:
        change.item.holds += (Hold(HoldKind.MANUAL, promise.reason, change.today, promise.until, PERSON),)
        return
    change.item.approvals = ()
    agreed = () if part == change.item.principal else (DatedAmount(promise.until, part),)
    word = Hold(HoldKind.PROMISE, promise.reason, change.today, promise.until, PERSON, instalments=agreed)
    change.item.holds += (word,)


def _hold_customer(change: Change, wide: HoldCustomer) -> None:
    """One hold on everything, placed with the first item of the question."""
    if change.item.id == change.asked.shown[0][0]:
        hold = wide.hold
        placed = Hold(hold.kind, hold.reason, change.today, hold.until, PERSON, channels=wide.channels)
        change.account.holds = (*change.account.holds, placed)


def _nothing(change: Change, _: object) -> None:
    """What leaves beside the ladder, and what is only counted, is not played."""


AFTER_CALLS: dict[type[Consequence], Callable[[Change, Any], None]] = {
    CallTold: _nothing,
    HoldCustomer: _hold_customer,
    NumberDead: _nothing,
    PassCall: _pass_call,
    PromisePart: _promise_part,
    SendCopy: _nothing,
    SendPaymentDetails: _nothing,
}
