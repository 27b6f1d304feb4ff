"""Who looks again because something is known that was not."""

from datetime import datetime

from policies.bundle import OF_A_MESSAGE
from policies.decisions import Outcome, Reason, Wait
from policies.play.account import Account
from policies.play.item import Item


def named(account: Account, name: str) -> list[Item]:
    """The items of this name; all of the debtor's where it is empty."""
    if not name:
        return account.items
    return [account.books.items[id] for id in sorted(account.books.named.get(name, ()))]


def tell(account: Account, items: list[Item], now: datetime) -> None:
    """Open cases look again; a paid or credited one of which something is open again goes on where it stood."""
    for item in items:
        account.file(item)
        if item.outcome in (Outcome.PAID, Outcome.CREDITED) and item.principal > 0:
            item.outcome, item.closed_on = None, None
        if item.is_open:
            account.wake(item, now)
        elif item.known and item.ladder is None:
            account.agenda.put(now, item)


def wake_who_gives_way(account: Account, currency: str, now: datetime) -> None:
    """A stage was opened, or came to its end: who gave way to it, or asks whether it may write, looks again at once."""
    for item in account.open_items(currency):
        waits, asked = item.decision, item.asked
        gave_way = isinstance(waits, Wait) and waits.because.code is Reason.HARDER_STAGE_OPEN
        if gave_way or (asked is not None and asked.kind in OF_A_MESSAGE):
            account.wake(item, now)
