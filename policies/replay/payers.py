"""How a customer of the history paid, as it was known on a day: only for policies that ask."""

from collections.abc import Callable
from datetime import date
from functools import cache

from policies.behaviour.assess import Assessed, assess
from policies.behaviour.history import History, PastItem
from policies.case import Calendar
from policies.facts import DatedAmount, HoldKind
from policies.ladder import Ladder
from policies.replay.learnt import invoice_known, money_known
from policies.replay.past import PastCustomer, PastInvoice

Assessing = Callable[[date], Assessed]
"""What is known of the customer by the end of a day."""


def assessing(customer: PastCustomer, ladder: Ladder, calendar: Calendar) -> Assessing | None:
    """The law of behaviour over what was known by the end of a day; None where no step of the policy asks."""
    if not any(step.only_if is not None and step.only_if.goes_by_payer for step in ladder.steps):
        return None

    @cache
    def assessed(today: date) -> Assessed:
        counted = [one for one in customer.invoices if not _disputed(one)]
        items = tuple(_item(one, calendar, today) for one in counted if _known(one, calendar, today))
        return assess(customer.kind, History(items, left_out=len(customer.invoices) - len(counted)), today)

    return assessed


def _disputed(one: PastInvoice) -> bool:
    """Who was right is not known: a disputed invoice says nothing of how its customer pays."""
    return any(hold.hold.kind is HoldKind.DISPUTE for hold in one.holds)


def _known(one: PastInvoice, calendar: Calendar, today: date) -> bool:
    return calendar.day(invoice_known(one, calendar)) <= today


def _item(one: PastInvoice, calendar: Calendar, today: date) -> PastItem:
    known = sorted(
        (money.on, money.amount, money.credit)
        for money in one.money
        if calendar.day(money_known(money, calendar)) <= today
    )
    paid = tuple(DatedAmount(on, amount) for on, amount, credit in known if not credit)
    credited = tuple(DatedAmount(on, amount) for on, amount, credit in known if credit)
    return PastItem(one.due, one.amount, one.currency, paid, credited)
