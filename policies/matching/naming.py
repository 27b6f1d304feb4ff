"""Which items the numbers in a line mean."""

from collections.abc import Callable, Iterable
from itertools import accumulate

from policies.invoice_names import key
from policies.matching.balances import oldest_first
from policies.matching.listed import Mention
from policies.matching.looking import Looking, Named
from policies.matching.number_book import Entry
from policies.matching.reasons import Witness
from policies.matching.spelling import compact

RANK = {Witness.SUFFIX: 0, Witness.NUMBER: 1, Witness.REFERENCE: 2}


def named_by(at: Looking) -> Named:
    """The items named. A number of several items means the one that is open, of the payer, of this amount."""
    found: dict[int, Witness] = {}
    said: list[str] = []
    several: set[int] = set()
    hinted: set[int] = set()
    foreign: set[int] = set()
    for mention in at.words.mentions:
        strong = [entry for entry in mention.entries if entry.witness != Witness.SUFFIX]
        hinted |= {entry.item for entry in mention.entries if entry.witness == Witness.SUFFIX}
        own = [entry for entry in strong if at.balances.items[entry.item].currency == at.line.currency]
        if not own:
            foreign |= {entry.item for entry in strong}
            continue
        meant = _instalments(at, _meant(at, mention, own))
        said.append(mention.said)
        if len({_whole(at, entry) for entry in meant}) > 1:
            several |= {entry.item for entry in meant}
            continue
        weight = max((_weight(at, mention, entry) for entry in meant), key=RANK.__getitem__)
        for entry in meant:
            found[entry.item] = max(weight, found.get(entry.item, Witness.SUFFIX), key=RANK.__getitem__)
    still_open = {item: weight for item, weight in found.items() if at.balances.open[item]}
    return Named(
        still_open,
        tuple(said),
        frozenset(found) - frozenset(still_open),
        frozenset(foreign),
        frozenset(several) - frozenset(found),
        frozenset(item for item in hinted if at.balances.items[item].currency == at.line.currency) - frozenset(found),
    )


def _meant(at: Looking, mention: Mention, entries: Iterable[Entry]) -> list[Entry]:
    """Narrow down while more than one item is left; a test that leaves none is no test."""
    left = list(entries)
    tests: tuple[Callable[[Entry], bool], ...] = (
        lambda entry: key(at.balances.items[entry.item].number) == key(mention.said),
        lambda entry: at.balances.open[entry.item] > 0,
        lambda entry: bool(at.payer.of(at.balances.items[entry.item].customer)),
        lambda entry: at.balances.open[entry.item] == at.money,
    )
    for test in tests:
        if len({entry.item for entry in left}) == 1:
            break
        left = [entry for entry in left if test(entry)] or left
    return left


def _whole(at: Looking, entry: Entry) -> tuple[int, str]:
    """The invoice an item is, or is an instalment of."""
    item = at.balances.items[entry.item]
    return (item.customer, item.invoice) if item.invoice else (item.id, "")


def _instalments(at: Looking, meant: list[Entry]) -> list[Entry]:
    """Of an invoice in instalments the oldest ones that make up the money, where they do; else all of them."""
    if len({_whole(at, entry) for entry in meant}) > 1:
        return meant
    by_day = sorted(meant, key=lambda entry: oldest_first(at.balances.items[entry.item]))
    together = accumulate(at.balances.open[entry.item] for entry in by_day)
    return next((by_day[:place] for place, sum_ in enumerate(together, 1) if sum_ == at.money), meant)


def _weight(at: Looking, mention: Mention, entry: Entry) -> Witness:
    """An end-to-end id that is one we gave weighs as much as check digits."""
    given = {compact(reference) for reference in at.balances.items[entry.item].references}
    said = compact(mention.said)
    return Witness.REFERENCE if said in given and said == compact(at.line.end_to_end_id) else entry.witness
