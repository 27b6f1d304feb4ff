"""What settlement works on and answers with: invoices, lines of money, and what is set against what. Minor units."""

from dataclasses import dataclass, field
from datetime import date


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
    fixed: tuple[tuple[int, int], ...] | None = None
    """What a person decided: items with their amounts, in this order; `names` count no longer."""
    lets_go: tuple[tuple[int, int], ...] = ()
    """What may stay open of an item and is let go: rounding, fees kept on the way, cash discount."""


@dataclass(frozen=True, slots=True)
class Back:
    """Money that went back: `returned[line key]` is what went back of a line, `returns[return's key]` the line it undid, and
    `spoken_for[line key]` the items those returns name, which the rest of that line settles last. Minor units."""

    returned: dict[str, int] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
    spoken_for: dict[str, frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settlement:
    """`shares[line key, item id]` is what the line settles of the item, `differences` what is let go with it;
    `returned[line key]` is what went back of a line, and `returns[return's key]` the line it undid."""

    shares: dict[tuple[str, int], int] = field(default_factory=dict)
    differences: dict[tuple[str, int], int] = field(default_factory=dict)
    returned: dict[str, int] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
