"""What a person writes down of a dispute: a reason and an amount before a colon, then what the customer says."""

import re
from dataclasses import dataclass

from policies.dispute_reasons import DisputeReason, reason_named
from policies.money import digits

_AMOUNT = re.compile(r"(?<![\w.,])([0-9]{1,12})(?:[.,]([0-9]{1,3}))?(?![\w.,])")


@dataclass(frozen=True, slots=True)
class SaidDispute:
    """What is disputed. `amount` in minor units; None: the whole."""

    reason: DisputeReason
    amount: int | None
    text: str


def amount_in(text: str, currency: str) -> int | None:
    """The one amount that stands in the text, as `400`, `400.00` or `400,00`; None where there is none, or not one."""
    found = _AMOUNT.findall(text)
    if len(found) != 1 or len(found[0][1]) > digits(currency):
        return None
    whole, part = found[0]
    return int(whole + part.ljust(digits(currency), "0")) or None


def read_said(words: str, currency: str) -> SaidDispute:
    """*price 400.00: agreed was the old list*: reason, amount and words; without a known reason all of it is words."""
    text = words.strip()
    head, colon, rest = text.partition(":")
    amount = amount_in(head, currency) if currency else None
    named = " ".join(_AMOUNT.sub(" ", head).replace(currency, " ").split()) if currency else head.strip()
    reason = reason_named(named)
    a_time = rest[:1].isdigit()  # *14:30 he called* names no amount
    if not colon or (reason is None and (amount is None or named or a_time)):
        return SaidDispute(reason_named(text) or DisputeReason.OTHER, None, text)
    return SaidDispute(reason or DisputeReason.OTHER, amount, rest.strip())
