"""A line that names open items by number or reference: what else must agree before it is booked."""

from collections.abc import Iterator

from policies.matching.balances import oldest_first
from policies.matching.completing import completed, elsewhere
from policies.matching.facts import OpenItem
from policies.matching.fits import Fit
from policies.matching.likeness import names_unknown
from policies.matching.looking import Looking, Reading
from policies.matching.reasons import Doubt, Reason, Witness


def readings_by_number(at: Looking) -> Iterator[Reading]:
    """The explanations of a line that names open items, best first.

    A number is one witness, the amount and the payer are others; two are needed, and none may speak against. A
    reference with right check digits needs no second.
    """
    items = tuple(sorted((at.balances.items[number] for number in at.named.open), key=oldest_first))
    if not items:
        return
    own = _as_named(at, items)
    if own.fit <= Fit.DISCOUNT:
        yield from _fitting(at, own)
        return
    whole = list(completed(at, items, own.witnesses))
    yield from whole
    if any(reading.is_sure for reading in whole):
        return
    others = list(elsewhere(at, items))
    yield from others
    if whole or others:
        own = _doubted(own, Doubt.AMOUNT_FITS_OTHERS)
    yield own


def _fitting(at: Looking, own: Reading) -> Iterator[Reading]:
    """The amount agrees: only another customer of ours, who owes this amount too, speaks against."""
    strange = [item for item in own.items if at.payer.witnesses and not at.payer.of(item.customer)]
    others = list(elsewhere(at, own.items)) if len(strange) == len(own.items) else []
    if others or _could_be_swapped(at, own, strange):
        own = _doubted(own, Doubt.AMOUNT_FITS_OTHERS, Doubt.OTHER_PAYER)
    yield own
    yield from (_doubted(other, Doubt.AMOUNT_FITS_OTHERS) for other in others)


def _could_be_swapped(at: Looking, own: Reading, strange: list[OpenItem]) -> bool:
    """In a list, whether the payer owes the amount of an item that is somebody else's: a wrong digit among them."""
    known, amounts = {item.id for item in own.items}, {at.balances.open[item.id] for item in strange}
    payers = at.payer.witnesses if amounts and len(own.items) > 1 else ()
    return any(at.balances.open[item.id] in amounts for item in at.pool(payers) if item.id not in known)


def _as_named(at: Looking, items: tuple[OpenItem, ...]) -> Reading:
    fit, payers = at.fit(items), at.payers(items)
    weights = frozenset(at.named.open.values())
    witnesses = weights | payers | (frozenset({Witness.AMOUNT}) if fit <= Fit.DISCOUNT else frozenset())
    own = Reading(items, Reason.NAMED, fit, witnesses, said=at.named.said)
    return _doubted(own, *_doubts(at, own, bool(payers), weights == {Witness.REFERENCE}))


def _doubts(at: Looking, own: Reading, known_payer: bool, by_reference: bool) -> Iterator[Doubt]:
    if at.named.several:
        yield Doubt.SEVERAL_FIT
    if own.fit > Fit.DISCOUNT:
        yield from _doubts_of_difference(at, own, known_payer, by_reference)


def _doubts_of_difference(at: Looking, own: Reading, known_payer: bool, by_reference: bool) -> Iterator[Doubt]:
    if not (by_reference or known_payer):
        yield Doubt.NO_SECOND_WITNESS
    if at.is_stranger(own.items) or (at.payer.disagree and not by_reference):
        yield Doubt.OTHER_PAYER
    is_again = own.fit == Fit.OVER and any((item.id, at.line.amount) in at.paid for item in own.items)
    if at.named.closed or is_again:
        yield Doubt.ALREADY_SETTLED
    if names_unknown(at):
        yield Doubt.UNKNOWN_NUMBER
    if own.fit == Fit.OVER and _could_pay_more(at, own):
        yield Doubt.AMOUNT_FITS_OTHERS
    if (len(own.items) > 1 and own.fit != Fit.FEE) or len({item.customer for item in own.items}) > 1:
        yield Doubt.AMOUNT_DIFFERS


def _could_pay_more(at: Looking, own: Reading) -> bool:
    """Whether what is too much would settle another open item of the customer: more was meant than is named."""
    known, excess = {item.id for item in own.items}, at.money - at.balances.signed(own.items)
    rest = at.pool({item.customer for item in own.items})
    return any(at.balances.open[item.id] <= excess for item in rest if item.id not in known)


def _doubted(reading: Reading, *doubts: Doubt) -> Reading:
    return Reading(
        reading.items,
        reading.reason,
        reading.fit,
        reading.witnesses,
        reading.doubts | frozenset(doubts),
        reading.said,
    )
