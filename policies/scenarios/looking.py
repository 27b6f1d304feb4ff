"""An account looked at in the middle of a scenario."""

from dataclasses import dataclass
from datetime import datetime

from policies.play.account import Account
from policies.play.debtor import playing
from policies.play.item import Item
from policies.play.world import Choose, Debtor, House


@dataclass(frozen=True, slots=True)
class Looked:
    """An account at a moment, and the item looked at (None: the customer as a whole)."""

    account: Account
    item: Item | None
    at: datetime
    choose: Choose

    @property
    def one(self) -> Item:
        """The item."""
        assert self.item is not None, "the reader asks for an invoice"
        return self.item


def look(debtor: Debtor, choose: Choose, house: House, at: datetime, invoice: str) -> Looked:
    """The debtor played up to and including `at`."""
    account = playing(debtor, choose, at, house)
    return Looked(account, next((one for one in account.items if one.name == invoice), None), at, choose)
