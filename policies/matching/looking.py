"""One line on the table, with everything it is held against."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from policies.matching.balances import Balances, oldest_first
from policies.matching.facts import BankLine, OpenItem, Terms
from policies.matching.fits import Fit, asked
from policies.matching.mentions import Words
from policies.matching.number_book import NumberBook
from policies.matching.payer import Payer
from policies.matching.reasons import Doubt, Reason, Witness


@dataclass(frozen=True, slots=True)
class Reading:
    """One explanation of a line: it pays these items. Without a doubt it is sure."""

    items: tuple[OpenItem, ...]
    reason: Reason
    fit: Fit
    witnesses: frozenset[Witness]
    doubts: frozenset[Doubt] = frozenset()
    said: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        """Whether it is booked without asking."""
        return not self.doubts


@dataclass(frozen=True, slots=True)
class Named:
    """Items of the line's currency it names: open ones with the weight of each, and what else its numbers mean."""

    open: Mapping[int, Witness] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    closed: frozenset[int] = frozenset()
    other_currency: frozenset[int] = frozenset()
    several: frozenset[int] = frozenset()
    """Items one number may mean, and nothing tells them apart."""
    hinted: frozenset[int] = frozenset()
    """Items whose number is too short to name them alone."""


@dataclass(frozen=True, slots=True)
class Looking:
    """A line with its words and payer. `money` is its amount less what was returned, in minor units."""

    line: BankLine
    money: int
    words: Words
    payer: Payer
    balances: Balances
    book: NumberBook
    terms: Terms
    claimed: AbstractSet[int]
    """Items that other lines, which wait for a person, may pay."""
    paid: AbstractSet[tuple[int, int]]
    """Items with the amounts that paid them before."""
    named: Named = Named()

    @property
    def day(self) -> date:
        """The value date."""
        return self.line.value_date

    def fit(self, items: Iterable[OpenItem]) -> Fit:
        """How the money fits what these items ask for on the day."""
        return asked(self.balances, tuple(items), self.day).fit(self.money, self.line.currency, self.terms)

    def pool(self, customers: Collection[int], *, credits: bool = False) -> list[OpenItem]:
        """Open items of customers in the line's currency, issued by its value date, oldest first."""
        found = [
            item
            for customer in sorted(set(customers))
            for item in self.balances.of_customer(customer, self.line.currency, credits=credits)
        ]
        return sorted(found, key=oldest_first) if len(set(customers)) > 1 else found

    def same_amount(self) -> list[OpenItem]:
        """Invoices of any customer of which exactly the money is open; none where too many are."""
        found = self.balances.with_amount(self.line.currency, self.money)
        return [self.balances.items[number] for number in sorted(found)] if len(found) <= MOST_EQUAL else []

    def payers(self, items: Iterable[OpenItem]) -> frozenset[Witness]:
        """What says that the customers of these items paid."""
        return frozenset().union(*(self.payer.of(item.customer) for item in items))

    def is_stranger(self, items: Iterable[OpenItem]) -> bool:
        """Whether a customer of ours paid who is not the one asked."""
        return any(self.payer.is_another(item.customer) for item in items)


MOST_EQUAL = 60
"""Open items of one amount, above which the amount tells nothing."""
