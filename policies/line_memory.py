"""The lines of bank files met so far, found again by what two tellings of one movement have in common."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from policies.bank_line import BankLine, Clue, is_same, kept_under, looked_up_by, may_be_one_account, says_more, touch

FARTHEST = 1_000
"""Lines with a clue in common that are compared before a line counts as new."""


class LineMemory:
    """The lines met so far, by their clues; `taken` are those of the statement being read."""

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
        self._index(number, line)
        if line.batch:
            self.by_batch[line.currency, line.batch].append(number)
        return number

    def learn(self, number: int, line: BankLine) -> None:
        """Know the movement as the better telling has it: with the bank's reference, with its words."""
        if says_more(line, than=self.lines[number]):
            self.lines[number] = line
            self._index(number, line)

    def _index(self, number: int, line: BankLine) -> None:
        for clue in kept_under(line):
            self.by_clue[clue].append(number)

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
        numbers = self.by_batch.get((line.currency, line.bank_reference), ())
        parts = [self.lines[number] for number in numbers if _beside(self.lines[number], line)]
        return bool(parts) and sum(part.amount for part in parts) == line.amount

    def wholes_of(self, line: BankLine, totals: dict[Clue, int]) -> set[int]:
        """The collective entry of which this line is a part, where it is known as a whole."""
        if not line.batch:
            return set()
        total = totals[line.statement, line.account, line.currency, line.batch]
        numbers = self.by_clue.get(("reference", line.currency, total, line.batch, None), ())
        return {one for one in numbers if not self.lines[one].batch and _beside(self.lines[one], line)}


def _beside(one: BankLine, other: BankLine) -> bool:
    """A collective entry and a part of it may belong together."""
    return may_be_one_account(one, other) and touch(one, other)
