"""What an amount may pay of one payer's open items, without a number: one, all, the oldest, a month's, a sum."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from policies.matching.facts import OpenItem
from policies.matching.fits import Fit
from policies.matching.looking import Looking
from policies.matching.reasons import Reason
from policies.matching.sums import MOST, combinations

Items = tuple[OpenItem, ...]
Way = tuple[Reason, Fit, Items]


def ways(at: Looking, pool: Sequence[OpenItem], notes: Sequence[OpenItem]) -> list[Way]:
    """Every different set of items the amount is right for, the plainest first; two or more mean that a person must
    choose. Among more than `sums.MOST` items only plain sets are looked for."""
    found: dict[frozenset[int], Way] = {}
    for way in (*_single(at, pool), *_plain(at, pool, notes), *_any_sum(at, [*pool, *notes])):
        found.setdefault(frozenset(item.id for item in way[2]), way)
    return list(found.values())


def _single(at: Looking, pool: Sequence[OpenItem]) -> Iterator[Way]:
    fits = [(at.fit([item]), item) for item in pool]
    best = min((fit for fit, _ in fits), default=Fit.OVER)
    if best <= Fit.DISCOUNT:
        yield from ((Reason.PAYER_AND_AMOUNT, fit, (item,)) for fit, item in fits if fit == best)


def _plain(at: Looking, pool: Sequence[OpenItem], notes: Sequence[OpenItem]) -> Iterator[Way]:
    for items in ((*pool, *notes), tuple(pool)):
        if len(items) > 1 and (fit := at.fit(items)) <= Fit.DISCOUNT:
            yield Reason.ALL_OPEN, fit, items
    for ordered in (pool, sorted(pool, key=lambda item: (item.opened, item.number, item.id))):
        if run := _run(at, ordered):
            yield Reason.OLDEST, Fit.EXACT, run
    months: dict[tuple[int, int], list[OpenItem]] = defaultdict(list)
    for item in pool:
        months[item.opened.year, item.opened.month].append(item)
    for month in months.values():
        if len(month) > 1 and at.balances.signed(month) == at.money:
            yield Reason.MONTH, Fit.EXACT, tuple(month)


def _run(at: Looking, ordered: Sequence[OpenItem]) -> Items:
    """Two or more items from the oldest on that make the amount: also what a statement of some day asked for."""
    total = 0
    for place, item in enumerate(ordered):
        total += at.balances.open[item.id]
        if total >= at.money:
            return tuple(ordered[: place + 1]) if total == at.money and place else ()
    return ()


def _any_sum(at: Looking, items: Sequence[OpenItem]) -> Iterator[Way]:
    if not 1 < len(items) <= MOST:
        return
    amounts = [at.balances.signed([item]) for item in items]
    for choice in combinations(at.money, amounts, limit=4):
        yield Reason.SUM, Fit.EXACT, tuple(items[place] for place in choice)
