"""Precision and recall of matching on labelled lines, and its speed among a hundred thousand.

The generator is seeded and published: `matching_world` (who owes what, under six ways of numbering), `matching_habits`
(how they pay, with the share of each habit) and `matching_lines` (day by day). Every line is labelled with the set of
invoices it pays, by construction; a sure match is right only when it names exactly this set. The rules in words stand in
docs/matching.md.
"""

import gc
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from benchmarks.matching_lines import Labelled, labelled
from benchmarks.matching_world import STYLES, world
from policies.matching.facts import BankLine
from policies.matching.match import Match
from policies.matching.match_all import match_all
from policies.matching.reasons import Sureness

Say = Callable[[str], None]
SEED = 20_261_126
CUSTOMERS, INVOICES, LINES = 300, 5_000, 2_600
"""For each way of numbering."""
WANTED_PRECISION = 0.999
SCALE, SCALE_CUSTOMERS = 100_000, 10_000
SCALE_LIMIT_S = 20
VERDICTS = ("sure right", "sure wrong", "likely right", "likely other", "likely wrong", "unknown held", "unknown")
"""*Likely other*: the right set is among the alternatives. *Unknown held*: what it pays is on the hold list."""


def run(say: Say) -> dict[str, Any]:
    """The figures over all ways of numbering, per habit, and of the large books."""
    counts: Counter[tuple[str, str]] = Counter()
    for place, style in enumerate(STYLES):
        counts += counted(Random(SEED + place), style, LINES)
    figures = judged(counts)
    say(
        f"{figures['lines']} lines, {figures['sure']} sure: precision {figures['precision']:.5f}, "
        f"recall {figures['recall']:.3f}; of {figures['likely']} proposals {figures['proposals_right']:.3f} right, "
        f"{figures['proposals_offered']:.3f} with alternatives"
    )
    for habit, found in figures["habits"].items():
        say(f"{habit}: " + ", ".join(f"{verdict} {times}" for verdict, times in found.items()))
    figures["scale"] = scale()
    say("{lines} lines against {items} items: {seconds} s, peak {peak_mb} MB".format(**figures["scale"]))
    return figures


def counted(random: Random, style: str, wanted: int) -> Counter[tuple[str, str]]:
    """Verdicts by habit for one world."""
    made = world(random, CUSTOMERS, INVOICES, style)
    lines = labelled(random, made, wanted)
    matches = match_all(made.items, made.customers, [one.line for one in lines])
    return verdicts(lines, matches)


def verdicts(lines: Sequence[Labelled], matches: Sequence[Match]) -> Counter[tuple[str, str]]:
    """How often each verdict fell, by habit; of lines that pay nothing apart."""
    by_key = {match.line: match for match in matches}
    return Counter((one.habit, verdict(one, by_key[one.line.key])) for one in lines)


def verdict(one: Labelled, match: Match) -> str:
    """What the match of a labelled line is worth."""
    if match.sureness == Sureness.SURE:
        return "sure right" if match.named == one.pays else "sure wrong"
    if match.sureness == Sureness.UNKNOWN:
        return "unknown held" if one.pays and one.pays <= match.could_settle else "unknown"
    if match.named == one.pays:
        return "likely right"
    others = [frozenset(share.item for share in other.shares) for other in match.alternatives]
    return "likely other" if one.pays in others else "likely wrong"


PAY_NOTHING = frozenset({"unrelated", "paid_twice"})


def judged(counts: Counter[tuple[str, str]]) -> dict[str, Any]:
    """Precision of sure, recall of sure among lines that pay something, and how often a proposal is right."""
    by_verdict = {name: sum(times for (_, found), times in counts.items() if found == name) for name in VERDICTS}
    lines = sum(counts.values())
    paying = sum(times for (habit, _), times in counts.items() if habit not in PAY_NOTHING)
    sure = by_verdict["sure right"] + by_verdict["sure wrong"]
    likely = sum(times for name, times in by_verdict.items() if name.startswith("likely"))
    return {
        "lines": lines,
        "sure": sure,
        "sure_wrong": by_verdict["sure wrong"],
        "precision": round(by_verdict["sure right"] / sure, 6),
        "wanted_precision": WANTED_PRECISION,
        "recall": round(by_verdict["sure right"] / paying, 4),
        "likely": likely,
        "proposals_right": round(by_verdict["likely right"] / likely, 4),
        "proposals_offered": round((by_verdict["likely right"] + by_verdict["likely other"]) / likely, 4),
        "habits": {
            habit: {name: counts[habit, name] for name in VERDICTS if counts[habit, name]}
            for habit in sorted({habit for habit, _ in counts})
        },
    }


def scale() -> dict[str, Any]:
    """A hundred thousand lines against as many items: the law alone, on one core, and the memory of the process."""
    random = Random(SEED)
    made = world(random, SCALE_CUSTOMERS, SCALE)
    lines = [one.line for one in labelled(random, made, SCALE)]
    while len(lines) < SCALE:  # the rest names nothing we know
        lines.append(BankLine(f"X{len(lines)}", lines[-1].value_date, len(lines), "EUR", "N. N."))
    gc.collect()
    gc.freeze()  # the collector need not walk the generator's own objects again and again
    began = time.process_time()
    matches = match_all(made.items, made.customers, lines)
    seconds = round(time.process_time() - began, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "lines": len(matches),
        "items": len(made.items),
        "seconds": seconds,
        "limit_s": SCALE_LIMIT_S,
        "peak_mb": peak // (1024 * 1024 if sys.platform == "darwin" else 1024),
    }
