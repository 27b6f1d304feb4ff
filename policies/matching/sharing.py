"""How the money of a line is divided among the items of a reading, and what remains of them."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from policies.matching.balances import oldest_first
from policies.matching.facts import OpenItem
from policies.matching.fits import Fit, discount_of
from policies.matching.looking import Looking
from policies.matching.match import Remainder, Share
from policies.matching.reasons import Gap
from policies.matching.verdicts import Part

_GAPS = {Fit.ROUNDED: Gap.ROUNDING, Fit.FEE: Gap.BANK_FEE}


Division = tuple[tuple[Share, ...], tuple[Remainder, ...], int]
"""What each item gets, what stays open of it, and the money no item takes. Minor units."""
_CLOSING = frozenset({Gap.ROUNDING, Gap.BANK_FEE, Gap.CASH_DISCOUNT})
"""What may stay open of an item that a line settles."""


def divided(at: Looking, items: Sequence[OpenItem], fit: Fit, closing: AbstractSet[Gap] = _CLOSING) -> Division:
    """Shares, remainders and unused money. The debtor chose the items; among them the oldest is settled first, credit
    notes are netted whole, and a cash discount stays with its own invoice. `closing`: remainders that are let go."""
    notes = [item for item in items if item.is_credit]
    invoices = sorted((item for item in items if not item.is_credit), key=oldest_first)
    money = at.money + sum(at.balances.open[note.id] for note in notes)
    shares, remains = [], []
    for item in invoices:
        taken_off = discount_of(at.balances, item, at.day) if fit == Fit.DISCOUNT else 0
        share = min(money, at.balances.open[item.id] - taken_off)
        money -= share
        if share:
            shares.append(Share(item.id, share))
        if left := at.balances.open[item.id] - share:
            gap = Gap.CASH_DISCOUNT if taken_off and left == taken_off else _GAPS.get(fit, Gap.SHORT)
            remains.append(Remainder(item.id, gap, left, gap in closing))
    shares += [Share(note.id, -at.balances.open[note.id]) for note in notes]
    return tuple(shares), tuple(remains), money


def as_decided(at: Looking, parts: Sequence[Part], fit: Fit) -> Division:
    """The same as a person gave it: of each invoice its own amount, as far as there is money and it is open; what is left of
    it closes where the person let it go."""
    money = at.money
    shares, remains = [], []
    for part in parts:
        share = min(money, at.balances.open[part.item], part.amount)
        money -= share
        if share > 0:
            shares.append(Share(part.item, share))
        if left := at.balances.open[part.item] - share:
            closes = share > 0 and left <= part.lets_go
            remains.append(Remainder(part.item, _GAPS.get(fit, Gap.SHORT), left, closes))
    return tuple(shares), tuple(remains), money
