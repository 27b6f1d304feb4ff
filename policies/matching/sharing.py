"""How the money of a line is divided among the items of a reading, and what remains of them."""

from collections.abc import Sequence

from policies.matching.balances import oldest_first
from policies.matching.facts import OpenItem
from policies.matching.fits import Fit, discount_of
from policies.matching.looking import Looking
from policies.matching.match import Remainder, Share
from policies.matching.reasons import Gap

_GAPS = {Fit.ROUNDED: Gap.ROUNDING, Fit.FEE: Gap.BANK_FEE}


def divided(at: Looking, items: Sequence[OpenItem], fit: Fit) -> tuple[tuple[Share, ...], tuple[Remainder, ...], int]:
    """Shares, remainders and unused money. The debtor chose the items; among them the oldest is settled first, credit
    notes are netted whole, and a cash discount stays with its own invoice."""
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
            remains.append(Remainder(item.id, gap, left))
    shares += [Share(note.id, -at.balances.open[note.id]) for note in notes]
    return tuple(shares), tuple(remains), money
