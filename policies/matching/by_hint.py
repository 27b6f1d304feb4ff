"""A line that nearly says a number of ours: one typing error, or the last digits alone, where the amount agrees."""

from collections.abc import Iterator

from policies.matching.facts import OpenItem
from policies.matching.fits import Fit
from policies.matching.likeness import hints
from policies.matching.looking import Looking, Reading
from policies.matching.reasons import Doubt, Reason, Witness


def readings_by_hint(at: Looking) -> Iterator[Reading]:
    """Items whose number the line nearly says, when the amount agrees."""
    own_equal = [item for item in at.pool(at.payer.witnesses) if at.balances.open[item.id] == at.money]
    equal = list({item.id: item for item in (*at.same_amount(), *own_equal)}.values())
    singles = hints(at, equal)
    known = [number for number in singles if at.payers([at.balances.items[number]])]
    chosen = known if len(known) == 1 else sorted(singles)
    for number in chosen:
        item, (way, said) = at.balances.items[number], singles[number]
        own = {Doubt.SEVERAL_FIT} if len(chosen) > 1 else set()
        own |= {Doubt.CLAIMED} if way == Witness.SUFFIX and number in at.claimed else set()
        own |= _payer_doubts(at, item, is_strong=way == Witness.NEAR_NUMBER and len(equal) == 1) | doubts_of_names(at)
        found = frozenset({way, Witness.AMOUNT}) | at.payers([item])
        yield Reading((item,), Reason.NAMED, Fit.EXACT, found, frozenset(own), (said,))
    if not chosen:
        yield from _bundle_by_hint(at)


def _payer_doubts(at: Looking, item: OpenItem, *, is_strong: bool) -> set[Doubt]:
    """Without the payer a typing error counts where nobody else owes the amount; last digits never do."""
    if at.payers([item]):
        return {Doubt.OTHER_PAYER} if at.payer.disagree else set()
    if at.payer.witnesses:
        return {Doubt.OTHER_PAYER}
    return set() if is_strong else {Doubt.NO_SECOND_WITNESS}


def readings_of_part(at: Looking) -> Iterator[Reading]:
    """The payer's item whose number is nearly said, though the amount is another: a part payment, perhaps."""
    pool = at.pool(at.payer.witnesses)
    for number, (way, said) in hints(at, pool).items():
        item = at.balances.items[number]
        found = frozenset({way}) | at.payers([item])
        yield Reading((item,), Reason.NAMED, at.fit([item]), found, frozenset({Doubt.AMOUNT_DIFFERS}), (said,))


def _bundle_by_hint(at: Looking) -> Iterator[Reading]:
    if not at.words.leftover:
        return
    pool = at.pool(at.payer.witnesses)
    found = hints(at, pool)
    items = tuple(item for item in pool if item.id in found)
    if len(items) < 2 or at.fit(items) > Fit.DISCOUNT:
        return
    own = doubts_of_names(at) | ({Doubt.OTHER_PAYER} if at.payer.disagree else set())
    own |= {Doubt.OTHER_PAYER} if len({item.customer for item in items}) > 1 else set()
    found_ways = frozenset(way for way, _ in found.values()) | {Witness.AMOUNT} | at.payers(items)
    said = tuple(words for _, words in found.values())
    yield Reading(items, Reason.NAMED, at.fit(items), found_ways, frozenset(own), said)


def doubts_of_names(at: Looking) -> set[Doubt]:
    """What the numbers in the line say against a reading that does not follow them."""
    found = {Doubt.ALREADY_SETTLED} if at.named.closed else set()
    found |= {Doubt.OTHER_CURRENCY} if at.named.other_currency else set()
    return found | ({Doubt.SEVERAL_FIT} if at.named.several else set())
