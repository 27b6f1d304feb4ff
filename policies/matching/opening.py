"""The books before the first line."""

from collections.abc import Iterable, Sequence

from policies.matching.balances import Balances
from policies.matching.books import Books
from policies.matching.facts import BankLine, Customer, Decisions, OpenItem, Terms
from policies.matching.number_book import number_book
from policies.matching.payers import payer_book
from policies.matching.returns import taken_back


def open_books(
    items: Iterable[OpenItem],
    customers: Iterable[Customer],
    lines: Sequence[BankLine],
    decisions: Decisions,
    terms: Terms,
) -> Books:
    """The books before the first line."""
    known = sorted({item.id: item for item in items}.values(), key=lambda item: item.id)
    numbers = number_book(known)
    back, out = taken_back(lines, numbers)
    notes = sorted((item for item in known if item.corrects), key=lambda item: (item.opened, item.id), reverse=True)
    payers = payer_book(sorted({customer.id: customer for customer in customers}.values(), key=lambda one: one.id))
    return Books(Balances(known), numbers, payers, decisions, terms, back, out, notes)
