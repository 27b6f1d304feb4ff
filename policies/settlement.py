"""Which money settles which invoice: a function of all lines and items, so that the order of arrival never matters.

Lines are taken in the order of their value dates; each settles the items it names, oldest first, never more than is
open. A returned payment takes back the line it belongs to. Amounts are minor units.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

REFUND_DAYS = 70
"""Eight weeks in which a debtor may have a direct debit refunded (SEPA Core rulebook, PT-04.16), and the banks' days."""


@dataclass(frozen=True, slots=True)
class Item:
    """An invoice with what it asks for."""

    id: int
    number: str
    due: date
    currency: str
    payable: int


@dataclass(frozen=True, slots=True)
class Line:
    """Money in (positive), money returned (negative) or a credit note (positive), with the items it names.

    `key` orders lines of one value date and tells them apart, whatever order they arrived in.
    """

    key: str
    value_date: date
    amount: int
    currency: str
    names: frozenset[int]
    marks: frozenset[str] = frozenset()
    """References that a return repeats: the end-to-end id, the payment reference."""
    kin: frozenset[str] = frozenset()
    """What a return without such a reference has in common with its payment: mandate and amount, payer and amount."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """`shares[line key, item id]` is what the line settles of the item; `returned[line key]` what went back of it, and
    `returns[return's key]` the line it undid."""

    shares: dict[tuple[str, int], int] = field(default_factory=dict)
    returned: dict[str, int] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)


def settle(items: Iterable[Item], lines: Sequence[Line]) -> Settlement:
    """The settlement of `items` by `lines`."""
    result = Settlement()
    spoken_for = _take_back(lines, result)
    left = {item.id: item for item in items}
    open_of = {item.id: max(item.payable, 0) for item in left.values()}
    for line in sorted((line for line in lines if line.amount > 0), key=_order):
        money = line.amount - result.returned.get(line.key, 0)
        last = spoken_for.get(line.key, frozenset())
        named = [left[one] for one in line.names if one in left and left[one].currency == line.currency]
        for item in sorted(named, key=lambda item: (item.id in last, item.due, item.number)):
            share = min(money, open_of[item.id])
            if share > 0:
                result.shares[line.key, item.id] = share
                open_of[item.id] -= share
                money -= share
    return result


def _order(line: Line) -> tuple[date, str]:
    return line.value_date, line.key


def _take_back(lines: Sequence[Line], result: Settlement) -> dict[str, frozenset[int]]:
    """Give every return the payment it undoes; answers the items it names, which that payment settles last."""
    by_clue: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        if line.amount > 0:
            for clue in (*line.marks, *line.names, *line.kin):
                by_clue[clue].append(line)
    spoken_for: dict[str, frozenset[int]] = {}
    for back in sorted((line for line in lines if line.amount < 0), key=_order):
        payment = _undone_by(back, by_clue, result)
        if payment is not None:
            result.returned[payment.key] = result.returned.get(payment.key, 0) - back.amount
            result.returns[back.key] = payment.key
            spoken_for[payment.key] = spoken_for.get(payment.key, frozenset()) | back.names
    return spoken_for


def _undone_by(back: Line, by_clue: dict[object, list[Line]], result: Settlement) -> Line | None:
    """The payment that came back: one of the same mark, else one for an item it names; same amount first, then the
    latest before the return. Else the only one of its kin in the time a debtor may ask his money back."""
    for clues in (back.marks, back.names):
        if enough := _enough(back, clues, by_clue, result):
            return max(
                enough,
                key=lambda line: (line.amount == -back.amount, line.value_date <= back.value_date, *_order(line)),
            )
    near = [
        line for line in _enough(back, back.kin, by_clue, result)
        if 0 <= (back.value_date - line.value_date).days <= REFUND_DAYS
    ]  # fmt: skip
    return near[0] if len(near) == 1 else None


def _enough(back: Line, clues: Iterable[object], by_clue: dict[object, list[Line]], result: Settlement) -> list[Line]:
    found = {line.key: line for clue in clues for line in by_clue.get(clue, [])}
    return [
        line for line in found.values()
        if line.currency == back.currency and line.amount - result.returned.get(line.key, 0) >= -back.amount
    ]  # fmt: skip
