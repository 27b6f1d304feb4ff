"""When each fact of the history was known, and what was settled by what was known then (design 4.5).

Worked out from the history alone, beside the books of the play: what the play does is checked against it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from policies.case import Calendar
from policies.play.days import known_next_day
from policies.replay.past import PastHold, PastInvoice, PastMoney

USUAL_TERM = timedelta(days=30)
"""An invoice without a day of issue is taken to be issued so long before it is due."""


def invoice_known(invoice: PastInvoice, calendar: Calendar) -> datetime:
    """When the invoice came into the books."""
    if invoice.known is not None:
        return invoice.known
    issued = invoice.issued or invoice.due - USUAL_TERM
    return known_next_day(calendar, issued)


def money_known(money: PastMoney, calendar: Calendar) -> datetime:
    """When a payment, a return or a credit note was learnt."""
    return money.known or known_next_day(calendar, money.on)


def hold_known(hold: PastHold, calendar: Calendar) -> datetime:
    """When it was learnt that nothing may leave."""
    return hold.known or known_next_day(calendar, hold.hold.since)


def hold_ended(hold: PastHold, calendar: Calendar) -> datetime | None:
    """When it was learnt that the hold was over; None: never."""
    if hold.ended is not None or hold.ended_on is None:
        return hold.ended
    return known_next_day(calendar, hold.ended_on)


@dataclass(frozen=True, slots=True)
class Learnt:
    """One invoice, with what was known of its end."""

    invoice: PastInvoice
    known: datetime
    settled: tuple[tuple[datetime, bool], ...]
    """From each of these moments on: whether it was settled in facts known then."""
    paid_on: date | None
    """The value date with which it was paid or credited in full and stayed so; None: it never was."""

    def is_settled(self, moment: datetime) -> bool:
        """Whether nothing was left to collect, in facts known at `moment`."""
        standing = False
        for since, settled in self.settled:
            if since > moment:
                break
            standing = settled
        return standing


def learnt(invoice: PastInvoice, calendar: Calendar) -> Learnt:
    """What was known of the invoice, and when."""
    moves = [(money_known(one, calendar), one.amount) for one in invoice.money]
    if invoice.given_up is not None:
        moves.append((invoice.given_up, invoice.amount))
    turns: dict[datetime, bool] = {}
    total = 0
    for moment, amount in sorted(moves):
        total += amount
        turns[moment] = total >= invoice.amount
    return Learnt(invoice, invoice_known(invoice, calendar), tuple(turns.items()), _paid_on(invoice))


def _paid_on(invoice: PastInvoice) -> date | None:
    """The last day before which it was still open; None where it is open at the end of the history."""
    found, total = None, 0
    for on, amount in _by_day(invoice.money):
        total += amount
        if total < invoice.amount:
            found = None
        elif found is None:
            found = on
    return found


def _by_day(money: Iterable[PastMoney]) -> list[tuple[date, int]]:
    days: dict[date, int] = {}
    for one in money:
        days[one.on] = days.get(one.on, 0) + one.amount
    return sorted(days.items())
