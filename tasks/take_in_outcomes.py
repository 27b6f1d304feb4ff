"""A file of outcomes becomes facts of its letters, line by line."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from policies.problems import Problem
from storage.letter_outcomes import outcome
from tasks.read_letter_outcomes import read_letter_outcomes


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many lines were read, how many told something new, and what is wrong with the others."""

    read: int
    new: int
    problems: tuple[Problem, ...]

    def as_json(self) -> dict[str, object]:
        """For other programs, as imports answer."""
        told = [{"line": one.line, "field": one.field, "reason": one.reason} for one in self.problems]
        return {"read": self.read, "new": self.new, "unchanged": self.read - self.new - len(told), "problems": told}


async def take_in_outcomes(path: Path, actor: str, at: datetime) -> TakenIn:
    """Every line that can be used is; the others are problems with their line. Reading a file twice changes nothing."""
    lines, problems = read_letter_outcomes(path)
    wrong, new = list(problems), 0
    for one in lines:
        ended = await outcome(one.letter, one.outcome, one.on, actor, at, path.name, one.line)
        if isinstance(ended, list):
            wrong += ended
        else:
            new += ended.new
    wrong.sort(key=lambda problem: problem.line or 0)
    return TakenIn(len(lines) + sum(problem.line is not None for problem in problems), new, tuple(wrong))
