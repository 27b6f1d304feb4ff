"""Who looks again because something is known that was not."""

from datetime import datetime

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


def wake_who_gave_way(account: Account, currency: str, now: datetime) -> None:
    """A question came to its end: whoever gave way to its stage looks again at once."""
    for item in account.open_items(currency):
        waits = item.decision
        if isinstance(waits, Wait) and waits.because.code is Reason.HARDER_STAGE_OPEN:
            account.wake(item, now)
