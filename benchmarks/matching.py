"""Precision and recall of matching on labelled lines, and its speed among a hundred thousand.

The generator is published here: `benchmarks/matching_world.py` (who owes what), `benchmarks/matching_habits.py` (how
they pay, with the share of each habit) and `benchmarks/matching_lines.py` (day by day). One seed gives one world.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from benchmarks.matching_lines import Labelled, labelled
from benchmarks.matching_world import world
from policies.matching.match import Match
from policies.matching.match_all import match_all
from policies.matching.reasons import Sureness

Say = Callable[[str], None]
SEED = 20_261_126
CUSTOMERS, INVOICES, LINES = 1_500, 20_000, 14_000
WANTED_PRECISION = 0.999
SCALE = 100_000


def run(say: Say) -> dict[str, Any]:
    """The figures: of the labelled lines, per habit, and of the large books."""
    made = world(Random(SEED), CUSTOMERS, INVOICES)
    lines = labelled(Random(SEED), made, LINES)
    matches = match_all(made.items, made.customers, [one.line for one in lines])
    return judged(lines, matches, say)


def judged(lines: Sequence[Labelled], matches: Sequence[Match], say: Say) -> dict[str, Any]:
    """How many are sure, right, proposed."""
    by_key = {match.line: match for match in matches}
    counts: Counter[tuple[str, str]] = Counter()
    for one in lines:
        for habit in (one.habit, "all"):
            counts[habit, _verdict(one, by_key[one.line.key])] += 1
    for habit in sorted({habit for habit, _ in counts}):
        say(f"{habit}: " + ", ".join(f"{v} {counts[habit, v]}" for v in VERDICTS))
    return {}


VERDICTS = ("sure right", "sure wrong", "likely right", "among alternatives", "likely wrong", "unknown held", "unknown")


def _verdict(one: Labelled, match: Match) -> str:
    if match.sureness == Sureness.SURE:
        return "sure right" if match.named == one.pays else "sure wrong"
    if match.sureness == Sureness.UNKNOWN:
        return "unknown held" if one.pays and one.pays <= match.could_settle else "unknown"
    if match.named == one.pays:
        return "likely right"
    others = [frozenset(share.item for share in other.shares) for other in match.alternatives]
    return "among alternatives" if one.pays in others else "likely wrong"
