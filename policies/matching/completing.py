"""A line whose named items do not make its amount: what completes them, and what else the amount fits."""

from collections.abc import Iterable, Iterator

from policies.matching.balances import oldest_first
from policies.matching.facts import OpenItem
from policies.matching.fits import Fit
from policies.matching.likeness import hints
from policies.matching.looking import Looking, Reading
from policies.matching.reasons import Doubt, Reason, Witness
from policies.matching.spelling import is_near
from policies.matching.sums import combinations, could_be_chance

Items = tuple[OpenItem, ...]


def completed(at: Looking, named: Items, witnesses: frozenset[Witness]) -> Iterator[Reading]:
    """The named items with what makes up the amount: mistyped numbers, credit notes, further items; or some of them."""
    customers = {item.customer for item in named}
    known = {item.id for item in named}
    rest = [item for item in at.pool(customers | set(at.payer.witnesses)) if item.id not in known]
    found = hints(at, rest)
    agreed = witnesses | {Witness.AMOUNT}
    doubts = frozenset({Doubt.OTHER_PAYER}) if at.is_stranger(named) else frozenset()
    mistyped = _joined(named, [item for item in rest if item.id in found])
    if len(mistyped) > len(named):
        fit = at.fit(mistyped)
        if fit > Fit.DISCOUNT:
            doubts |= {Doubt.AMOUNT_DIFFERS}
        ways = frozenset(way for way, _ in found.values())
        said = (*at.named.said, *(words for _, words in found.values()))
        yield Reading(mistyped, Reason.NAMED, fit, (agreed if fit <= Fit.DISCOUNT else witnesses) | ways, doubts, said)
        if fit <= Fit.DISCOUNT:
            return
    notes = [note for note in at.pool(customers, credits=True) if note.id not in known]
    own = [item for item in rest if item.customer in customers]
    for reason, more in ((Reason.NAMED, notes), (Reason.NAMED_AND_MORE, own)):
        yield from _with_more(at, named, more, Reading((), reason, Fit.EXACT, agreed, doubts, at.named.said))
    yield from _some_of(at, named, Reading((), Reason.NAMED, Fit.EXACT, agreed, doubts, at.named.said))


def _with_more(at: Looking, named: Items, more: list[OpenItem], like: Reading) -> Iterator[Reading]:
    missing = at.money - at.balances.signed(named)
    amounts = [at.balances.signed([item]) for item in more]
    if not amounts or (missing > 0) != (amounts[0] > 0):
        return
    choices = [tuple(range(len(more)))] if sum(amounts) == missing else combinations(missing, amounts)
    doubts = set(like.doubts)
    if len(choices) > 1:
        doubts.add(Doubt.SEVERAL_FIT)
    if len(amounts) > 1 and choices and len(choices[0]) < len(more) and could_be_chance(missing, amounts):
        doubts.add(Doubt.COINCIDENCE)
    for choice in choices:
        items = _joined(named, [more[place] for place in choice])
        yield Reading(items, like.reason, Fit.EXACT, like.witnesses, frozenset(doubts), like.said)


def _some_of(at: Looking, named: Items, like: Reading) -> Iterator[Reading]:
    """Some of the named items make the amount exactly: perhaps a list from which one was left out."""
    choices = combinations(at.money, [at.balances.signed([item]) for item in named]) if len(named) > 1 else []
    doubts = like.doubts | {Doubt.AMOUNT_DIFFERS} | ({Doubt.SEVERAL_FIT} if len(choices) > 1 else set())
    for choice in choices:
        items = tuple(named[place] for place in choice)
        yield Reading(items, like.reason, Fit.EXACT, like.witnesses, frozenset(doubts), like.said)


def elsewhere(at: Looking, named: Items) -> Iterator[Reading]:
    """Other items the amount fits: of the payer, of the same customer, or with a number one sign away."""
    known = {item.id for item in named}
    customers = {item.customer for item in named} | set(at.payer.witnesses)
    wholes = [at.book.spelled[number].whole for number in known]
    own = [item for item in at.pool(customers) if at.balances.open[item.id] == at.money]
    equal = {item.id: item for item in (*own, *at.same_amount())}.values()
    is_near_to = {item.id: any(is_near(at.book.spelled[item.id].whole, whole) for whole in wholes) for item in equal}
    is_wrong_digit = len(named) == 1 and at.payer.is_one and not at.payer.disagree and not at.payers(named)
    for item in equal:
        near = is_near_to[item.id]
        if item.id in known or not (item.customer in customers or near):
            continue
        ways = {Witness.AMOUNT} | at.payers([item]) | ({Witness.NEAR_NUMBER} if near else set())
        is_alone = near and at.payers([item]) and sum(is_near_to.values()) == 1
        doubts = frozenset() if is_wrong_digit and is_alone else frozenset({Doubt.AMOUNT_FITS_OTHERS})
        yield Reading((item,), Reason.PAYER_AND_AMOUNT, Fit.EXACT, frozenset(ways), doubts, at.named.said)
    if len(known) == 1 and at.fit(named) in {Fit.SHORT, Fit.OVER}:
        yield from _near_sibling(at, customers, known, wholes[0])


def _near_sibling(at: Looking, customers: set[int], known: set[int], whole: str) -> Iterator[Reading]:
    """A number one sign away, of the payer, that the amount settles less a fee."""
    for item in at.pool(customers):
        if item.id in known or not is_near(at.book.spelled[item.id].whole, whole) or at.fit([item]) != Fit.FEE:
            continue
        ways = frozenset({Witness.NEAR_NUMBER}) | at.payers([item])
        doubts = frozenset({Doubt.AMOUNT_FITS_OTHERS})
        yield Reading((item,), Reason.PAYER_AND_AMOUNT, Fit.FEE, ways, doubts, at.named.said)


def _joined(named: Items, more: Iterable[OpenItem]) -> Items:
    return tuple(sorted((*named, *more), key=oldest_first))
