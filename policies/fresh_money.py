"""Nobody is told that he is late on a picture of the money that is too old: he may have paid since."""

from datetime import datetime

from policies.bank_days import bank_days_between
from policies.bank_position import BankPosition
from policies.climb import Turn
from policies.decisions import Because, Reason, Wait
from policies.look import Look


def fresh_money(look: Look, turn: Turn) -> Wait | None:
    """The wait for newer bank data; None: it is recent enough, or the step speaks of no date that has passed.

    Only a fact ends the wait: a newer file, a person's word that the account was looked at, another limit.
    """
    bank = look.case.bank
    if bank is None or look.today <= look.case.due:
        return None
    allowed, age = bank.allowed(turn.step.stage), age_of(bank, look.as_of)
    if allowed is None or age <= allowed:
        return None
    return Wait(None, Because(Reason.MONEY_TOO_OLD, _facts(bank, age, allowed)), turn.step, turn.occurrence)


def age_of(bank: BankPosition, as_of: datetime) -> int:
    """Bank days that have begun since the last day known. Data through Friday is one day old on Monday."""
    return bank_days_between(bank.calendar, bank.through, bank.calendar.day(as_of))


def _facts(bank: BankPosition, age: int, allowed: int) -> tuple[tuple[str, str], ...]:
    return ("through", bank.through.isoformat()), ("age", str(age)), ("allowed", str(allowed))
