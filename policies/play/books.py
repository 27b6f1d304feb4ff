"""The money of a debtor: what settles which item, worked out anew for the items a line touches (policies.settlement)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from policies.facts import DatedAmount
from policies.play.events import Money
from policies.play.item import Item
from policies.settlement import Item as Payable
from policies.settlement import Line, settle


class Books:
    """Items by the names that payments may give them, and every line known so far."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items: dict[int, Item] = {}
        self.named: dict[str, frozenset[int]] = {}
        self.lines: dict[int, list[Line]] = defaultdict(list)
        self.marked: dict[str, list[Line]] = defaultdict(list)
        self.credits: set[str] = set()
        self.booked: set[str] = set()
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        """An item: it is named by its own number, and by that of the invoice it is an instalment of."""
        self.items[item.id] = item
        for name in {item.owed.number, item.owed.invoice} - {""}:
            self.named[name] = self.named.get(name, frozenset()) | {item.id}

    def book(self, money: Money) -> list[Item]:
        """Take a line in, once; answers the items of which something else is open now."""
        if money.key in self.booked:
            return []
        self.booked.add(money.key)
        none: frozenset[int] = frozenset()
        names = none.union(*(self.named.get(name, none) for name in money.names))
        marks = frozenset({money.mark} - {""})
        line = Line(money.key, money.on, money.amount, money.currency, names, marks)
        if money.credit:
            self.credits.add(line.key)
        for name in names:
            self.lines[name].append(line)
        for mark in marks:
            self.marked[mark].append(line)
        return self._settle(line)

    def _settle(self, line: Line) -> list[Item]:
        ids, lines = self._around(line)
        if len(ids) == len(lines) == 1 and line.amount > 0 and line.currency == self.items[ids[0]].owed.currency:
            return self._settle_alone(self.items[ids[0]], line)
        settled = settle([_payable(self.items[id]) for id in ids], lines)
        days = {one.key: one.value_date for one in lines}
        shares: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for (key, id), share in settled.shares.items():
            shares[id].append((key, share))
        changed = []
        for id in ids:
            item, mine = self.items[id], sorted((days[key], share, key) for key, share in shares[id])
            before = (item.paid, item.credited)
            item.receipts = tuple(DatedAmount(on, share) for on, share, key in mine if key not in self.credits)
            item.credits = tuple(DatedAmount(on, share) for on, share, key in mine if key in self.credits)
            item.paid, item.credited = (sum(one.amount for one in found) for found in (item.receipts, item.credits))
            item.principal = item.owed.amount - item.paid - item.credited
            if (item.paid, item.credited) != before:
                changed.append(item)
        return changed

    def _settle_alone(self, item: Item, line: Line) -> list[Item]:
        """The only line there is for an item that no other line touches: `settle` would say the same, at more length."""
        share = min(line.amount, max(item.owed.amount, 0))
        settled = (DatedAmount(line.value_date, share),) if share else ()
        if line.key in self.credits:
            item.credits, item.credited = settled, share
        else:
            item.receipts, item.paid = settled, share
        item.principal = item.owed.amount - share
        return [item] if share else []

    def _around(self, line: Line) -> tuple[list[int], list[Line]]:
        """Everything the line can touch: the items it names, lines that name those or share a mark, and so on."""
        lines, ids, new = {id(line): line}, set[int](), [line]
        while new:
            one = new.pop()
            beside = [other for mark in one.marks for other in self.marked[mark]]
            for name in one.names - ids:
                ids.add(name)
                beside += self.lines[name]
            for other in beside:
                if id(other) not in lines:
                    lines[id(other)] = other
                    new.append(other)
        return sorted(ids), list(lines.values())


def _payable(item: Item) -> Payable:
    owed = item.owed
    return Payable(item.id, owed.number, owed.due or date.max, owed.currency, owed.amount)
