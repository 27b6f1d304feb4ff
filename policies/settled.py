"""A case is closed by its principal: nothing left to pay, written off, or withdrawn (design 4.4)."""

from policies.case import Case
from policies.decisions import Because, Close, Outcome, Reason
from policies.look import Look
from policies.money import plain


def settled(look: Look) -> Close | None:
    """How the case ends, or None while principal is owed.

    Paid, unless credit notes alone cover the whole invoice. What was written off and is paid all the same is paid, in
    whatever order the two became known; a withdrawal comes before what was paid.
    """
    case = look.case
    if case.written_off is not None and case.open > 0:
        return Close(Outcome.WRITTEN_OFF, Because(Reason.WRITTEN_OFF, (("reason", case.written_off),)))
    if case.withdrawn is not None:
        return Close(Outcome.WITHDRAWN, Because(Reason.WITHDRAWN, (("reason", case.withdrawn),)))
    if case.open > 0:
        return None
    if case.given_up > 0:
        return Close(Outcome.WRITTEN_OFF, Because(Reason.WRITTEN_OFF, (("reason", "in part"),)))
    if 0 < case.credited >= case.original:
        return Close(Outcome.CREDITED, Because(Reason.CREDITED_IN_FULL, _amount("credited", case.credited, case)))
    return Close(Outcome.PAID, Because(Reason.BALANCE_ZERO, _amount("paid", case.paid, case)))


def _amount(name: str, minor: int, case: Case) -> tuple[tuple[str, str], ...]:
    return ((name, plain(minor, case.currency)), ("currency", case.currency))
