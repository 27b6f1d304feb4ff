"""An item as the law sees it at a moment: the same frozen case the engine's decisions are taken on."""

from collections.abc import Callable
from datetime import date

from policies.broken_promise import broken_on
from policies.case import Case, Contact
from policies.facts import Hold
from policies.ladder import Ladder
from policies.limitation_warnings import seen
from policies.payer import Payer
from policies.play.account import Account
from policies.play.around import Around, around, harder_than
from policies.play.asked import Asked
from policies.play.item import Item
from policies.play.promised import tested

NO_STEP: frozenset[str] = frozenset()


def snapshot(account: Account, item: Item, today: date) -> Case:
    """The case of the item as it stands."""
    debtor, owed, ladder = account.debtor, item.owed, item.ladder
    assert ladder is not None, "only items that have a case are looked at"
    assert owed.due is not None, "only what is due has a case"
    shared = _around(account, owed.currency, today)
    holds, broken = _promised(account, item, today)
    harder, harder_until = harder_than(shared, item) if shared.openings else (None, None)
    return Case(
        id=item.id, invoice=item.name, customer=0, customer_name=debtor.number,
        kind=debtor.kind, country=debtor.country, region=debtor.region, law=debtor.law, calendar=debtor.calendar,
        currency=owed.currency, due=owed.due, original=owed.amount,
        principal=item.principal, paid=item.paid, credited=item.credited,
        customer_overdue=shared.overdue, overdue_invoices=shared.invoices,
        harder=harder, harder_until=harder_until, reach=account.reach, switched_off=account.off,
        done=item.done, effects=item.effects, opened_on=item.opened_on,
        holds=holds, broken_on=broken,
        agreed=tuple([one.agreed for one in item.approvals]) if item.approvals else (),
        asked=NO_STEP if item.asked is None else _asked(item.asked),
        written_off=item.written_off, withdrawn=item.withdrawn,
        payer=None if debtor.payer is None else _payer(debtor.payer, today),
        first_lateness=debtor.first_lateness and _is_first(debtor.first_lateness, today, owed.due),
        contacts=_contacts(account, ladder), dies_on=item.dies_on, limitation_seen=_warned(item, ladder),
    )  # fmt: skip


def _asked(asked: Asked) -> frozenset[str]:
    return NO_STEP if asked.ask.step is None else frozenset({asked.ask.step.id})


def _around(account: Account, currency: str, today: date) -> Around:
    """What the items of a currency share: worked out once for all who look at one moment."""
    found = account.around.get(currency)
    if found is None:
        among = list(account.unpaid[currency].values())
        found = account.around[currency] = around(among, account.holds, today)
    return found


def _promised(account: Account, item: Item, today: date) -> tuple[tuple[Hold, ...], date | None]:
    """The holds about the item with the money that came since they were given, and when a promise about it was broken."""
    if not (account.holds or item.holds or account.promised or item.promised):
        return (), None
    assert item.ladder is not None, "only items that have a case are looked at"
    holds, over = tested(account, item)
    return holds, broken_on((*holds, *over), item.principal, item.ladder, account.debtor.calendar, today)


def _payer(payer: Payer | Callable[[date], Payer | None], today: date) -> Payer | None:
    return payer(today) if callable(payer) else payer


def _is_first(first: bool | Callable[[date, date], bool], today: date, due: date | None) -> bool:
    if callable(first):
        return due is not None and first(today, due)
    return first


def _contacts(account: Account, ladder: Ladder) -> tuple[Contact, ...]:
    """Contacts are looked at only where something counts them."""
    law = account.debtor.law
    return account.contacts if ladder.caps or (law is not None and law.contact is not None) else ()


def _warned(item: Item, ladder: Ladder) -> frozenset[int]:
    """The warnings about the claim's death that a person has answered."""
    if item.dies_on is None or item.answered_dying is None:
        return frozenset()
    return seen(item.dies_on, ladder.limitation_warnings, item.answered_dying)
