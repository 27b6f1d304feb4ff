"""Cash discounts of an invoice as its row keeps them: `2026-02-14 1250; 2026-02-24 600`, minor units."""

from collections.abc import Iterable
from datetime import date

from policies.discount import Offer

BETWEEN = "; "


def discounts_written(offers: Iterable[Offer]) -> str:
    """Day and amount of each."""
    return BETWEEN.join(f"{one.until.isoformat()} {one.amount}" for one in offers)


def discounts_read(words: str) -> tuple[Offer, ...]:
    """What `discounts_written` wrote."""
    pairs = (one.split(" ") for one in words.split(BETWEEN) if one)
    return tuple(Offer(date.fromisoformat(day), int(amount)) for day, amount in pairs)
