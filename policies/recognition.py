"""What is new in a file of bank lines: overlapping statements, intraday then end of day, a notification then the
statement, one statement in two formats all book a movement once.

Within one statement every line is a movement of its own: two equal lines of a statement are two, and the same two again
in the next statement are the same. A collective entry and its parts are the same money: the parts count.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from policies.bank_line import BankLine, Clue, is_same, kept_under, looked_up_by, touch

FARTHEST = 1_000
"""Lines with a clue in common that are compared before a line counts as new."""


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
    memory, result = _Memory(known), Recognised()
    totals = _totals(lines)
    for place, line in enumerate(lines):
        memory.turn_to(line.statement)
        number = memory.same(line)
        if number is not None:
            result.same[place] = number
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


class _Memory:
    """The lines met so far, found by their clues; `taken` are those met in the statement being read."""

    def __init__(self, known: Iterable[BankLine]) -> None:
        self.lines: list[BankLine] = []
        self.by_clue: dict[Clue, list[int]] = defaultdict(list)
        self.by_batch: dict[Clue, list[int]] = defaultdict(list)
        self.statement: str | None = None
        self.taken: set[int] = set()
        self.passed: dict[Clue, int] = defaultdict(int)
        for line in known:
            self.keep(line)

    def turn_to(self, statement: str) -> None:
        """Another statement may tell again what the last one told."""
        if statement != self.statement:
            self.statement, self.taken, self.passed = statement, set(), defaultdict(int)

    def keep(self, line: BankLine) -> int:
        """Remember; answers the line's number."""
        number = len(self.lines)
        self.lines.append(line)
        for clue in kept_under(line):
            self.by_clue[clue].append(number)
        if line.batch:
            self.by_batch[line.account, line.currency, line.batch].append(number)
        return number

    def same(self, line: BankLine) -> int | None:
        """The earliest line that is this movement; in a statement, one it has not told yet."""
        told_twice = not line.statement and line.has_mark
        for clue in looked_up_by(line):
            numbers = self.by_clue.get(clue, [])
            start = 0 if told_twice else self._start(clue, numbers)
            for number in numbers[start : start + FARTHEST]:
                if (told_twice or number not in self.taken) and is_same(self.lines[number], line):
                    return number
        return None

    def _start(self, clue: Clue, numbers: Sequence[int]) -> int:
        """Past the lines that the statement has told already: equal lines must not be counted again and again."""
        start = self.passed[clue]
        while start < len(numbers) and numbers[start] in self.taken:
            start += 1
        self.passed[clue] = start
        return start

    def is_known_in_parts(self, line: BankLine) -> bool:
        """A collective entry whose parts are known and come to it."""
        if line.batch or not line.bank_reference:
            return False
        numbers = self.by_batch.get((line.account, line.currency, line.bank_reference), ())
        parts = [self.lines[number] for number in numbers if touch(self.lines[number], line)]
        return bool(parts) and sum(part.amount for part in parts) == line.amount

    def wholes_of(self, line: BankLine, totals: dict[Clue, int]) -> set[int]:
        """The collective entry of which this line is a part, where it is known as a whole."""
        if not line.batch:
            return set()
        total = totals[line.statement, line.account, line.currency, line.batch]
        numbers = self.by_clue.get(("reference", line.account, line.currency, total, line.batch, None), ())
        return {one for one in numbers if not self.lines[one].batch and touch(self.lines[one], line)}
