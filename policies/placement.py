"""A file placed with an agency: how it stands, what the agency gets of what it collects, what is told to it."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum


class PlacementState(StrEnum):
    """How a placement stands, as the agency tells it or as we do."""

    PLACED = "placed"  # handed over; the agency has said nothing yet
    RECEIVED = "received"
    CONTACTED = "contacted"
    PROMISE = "promise"
    PAYING = "paying"
    PAID = "paid"  # everything was paid to the agency
    DISPUTED = "disputed"
    UNCOLLECTABLE = "uncollectable"
    CLOSED = "closed"  # by the agency
    RETURNED = "returned"  # given back, or the mandate's end has passed
    RECALLED = "recalled"  # by us


TOLD_BY_AGENCY = tuple(
    one for one in PlacementState if one not in (PlacementState.PLACED, PlacementState.RECALLED, PlacementState.PAID)
)
"""What is noted as it stands; money paid to the agency is noted with its amounts (`agency-paid`)."""
OVER = frozenset({
    PlacementState.PAID, PlacementState.UNCOLLECTABLE, PlacementState.CLOSED, PlacementState.RETURNED,
    PlacementState.RECALLED,
})  # fmt: skip
"""The agency does nothing more: the ladder goes on, or a person is asked."""


class Recall(StrEnum):
    """Why we take a file back."""

    PAID = "paid"  # nothing is owed any more: paid to us, or credited
    DISPUTE = "dispute"
    INSOLVENCY = "insolvency"
    HOLD = "hold"
    GIVEN_UP = "given_up"  # written off or withdrawn
    COURT = "court"  # the ladder went on to court
    MANDATE_OVER = "mandate_over"
    OVERTAKEN = "overtaken"  # money is dated before it was handed over
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the cases of an open placement stand. Amounts in minor units; what came by the agency counts as paid."""

    told: int
    """What the agency knows to be open."""
    open: int
    """What is still asked of the customer."""
    disputed: bool = False
    insolvent: bool = False
    held: bool = False
    """By anything else that lets nothing leave, but the placement itself."""
    given_up: bool = False
    in_court: bool = False
    ends_on: date | None = None


def to_tell(one: Standing, today: date) -> Recall | int | None:
    """Why the file is recalled now, or the amount the agency must know of; None: nothing is to be told.

    >>> to_tell(Standing(told=1000, open=600), date(2026, 6, 1))
    600
    """
    if one.given_up:
        return Recall.GIVEN_UP
    if one.open <= 0 and not one.disputed:
        return Recall.PAID if one.told > 0 else None
    reasons = (
        (one.insolvent, Recall.INSOLVENCY), (one.disputed, Recall.DISPUTE),
        (one.in_court, Recall.COURT), (one.held, Recall.HOLD),
        (one.ends_on is not None and today > one.ends_on, Recall.MANDATE_OVER),
    )  # fmt: skip
    why = next((reason for holds, reason in reasons if holds), None)
    return why or (one.open if one.open != one.told else None)


def fee_of(gross: int, percent: Decimal | None, flat: int | None) -> int:
    """The agency's fee for `gross` minor units it collected: its share, half a unit rounded up, and a flat sum.

    The creditor's own cost: without a title it is never asked of the debtor where the law forbids that (FR: CPCE L111-8).

    >>> fee_of(100_00, Decimal("12.5"), None), fee_of(100_01, Decimal(15), 500)
    (1250, 2000)
    """
    share = (Decimal(gross) * (percent or Decimal(0)) / 100).quantize(Decimal(1), ROUND_HALF_UP)
    return int(share) + (flat or 0)


def reference_of(customer: str, on: date, currency: str) -> str:
    """What both sides call a placement: the customer's number, the day of its figures, the currency."""
    return f"{customer}-{on:%Y%m%d}-{currency}"
