"""What a person books by hand: `FA-1=250.00 FA-2` read and checked against the line and what is open."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.matching.verdicts import Part
from policies.money import digits, plain
from policies.problems import Problem

SOURCE = "command"
_AMOUNT = re.compile(r"(\d{1,12})(?:[.,](\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Bookable:
    """An invoice a line may be booked on; `open` without what the line has settled of it so far. Minor units."""

    id: int
    number: str
    currency: str
    open: int


def read_parts(
    words: Sequence[str], left: int, currency: str, known: Mapping[str, Sequence[Bookable]]
) -> tuple[Part, ...] | list[Problem]:
    """The parts of a line of which `left` minor units may be booked, or everything that is wrong with the words.

    An invoice without an amount takes what is left of the line, as far as it is open. `known` are the invoices by number.
    """
    parts: list[Part] = []
    problems: list[Problem] = []
    for word in words:
        number, sign, amount = word.rpartition("=") if "=" in word and word not in known else (word, "", "")
        found = _part(number.strip(), amount.strip() if sign else None, left, currency, known)
        if isinstance(found, str):
            problems.append(Problem(SOURCE, None, "invoice", found))
        elif found.item in {part.item for part in parts}:
            problems.append(Problem(SOURCE, None, "invoice", f"{number} stands here twice."))
        else:
            parts.append(found)
            left -= found.amount
    return problems or tuple(parts)


def _part(
    number: str, amount: str | None, left: int, currency: str, known: Mapping[str, Sequence[Bookable]]
) -> Part | str:
    found = known.get(number, ())
    if len(found) != 1:
        return f"There is no invoice {number}." if not found else f"{len(found)} invoices are called {number}."
    invoice = found[0]
    if invoice.currency != currency:
        return f"{number} is in {invoice.currency}, the bank line in {currency}: nothing is converted."
    wanted = min(left, invoice.open) if amount is None else _minor(amount, currency)
    if wanted is None:
        return f"“{amount}” is no amount: write one such as {number}=250.00."
    return _too_much(wanted, invoice, left) or Part(invoice.id, wanted)


def _too_much(wanted: int, invoice: Bookable, left: int) -> str:
    """Why so much cannot be booked on the invoice; empty when it can."""
    number, currency = invoice.number, invoice.currency
    if invoice.open <= 0:
        return f"{number} is settled already: undo what settles it first."
    if wanted > invoice.open:
        return f"Only {plain(invoice.open, currency)} {currency} of {number} is open."
    if wanted > left or wanted <= 0:
        return f"Only {plain(max(left, 0), currency)} {currency} of the bank line is left for {number}."
    return ""


def _minor(text: str, currency: str) -> int | None:
    """An amount in minor units; None when it cannot be read in the currency's decimals."""
    found = _AMOUNT.fullmatch(text)
    places = digits(currency)
    if found is None or len(found[2] or "") > places:
        return None
    return int(found[1] + (found[2] or "").ljust(places, "0"))
