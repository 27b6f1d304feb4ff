"""What is open of every item while lines are matched one after the other."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from policies.matching.facts import OpenItem

MOST = 300
"""Open items of one customer that are looked at, oldest first: the oldest are what is paid."""


class Balances:
    """Balances in minor units, by item, customer and amount. Credit notes count apart, with what is left to net."""

    def __init__(self, items: Iterable[OpenItem]) -> None:
        self.items = {item.id: item for item in items}
        self.open: dict[int, int] = {}
        self._by_amount: dict[tuple[str, int], set[int]] = defaultdict(set)
        self._of_customer: dict[tuple[int, str, bool], list[int]] = defaultdict(list)
        self._closed: dict[tuple[int, str, bool], int] = defaultdict(int)
        self._coming = sorted(self.items.values(), key=lambda item: (item.opened, item.id), reverse=True)
        for item in self.items.values():
            self.open[item.id] = max(item.payable, 0)
            if not item.is_credit and item.payable > 0:
                self._by_amount[item.currency, item.payable].add(item.id)

    def begin(self, day: date) -> None:
        """Money of this day may be meant for what is issued by now, also unnamed. Days come in order."""
        while self._coming and self._coming[-1].opened <= day:
            item = self._coming.pop()
            place = item.customer, item.currency, item.is_credit
            insort(self._of_customer[place], item.id, key=lambda number: oldest_first(self.items[number]))

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

    def of_customer(self, customer: int, currency: str, *, credits: bool = False) -> list[OpenItem]:
        """Open items of a customer issued by the day, oldest first; with `credits` its credit notes."""
        found = []
        for number in self._of_customer.get((customer, currency, credits), ()):
            if self.open[number]:
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
