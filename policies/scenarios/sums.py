"""What is open, and what could be claimed besides, at a moment of a scenario."""

from policies.interest.statement import Statement
from policies.money import plain
from policies.play.claiming import statement
from policies.scenarios.looking import Looked


def open_amount(looked: Looked, wanted: str) -> str:
    """What is open of the invoice."""
    return f"{plain(looked.one.principal, looked.one.owed.currency)} {looked.one.owed.currency}"


def interest(looked: Looked, wanted: str) -> str:
    """The interest that could be claimed as at the end of that day."""
    found = _statement(looked)
    if found is None or found.interest is None:
        return "none"
    return f"{plain(found.interest, found.currency)} {found.currency}"


def flat(looked: Looked, wanted: str) -> str:
    """The flat sum that could be claimed."""
    found = _statement(looked)
    return "none" if found is None or found.flat is None else f"{plain(found.flat, found.currency)} {found.currency}"


def total(looked: Looked, wanted: str) -> str:
    """What is open, with interest and flat sum."""
    found = _statement(looked)
    if found is None:
        return open_amount(looked, wanted)
    return f"{plain(found.open + (found.interest or 0) + (found.flat or 0), found.currency)} {found.currency}"


def _statement(looked: Looked) -> Statement | None:
    account = looked.account
    law, rates = account.debtor.law, account.house.rates
    if law is None or rates is None or looked.one.owed.due is None:
        return None
    return statement(account, looked.one, law, rates, account.day(looked.at))
