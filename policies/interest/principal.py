"""How much of a debt is owed on a day."""

from datetime import date, timedelta

from policies.interest.debt import Debt

ONE_DAY = timedelta(days=1)


def owed_on(debt: Debt, day: date) -> int:
    """The principal that bears interest on `day`: money counts from the day after its value date; never below zero."""
    return max(0, debt.principal - sum(movement.amount for movement in debt.movements if movement.on < day))


def left_after(debt: Debt, day: date) -> int:
    """What is left of the principal at the end of `day`."""
    return owed_on(debt, day + ONE_DAY)


def changes(debt: Debt) -> frozenset[date]:
    """The days from which another principal counts."""
    return frozenset(movement.on + ONE_DAY for movement in debt.movements)


def first_late_day(debt: Debt, after: date, until: date) -> date | None:
    """The first day later than `after`, up to `until`, on which something is owed; None: nothing is ever late."""
    days = sorted({after + ONE_DAY, *(day for day in changes(debt) if day > after)})
    return next((day for day in days if day <= until and owed_on(debt, day) > 0), None)
