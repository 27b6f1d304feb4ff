"""Which of a customer's terms records count for a debt: nothing the parties agreed on is used without one (design 4.6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies.interest.day_count import DayCount
from policies.interest.debt import Terms


@dataclass(frozen=True, slots=True)
class TermsRecord:
    """What a customer accepted on a day, for all its invoices or for one; rate in percent a year, sum in minor units."""

    id: int
    accepted_on: date
    rate: Decimal | None
    flat: int | None
    currency: str
    """Of the flat sum."""
    proof: str
    """The document, or the words that were accepted."""
    one_invoice: bool
    """It was accepted for the invoice in question alone."""
    limitation_years: int | None = None
    day_count: DayCount | None = None
    """Of the rate."""


def agreed_terms(records: Iterable[TermsRecord], issued: date) -> Terms | None:
    """The rate, the sum and the limitation period agreed for an invoice issued on `issued`; None: nothing was.

    What was accepted for all invoices binds those issued from that day on: terms sent with a later order do not reach
    back (FR: C. civ. 1119, general terms bind whom they were made known to and who accepted them). What was accepted for one invoice counts for it
    whatever its day. The particular goes before the general, the later before the earlier, each for what it says.
    """
    binding = sorted((one for one in records if one.one_invoice or one.accepted_on <= issued), key=_rank, reverse=True)
    rate = next((one for one in binding if one.rate is not None), None)
    flat = next((one for one in binding if one.flat is not None), None)
    period = next((one for one in binding if one.limitation_years is not None), None)
    used = dict.fromkeys(one for one in (rate, flat, period) if one is not None)
    if not used:
        return None
    return Terms(
        rate=rate.rate if rate else None,
        flat=flat.flat if flat else None,
        flat_currency=flat.currency if flat else "",
        day_count=rate.day_count if rate else None,
        limitation_years=period.limitation_years if period else None,
        record="; ".join(f"{one.proof}, accepted on {one.accepted_on}" for one in used),
    )


def _rank(record: TermsRecord) -> tuple[bool, date, int]:
    return record.one_invoice, record.accepted_on, record.id
