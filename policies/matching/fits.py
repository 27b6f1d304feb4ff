"""How an amount fits what is open of some items: to the cent, within tolerance, less discount, less fees, short, over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from policies.matching.balances import Balances
from policies.matching.facts import OpenItem, Terms
from policies.money import digits

LARGEST_FEE = 10
"""A fee is at most this part of what was owed: a tenth."""


class Fit(IntEnum):
    """From best to worst; up to `DISCOUNT` the amount is a witness."""

    EXACT = 0
    ROUNDED = 1
    DISCOUNT = 2
    FEE = 3
    SHORT = 4
    OVER = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What items ask for together, and what cash discount may be taken off on the day. Minor units."""

    total: int
    discount: int

    def fit(self, amount: int, currency: str, terms: Terms) -> Fit:
        """How an amount fits."""
        missing, tolerance = self.total - amount, scaled(terms.tolerance, currency)
        if missing == 0:
            return Fit.EXACT
        if abs(missing) <= tolerance:
            return Fit.ROUNDED
        if self.discount and abs(missing - self.discount) <= tolerance:
            return Fit.DISCOUNT
        if missing < 0:
            return Fit.OVER
        is_fee = missing <= scaled(terms.bank_fee, currency) and missing * LARGEST_FEE <= self.total
        return Fit.FEE if is_fee else Fit.SHORT


def asked(balances: Balances, items: Sequence[OpenItem], on: date) -> Asked:
    """What the items ask for on a day. A discount is taken on the whole of an invoice of which nothing is paid."""
    discount = sum(discount_of(balances, item, on) for item in items)
    return Asked(balances.signed(items), discount)


def discount_of(balances: Balances, item: OpenItem, on: date) -> int:
    """The cash discount that may be taken off an item on a day."""
    if item.is_credit or balances.open[item.id] != item.payable:
        return 0
    return max((one.amount for one in item.discounts if on <= one.until), default=0)


def scaled(limit: int, currency: str) -> int:
    """A limit declared for two decimals, in minor units of the currency."""
    return int(limit * 10 ** (digits(currency) - 2)) if digits(currency) >= 2 else limit // 10 ** (2 - digits(currency))
