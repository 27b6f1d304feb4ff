"""A set-off: what we owe a customer against what it owes us, in one currency, up to the smaller of the two."""

from collections.abc import Iterator
from dataclasses import dataclass

from policies.money import plain
from policies.problems import Problem
from policies.sum_written import read_sum

SOURCE = "form"
LONGEST, LONGEST_NUMBER = 2000, 60  # characters


@dataclass(frozen=True, slots=True)
class SetOffAsked:
    """A set-off that can be put to a manager. `amount` in minor units; `their_invoice` is the customer's own."""

    their_invoice: str
    amount: int
    why: str


def read_set_off(their_invoice: str, amount: str, why: str, open_: int, currency: str) -> SetOffAsked | list[Problem]:
    """The set-off meant, or everything that is wrong with it. `open_`: what is open of our invoices, in minor units."""
    minor, number = read_sum(amount, currency), " ".join(their_invoice.split())
    wrong = list(_wrong(number, minor, why.strip(), open_, currency))
    if wrong or isinstance(minor, str):
        return [Problem(SOURCE, None, name, reason) for name, reason in wrong]
    return SetOffAsked(number, minor, why.strip())


def _wrong(number: str, minor: int | str, why: str, open_: int, currency: str) -> Iterator[tuple[str, str]]:
    if not number:
        yield "their_invoice", "Say which invoice of the customer's own: its number."
    elif len(number) > LONGEST_NUMBER:
        yield "their_invoice", f"At most {LONGEST_NUMBER} characters."
    if isinstance(minor, str):
        yield "amount", minor
    elif minor > open_:
        yield "amount", f"Open are {plain(open_, currency)} {currency}: no more than that can be set off."
    if len(why) > LONGEST:
        yield "why", f"At most {LONGEST} characters."
