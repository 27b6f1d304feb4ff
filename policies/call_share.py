"""How an amount promised on the telephone is set against the invoices it was about: the oldest first."""

from collections.abc import Sequence


def share(amount: int, principals: Sequence[int]) -> tuple[int, ...]:
    """The part of `amount` promised for each invoice, in their order, oldest first; minor units of one currency.

    Nothing is promised twice: the parts add up to the amount, or to everything where more was promised than is owed.
    `share(700, [500, 400, 300])` is `(500, 200, 0)`.
    """
    parts, left = [], max(amount, 0)
    for principal in principals:
        part = min(left, max(principal, 0))
        parts.append(part)
        left -= part
    return tuple(parts)
