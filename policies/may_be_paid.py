"""Nobody who paid is chased: while money that has come may be for an item, what accuses its debtor waits.

A payment matching proposes for the item stops every message about it, up to the person's answer. One whose amount or
name could settle it stops what is harder than a reminder, until it has found its place or is set aside. So does a credit
note of the customer that settles nothing: the account is cleared before it is accused.
"""

from policies.case import Case, PossiblePayment
from policies.climb import Turn
from policies.decisions import Because, Reason, Wait
from policies.look import Look
from policies.money import plain
from policies.stages import REMINDERS, Stage


def waits_for_money(look: Look, turn: Turn) -> Wait | None:
    """The wait of the step until it is known what the money is for; None when it may go on."""
    one = in_its_way(look.case, turn.step.stage)
    if one is None:
        return None
    money = (
        ("amount", plain(one.amount, one.currency)),
        ("currency", one.currency),
        ("booked", one.on.isoformat()),
    )
    if one.credit_note:
        because = Because(Reason.CREDIT_OPEN, (("credit_note", one.credit_note), *money))
    else:
        proposed = ("proposed", "yes" if one.proposed else "no")
        because = Because(Reason.MAY_BE_PAID, (("payment", str(one.line)), *money, proposed))
    return Wait(None, because, turn.step, turn.occurrence)


def in_its_way(case: Case, stage: Stage) -> PossiblePayment | None:
    """The money because of which a step of this stage waits: what is proposed before what could only settle it."""
    stopping = [one for one in case.may_be_paid if one.proposed or stage not in REMINDERS]
    return min(stopping, key=lambda one: (not one.proposed, one.on, one.line, one.credit_note), default=None)
