"""The insurer's answer to what needs its consent, and what it makes of a promise or a plan that waits for it."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from policies.insured import Insured


class ConsentState(StrEnum):
    """Where a consent stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"  # a person says why
    DROPPED = "dropped"  # what it was for is over


GIVEN = (ConsentState.GRANTED, ConsentState.NOT_NEEDED)
"""What may be done as it was asked for."""


def beyond(cases: Iterable[Insured], last: date, consented: Collection[int]) -> tuple[Insured, ...]:
    """The insured invoices whose payment would be put off beyond the extension of their policy, to the day `last`.

    `consented`: the cases for which the insurer agreed to that day, or a later one.
    """
    return tuple(
        one for one in cases if one.extension is not None and last > one.extension and one.invoice.case not in consented
    )
