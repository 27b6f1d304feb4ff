"""Which money settles which invoice: a function of all lines and items, so that the order of arrival never matters.

Lines are taken in the order of their value dates, those a person decided first within a day; each settles the items it
names, oldest first, or the shares the person gave it, never more than is open. A returned payment takes back the line it
belongs to. Amounts are minor units.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from policies.settlement_facts import Back, Item, Line, Settlement

__all__ = ["Back", "Item", "Line", "Settlement", "settle", "taken_back"]

REFUND_DAYS = 70
"""Eight weeks in which a debtor may have a direct debit refunded (SEPA Core rulebook, PT-04.16), and the banks' days."""


def settle(items: Iterable[Item], lines: Sequence[Line], back: Back | None = None) -> Settlement:
    """The settlement of `items` by `lines`; `back`: what went back of them, where it is known already."""
    back = taken_back(lines) if back is None else back
    result = Settlement(returned=back.returned, returns=back.returns)
    left = {item.id: item for item in items}
    open_of = {item.id: max(item.payable, 0) for item in left.values()}
    for line in sorted((line for line in lines if line.amount > 0), key=_order):
        money = line.amount - result.returned.get(line.key, 0)
        last = back.spoken_for.get(line.key, frozenset())
        for item, most in _wanted(line, left, last):
            share = min(money, open_of[item], money if most is None else most)
            if share > 0:
                result.shares[line.key, item] = share
                open_of[item] -= share
                money -= share
        _let_go(line, open_of, result)
    return result


def _wanted(line: Line, items: Mapping[int, Item], last: frozenset[int]) -> list[tuple[int, int | None]]:
    """The items of the line in their turn, each with the most it takes; None: whatever is open of it."""
    if line.fixed is not None:
        return [(item, most) for item, most in line.fixed if item in items and items[item].currency == line.currency]
    named = [items[one] for one in line.names if one in items and items[one].currency == line.currency]
    return [(item.id, None) for item in sorted(named, key=lambda item: (item.id in last, item.due, item.number))]


def _let_go(line: Line, open_of: dict[int, int], result: Settlement) -> None:
    """Close what the line has settled but for a difference that may stay; what is larger stays open whole."""
    for item, most in line.lets_go:
        if (line.key, item) in result.shares and 0 < open_of[item] <= most:
            result.differences[line.key, item] = open_of[item]
            open_of[item] = 0


def _order(line: Line) -> tuple[date, bool, str]:
    return line.value_date, line.fixed is None, line.key


def taken_back(lines: Sequence[Line]) -> Back:
    """Every return with the payment it undoes."""
    by_clue: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        if line.amount > 0:
            for clue in (*line.marks, *line.names, *line.kin):
                by_clue[clue].append(line)
    back = Back()
    for one in sorted((line for line in lines if line.amount < 0), key=_order):
        payment = _undone_by(one, by_clue, back.returned)
        if payment is not None:
            back.returned[payment.key] = back.returned.get(payment.key, 0) - one.amount
            back.returns[one.key] = payment.key
            back.spoken_for[payment.key] = back.spoken_for.get(payment.key, frozenset()) | one.names
    return back


def _undone_by(back: Line, by_clue: Mapping[object, list[Line]], returned: Mapping[str, int]) -> Line | None:
    """The payment that came back: one of the same mark, else one for an item it names; same amount first, then the
    latest before the return. Else the only one of its kin in the time a debtor may ask his money back."""
    for clues in (back.marks, back.names):
        if enough := _enough(back, clues, by_clue, returned):
            return max(
                enough,
                key=lambda line: (line.amount == -back.amount, line.value_date <= back.value_date, *_order(line)),
            )
    near = [
        line for line in _enough(back, back.kin, by_clue, returned)
        if 0 <= (back.value_date - line.value_date).days <= REFUND_DAYS
    ]  # fmt: skip
    return near[0] if len(near) == 1 else None


def _enough(
    back: Line, clues: Iterable[object], by_clue: Mapping[object, list[Line]], returned: Mapping[str, int]
) -> list[Line]:
    found = {line.key: line for clue in clues for line in by_clue.get(clue, [])}
    return [
        line for line in found.values()
        if line.currency == back.currency and line.amount - returned.get(line.key, 0) >= -back.amount
    ]  # fmt: skip
