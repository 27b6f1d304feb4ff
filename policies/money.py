"""Money: integer minor units with an ISO 4217 currency. Sums never mix currencies."""

from collections.abc import Iterable
from dataclasses import dataclass

DIGITS: dict[str, int] = {
    "BHD": 3, "CLP": 0, "DJF": 0, "GNF": 0, "IQD": 3, "ISK": 0, "JOD": 3, "JPY": 0, "KMF": 0, "KRW": 0, "KWD": 3,
    "LYD": 3, "OMR": 3, "PYG": 0, "RWF": 0, "TND": 3, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
}  # fmt: skip
"""Decimals of the currencies that do not have two (ISO 4217, table A.1)."""


class MixedCurrencies(ValueError):
    """Amounts in different currencies cannot be added or compared."""


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount: `minor` units (cents) of `currency`."""

    minor: int
    currency: str

    def __add__(self, other: "Money") -> "Money":
        if other.currency != self.currency:
            raise MixedCurrencies(f"{self.currency} and {other.currency} cannot be added.")
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return self + Money(-other.minor, other.currency)

    def __str__(self) -> str:
        return f"{plain(self.minor, self.currency)} {self.currency}"


def digits(currency: str) -> int:
    """How many decimals the currency has: 2 for EUR, 0 for JPY, 3 for TND."""
    return DIGITS.get(currency, 2)


def plain(minor: int, currency: str) -> str:
    """An amount as other programs read it: `125000` EUR cents is `1250.00`; the currency's own decimals."""
    places = digits(currency)
    sign, value = ("-" if minor < 0 else ""), abs(minor)
    if places == 0:
        return f"{sign}{value}"
    whole, part = divmod(value, 10**places)
    return f"{sign}{whole}.{part:0{places}d}"


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The sum of amounts that are all in `currency`; raises MixedCurrencies otherwise."""
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result
