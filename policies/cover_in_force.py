"""The policy and the limit in force on the day of an invoice."""

from collections.abc import Sequence
from datetime import date

from policies.insurance import BuyerCover, CreditInsurance


def insurance_on(insurances: Sequence[CreditInsurance], on: date, currency: str) -> CreditInsurance | None:
    """The policy in force on a day; of several the one that began last."""
    valid = [one for one in insurances if one.is_valid(on) and one.currency == currency]
    return max(valid, key=lambda one: (one.valid_from, one.number), default=None)


def limit_on(insurance: CreditInsurance, covers: Sequence[BuyerCover], on: date) -> tuple[int, int]:
    """The limit of the day and the decision it rests on: the latest; blind cover only where nobody ever asked."""
    asked = [one for one in covers if one.insurance == insurance.number]
    if not asked:
        return insurance.blind_cover, 0
    in_force = [one for one in asked if one.is_in_force(on)]
    latest = max(in_force, key=lambda one: (one.since, one.number), default=None)
    return (latest.limit, latest.number) if latest else (0, 0)
