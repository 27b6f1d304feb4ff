"""E-mail domains that look like a slip of the pen: a warning for a person, never a correction."""

from functools import lru_cache

from policies.free_mail import ALSO_REAL, COMMON

SHORT = 8
"""Letters: a shorter domain differs from too many others by one of them."""


@lru_cache(maxsize=16384)
def likely_meant(domain: str) -> str | None:
    """The common domain this one was probably meant to be; None: nothing speaks for a slip."""
    bare = domain.lower().rstrip(".")
    if bare in COMMON or bare in ALSO_REAL:
        return None
    near = [(distance, common) for common in COMMON if (distance := _slips(bare, common)) <= _allowed(common)]
    return min(near)[1] if near else None


def _allowed(common: str) -> int:
    return 1 if len(common) < SHORT + 2 else 2


def _slips(one: str, other: str) -> int:
    """Letters added, left out, changed, or two neighbours exchanged (optimal string alignment)."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
