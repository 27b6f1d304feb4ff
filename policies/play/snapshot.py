"""An item as the law sees it at a moment: the same frozen case the engine's decisions are taken on."""

from dataclasses import replace
from datetime import date

from policies.case import Case, Contact
from policies.facts import Hold
from policies.hold_form import OF_MONEY
from policies.ladder import Ladder
from policies.limitation_warnings import seen
from policies.payer import Payer
from policies.play.account import Account
from policies.play.item import Item
from policies.stages import HARDNESS, Stage


def snapshot(account: Account, item: Item, today: date) -> Case:
    """The case of the item as it stands."""
    debtor, owed, ladder = account.debtor, item.owed, item.ladder
    assert ladder is not None, "only items that have a case are looked at"
    assert owed.due is not None, "only what is due has a case"
    overdue, invoices = _overdue(account, item, today)
    harder, harder_until = _harder(account, item, today)
    return Case(
        id=item.id,
        invoice=item.name,
        customer=0,
        customer_name=debtor.number,
        kind=debtor.kind,
        country=debtor.country,
        currency=owed.currency,
        due=owed.due,
        original=owed.amount,
        principal=item.principal,
        paid=item.paid,
        credited=item.credited,
        customer_overdue=overdue,
        calendar=debtor.calendar,
        reach=account.reach,
        done=item.done,
        holds=_holds(account, item) if account.holds or item.holds else (),
        effects=item.effects,
        agreed=tuple(one.agreed for one in item.approvals),
        asked=_asked(item),
        written_off=item.written_off,
        withdrawn=item.withdrawn,
        switched_off=account.off,
        harder=harder,
        harder_until=harder_until,
        region=debtor.region,
        law=debtor.law,
        opened_on=item.opened_on,
        overdue_invoices=invoices,
        payer=_payer(account, today),
        contacts=_contacts(account, ladder),
        dies_on=item.dies_on,
        limitation_seen=_warned(item, ladder),
    )


def _asked(item: Item) -> frozenset[str]:
    step = None if item.asked is None else item.asked.ask.step
    return frozenset() if step is None else frozenset({step.id})


def _overdue(account: Account, item: Item, today: date) -> tuple[int, int]:
    """Open principal of all the debtor's overdue cases in this currency, and how many they are."""
    principals = [
        one.principal
        for one in account.unpaid[item.owed.currency].values()
        if one.is_open and one.counts(today, account.holds)
    ]
    return sum(principals), len(principals)


def _harder(account: Account, item: Item, today: date) -> tuple[Stage | None, date | None]:
    """The hardest stage open for another item of the currency, and the last day it stays open by its deadline."""
    among = account.unpaid[item.owed.currency]
    if len(among) == 1:
        return None, None
    openings = [one for other in among.values() if other is not item and other.is_open for one in _open(other, today)]
    if not openings:
        return None, None
    stage = max((stage for stage, _ in openings), key=lambda stage: HARDNESS[stage])
    ends = [end for one, end in openings if one is stage]
    lasting = [end for end in ends if end is not None]
    return stage, max(lasting) if len(lasting) == len(ends) else None


def _open(item: Item, today: date) -> list[tuple[Stage, date | None]]:
    found: list[tuple[Stage, date | None]] = [one for one in item.deadlines if one[1] >= today]
    if item.asked is not None and item.asked.stage is not None:
        found.append((item.asked.stage, None))
    return found + [(stage, None) for stage in item.doubtful]


def _holds(account: Account, item: Item) -> tuple[Hold, ...]:
    """The holds about the item; promises and plans with the money that came since they were given."""
    return tuple(_with_money(hold, item) for hold in item.holds) + tuple(
        _with_money(hold, *account.items) for hold in account.holds
    )


def _with_money(hold: Hold, *items: Item) -> Hold:
    if hold.kind not in OF_MONEY:
        return hold
    return replace(hold, receipts=tuple(one for item in items for one in item.receipts if one.on >= hold.since))


def _payer(account: Account, today: date) -> Payer | None:
    payer = account.debtor.payer
    return payer(today) if callable(payer) else payer


def _contacts(account: Account, ladder: Ladder) -> tuple[Contact, ...]:
    """Contacts are looked at only where something counts them."""
    law = account.debtor.law
    return account.contacts if ladder.caps or (law is not None and law.contact is not None) else ()


def _warned(item: Item, ladder: Ladder) -> frozenset[int]:
    """The warnings about the claim's death that a person has answered."""
    if item.dies_on is None or item.answered_dying is None:
        return frozenset()
    return seen(item.dies_on, ladder.limitation_warnings, item.answered_dying)
