"""The books before the first line."""

from collections.abc import Iterable, Sequence

from policies.matching.balances import Balances
from policies.matching.books import Books
from policies.matching.facts import BankLine, Customer, Decisions, OpenItem, Terms
from policies.matching.number_book import number_book
from policies.matching.payers import payer_book
from policies.matching.returns import money_out, went_back
from policies.settlement import Back


def open_books(
    items: Iterable[OpenItem],
    customers: Iterable[Customer],
    lines: Sequence[BankLine],
    decisions: Decisions,
    terms: Terms,
    back: Back | None,
) -> Books:
    """The books before the first line; `back`: what went back of lines, where it is known better than they tell it."""
    known = sorted({item.id: item for item in items}.values(), key=lambda item: item.id)
    numbers = number_book(known)
    out = money_out(lines, numbers)
    back = went_back(lines, out, numbers) if back is None else back
    notes = sorted((item for item in known if item.corrects), key=lambda item: (item.opened, item.id), reverse=True)
    payers = payer_book(sorted({customer.id: customer for customer in customers}.values(), key=lambda one: one.id))
    return Books(Balances(known), numbers, payers, decisions, terms, back, out, notes)
