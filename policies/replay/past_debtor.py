"""A customer of the history as the world of a play knows it: what it owes, and each event with the moment it was known."""

from collections.abc import Iterator

from policies.case import Calendar
from policies.ladder import Ladder
from policies.play.events import Event, Held, Money, Released, Withdrawn
from policies.play.world import Debtor, Owed
from policies.replay.learnt import hold_ended, hold_known, invoice_known, money_known
from policies.replay.past import PastCustomer, PastHold, PastInvoice
from policies.replay.payers import assessing
from policies.replay.place import Place
from policies.stages import Channel

REACH = frozenset(Channel)
"""A history says nothing of addresses: every channel is taken to reach everybody."""


def debtor_of(customer: PastCustomer, ladder: Ladder, place: Place) -> Debtor:
    """The customer as the world knows it. The order in which the history tells of it does not matter."""
    invoices = sorted(customer.invoices, key=lambda one: (one.due, one.number))
    events: list[Event] = [event for one in invoices for event in _money(one, place.calendar)]
    for one in invoices:
        events += _holds(one.holds, one.number, place.calendar)
        if one.given_up is not None:
            events.append(Withdrawn(known=one.given_up, invoice=one.number, reason="given up"))
    events += _holds(customer.holds, "", place.calendar)
    known = assessing(customer, ladder, place.calendar)
    return Debtor(
        number=customer.number, kind=customer.kind, calendar=place.calendar, country=customer.country or None,
        region=customer.region, law=place.law, reach=REACH, owed=tuple(_owed(one, place.calendar) for one in invoices),
        events=tuple(events), payer=None if known is None else (lambda today: known(today).payer),
        first_lateness=False if known is None else (lambda today, due: known(today).is_first_for(due)),
    )  # fmt: skip


def _owed(one: PastInvoice, calendar: Calendar) -> Owed:
    return Owed(
        one.number, one.due, one.amount, one.currency, invoice_known(one, calendar), one.issued, reached=one.reached,
        reached_on=one.reached_on,
    )  # fmt: skip


def _money(one: PastInvoice, calendar: Calendar) -> Iterator[Money]:
    lines = sorted((money.on, money_known(money, calendar), money.amount, money.credit) for money in one.money)
    for place, (on, known, amount, credit) in enumerate(lines):
        yield Money(
            known=known, on=on, amount=amount, currency=one.currency, names=(one.number,),
            key=f"{one.number} {place:04d}", credit=credit,
        )  # fmt: skip


def _holds(holds: tuple[PastHold, ...], invoice: str, calendar: Calendar) -> Iterator[Event]:
    for one in sorted(holds, key=lambda one: (hold_known(one, calendar), one.hold.kind, one.hold.since)):
        yield Held(known=hold_known(one, calendar), hold=one.hold, invoice=invoice)
        ended = hold_ended(one, calendar)
        if ended is not None:
            yield Released(known=ended, invoice=invoice, kind=one.hold.kind)
