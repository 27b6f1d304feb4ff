"""Playing one debtor: from moment to moment, each time what the engine would do with the same facts."""

from datetime import datetime

from policies.play.account import Account
from policies.play.answering import by_itself
from policies.play.asked import Asked
from policies.play.endings import told
from policies.play.events import Event
from policies.play.happening import happen
from policies.play.item import Item
from policies.play.opening import open_case
from policies.play.played import Played
from policies.play.turns import take_turns
from policies.play.world import Choose, Debtor, House


def play_debtor(debtor: Debtor, choose: Choose, until: datetime, house: House) -> Played:
    """Everything that happens to one debtor up to and including the moment `until`."""
    return told(playing(debtor, choose, until, house))


def playing(debtor: Debtor, choose: Choose, until: datetime, house: House) -> Account:
    """The debtor as it stands at `until`."""
    account = Account(debtor, choose, house)
    for event in debtor.events:
        account.agenda.put(event.known, event)
    for item in account.items:
        account.agenda.put(item.owed.known, item)
        for moment in house.choices_at:
            if moment > item.owed.known:
                account.agenda.put(moment, item)
    while (now := account.agenda.next()) is not None and now <= until:
        for thing in account.agenda.take(now):
            _take_in(account, thing, now)
        if account.due:
            take_turns(account, now)
    return account


def _take_in(account: Account, thing: object, now: datetime) -> None:
    match thing:
        case Event():
            happen(account, thing, now)
        case Item():
            _item(account, thing, now)
        case Asked():
            by_itself(account, thing, now)


def _item(account: Account, item: Item, now: datetime) -> None:
    """The item comes into our books, its case is opened, or its moment has come. A moment put off is no moment."""
    if not item.known:
        item.known = True
        account.file(item)
    if item.ladder is None:
        open_case(account, item, now)
    elif item.look is not None and item.look <= now and item.is_open:
        account.due[item.id] = item
