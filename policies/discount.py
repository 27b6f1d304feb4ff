"""Cash discounts (Skonto, escompte): what is offered for paying early, which is never when payment is due."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from policies.interest.rounding import half_up
from policies.stated_amounts import Misstated, stated_minor

_SKONTO = re.compile(
    r"#SKONTO#TAGE=(?P<days>\d{1,3})#PROZENT=(?P<percent>\d{1,2}\.\d{1,4})(#BASISBETRAG=(?P<basis>-?\d{1,12}(\.\d+)?))?#"
)


@dataclass(frozen=True, slots=True)
class DiscountRecord:
    """A discount as it is stated."""

    percent: str
    """As written, with a decimal point; empty where only an amount is stated."""
    until: date | None = None
    """Last day, where a date is stated."""
    days: int | None = None
    """Days from the date of the invoice, where days are stated."""
    amount: int | None = None
    """The discount itself, in minor units of the invoice's currency, where it is stated."""
    basis: int | None = None
    """What the percentage counts on, where it is not the whole amount due."""


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """What may be taken off an invoice paid whole by a day: minor units of its currency."""

    until: date
    amount: int


def offers(stated: Iterable[DiscountRecord], issued: date | None, payable: int) -> tuple[Offer, ...]:
    """The discounts of which day and amount can be worked out, in the order of their days. A percentage is of its basis, else of
    what is payable, and is rounded half up; days run from the date of the invoice."""
    found = set()
    for one in stated:
        days = None if issued is None or one.days is None else issued + timedelta(days=one.days)
        until, amount = one.until or days, one.amount
        if amount is None and one.percent:
            amount = half_up(Fraction(one.percent) * (payable if one.basis is None else one.basis) / 100)
        if until is not None and amount is not None and 0 < amount < payable:
            found.add(Offer(until, amount))
    return tuple(sorted(found))


def discounts_in(words: str, currency: str) -> tuple[str, tuple[DiscountRecord, ...]]:
    """The terms of payment without the discounts written into them, and these discounts.

    XRechnung writes them as `#SKONTO#TAGE=14#PROZENT=2.00#BASISBETRAG=100.00#` (KoSIT, BR-DE-18). One whose amount is
    none stays a part of the words.
    """
    found: list[DiscountRecord] = []

    def taken_out(one: re.Match[str]) -> str:
        try:
            basis = stated_minor(one["basis"], currency) if one["basis"] else None
        except Misstated:
            return one[0]
        found.append(DiscountRecord(one["percent"], days=int(one["days"]), basis=basis))
        return " "

    return " ".join(_SKONTO.sub(taken_out, words).split()), tuple(found)
