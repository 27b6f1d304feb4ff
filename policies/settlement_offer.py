"""A settlement for less: an amount that settles everything if it comes by its day, and the reason for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policies.form_days import coming_day_wrong, day_of
from policies.money import plain
from policies.problems import Problem
from policies.sum_written import read_sum

SOURCE = "form"
LONGEST = 2000  # characters


@dataclass(frozen=True, slots=True)
class OfferAsked:
    """An offer that can be put to a manager. `amount` in minor units."""

    amount: int
    by: date
    why: str


def read_offer(amount: str, by: str, why: str, open_: int, currency: str, today: date) -> OfferAsked | list[Problem]:
    """The offer meant, or everything that is wrong with it. `open_`: what is open of its invoices, in minor units."""
    minor, day = read_sum(amount, currency), day_of(by.strip())
    wrong = list(_wrong(minor, by.strip(), why.strip(), open_, currency, today))
    if wrong or isinstance(minor, str) or day is None:
        return [Problem(SOURCE, None, name, reason) for name, reason in wrong]
    return OfferAsked(minor, day, why.strip())


def _wrong(minor: int | str, by: str, why: str, open_: int, currency: str, today: date) -> Iterator[tuple[str, str]]:
    if isinstance(minor, str):
        yield "amount", minor
    elif minor >= open_:
        yield (
            "amount",
            f"Open are {plain(open_, currency)} {currency}: a settlement is for less. For all of it, make a plan.",
        )
    if not by:
        yield "by", "Name the last day on which it may come, written YYYY-MM-DD."
    elif reason := coming_day_wrong(by, today):
        yield "by", reason
    if not why:
        yield "why", "Say why less is enough: whoever decides reads it."
    elif len(why) > LONGEST:
        yield "why", f"At most {LONGEST} characters."
