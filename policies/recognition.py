"""What is new in a file of bank lines: overlapping statements, intraday then end of day, a notification then the
statement, one statement in two formats all book a movement once.

Within one statement every line is a movement of its own: two equal lines of a statement are two, and the same two again
in the next statement are the same. A collective entry and its parts are the same money: the parts count.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policies.bank_line import BankLine, Clue
from policies.line_memory import LineMemory


@dataclass(slots=True)
class Recognised:
    """What became of a file's lines, by place. Numbers count the known lines first, then the file's new ones in order.

    `same`: the number of the line it repeats. `covered`: collective entries known in parts. `replaced`: numbers of
    collective entries whose parts the file brings.
    """

    same: dict[int, int] = field(default_factory=dict)
    covered: set[int] = field(default_factory=set)
    replaced: set[int] = field(default_factory=set)


def recognise(known: Iterable[BankLine], lines: Sequence[BankLine]) -> Recognised:
    """Which of `lines` are known already, or repeat an earlier one of the file."""
    memory, result = LineMemory(known), Recognised()
    totals = _totals(lines)
    for place, line in enumerate(lines):
        memory.turn_to(line.statement)
        number = memory.same(line)
        if number is not None:
            result.same[place] = number
            memory.learn(number, line)
        elif memory.is_known_in_parts(line):
            result.covered.add(place)
            continue
        else:
            result.replaced |= memory.wholes_of(line, totals)
            number = memory.keep(line)
        memory.taken.add(number)
    return result


def _totals(lines: Sequence[BankLine]) -> dict[Clue, int]:
    """What the parts of each collective entry of a statement come to."""
    totals: dict[Clue, int] = defaultdict(int)
    for line in lines:
        if line.batch:
            totals[line.statement, line.account, line.currency, line.batch] += line.amount
    return totals
