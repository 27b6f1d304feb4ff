"""What is open of every item while lines are matched one after the other."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from policies.matching.facts import OpenItem

MOST = 300
"""Open items of one customer that are looked at, oldest first: the oldest are what is paid."""


class Ledger:
    """Balances in minor units, by item, customer and amount. Credit notes count apart, with what is left to net."""

    def __init__(self, items: Iterable[OpenItem]) -> None:
        self.items = {item.id: item for item in items}
        self.open: dict[int, int] = {}
        self._opened = {item.id: item.opened for item in self.items.values()}
        self._by_amount: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._of_customer: dict[tuple[int, str, bool], list[int]] = defaultdict(list)
        self._closed: dict[tuple[int, str, bool], int] = defaultdict(int)
        for item in sorted(self.items.values(), key=oldest_first):
            self.open[item.id] = max(item.payable, 0)
            self._of_customer[item.customer, item.currency, item.is_credit].append(item.id)
            if not item.is_credit and item.payable > 0:
                self._by_amount[item.currency, item.payable].add(item.id)

    def take(self, number: int, amount: int) -> None:
        """Settle `amount` of an item, never more than is open."""
        item, before = self.items[number], self.open[number]
        after = max(before - amount, 0)
        self.open[number] = after
        if not item.is_credit:
            self._by_amount[item.currency, before].discard(number)
            if after:
                self._by_amount[item.currency, after].add(number)
        if before and not after:
            self._tidy((item.customer, item.currency, item.is_credit))

    def of_customer(self, customer: int, currency: str, on: date, *, credits: bool = False) -> list[OpenItem]:
        """Open items of a customer issued by a day, oldest first; with `credits` its credit notes."""
        found = []
        for number in self._of_customer.get((customer, currency, credits), ()):
            if self.open[number] and self._opened[number] <= on:
                found.append(self.items[number])
                if len(found) == MOST:
                    break
        return found

    def with_amount(self, currency: str, amount: int) -> set[int]:
        """Invoices of which exactly this is open."""
        return self._by_amount.get((currency, amount), set())

    def signed(self, items: Iterable[OpenItem]) -> int:
        """What is open of items together, credit notes taken off."""
        return sum(-self.open[item.id] if item.is_credit else self.open[item.id] for item in items)

    def _tidy(self, place: tuple[int, str, bool]) -> None:
        """Drop settled items from a customer's list now and then, so that long histories cost nothing."""
        self._closed[place] += 1
        if self._closed[place] > 16 and 2 * self._closed[place] > len(self._of_customer[place]):
            self._of_customer[place] = [number for number in self._of_customer[place] if self.open[number]]
            self._closed[place] = 0


def oldest_first(item: OpenItem) -> tuple[date, str, int]:
    """The order in which items are settled where the debtor does not choose."""
    return item.due, item.number, item.id
