"""Short ways to write items, customers and lines for the tests of matching."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from policies.matching.facts import BankLine, Customer, Decisions, OpenItem
from policies.matching.match import Match
from policies.matching.match_all import NO_DECISIONS, match_all

JAN, PAID = date(2026, 1, 10), date(2026, 2, 20)
NORD = Customer(1, "C1001", "Menuiserie Nord SARL")
VAGUE = Customer(2, "C1002", "Société Atelier Vague SAS")
HARBOUR = Customer(3, "C1003", "Harbour Lights Ltd")
CUSTOMERS = (NORD, VAGUE, HARBOUR)
NORD_IBAN, VAGUE_IBAN = "FR7630006000011234567890189", "BE68539007547034"


def item(number: str, payable: int, customer: int = 1, **facts: object) -> OpenItem:
    """An invoice in euros, issued on 10 January; its id is made of the digits of its number."""
    digits = int("".join(sign for sign in number if sign.isdigit()))
    made = OpenItem(digits, number, customer, JAN, date(2026, 2, 9), "EUR", payable)
    return replace(made, **facts)  # type: ignore[arg-type]


def line(amount: int, text: str = "", counterparty: str = "", **facts: object) -> BankLine:
    """Money in, in euros, of 20 February."""
    made = BankLine("a", PAID, amount, "EUR", counterparty, text=text)
    return replace(made, **facts)  # type: ignore[arg-type]


def matches(
    items: Iterable[OpenItem],
    *lines: BankLine,
    customers: Iterable[Customer] = CUSTOMERS,
    decisions: Decisions = NO_DECISIONS,
) -> tuple[Match, ...]:
    return match_all(items, customers, lines, decisions)


def said(match: Match) -> tuple[str, set[int]]:
    """How sure, and which items."""
    return match.sureness.value, set(match.named)
