"""What reading a file gave: the records that can go in, and what is wrong with the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from policies.problems import Problem

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Reading(Generic[Record]):
    """The outcome of reading one file."""

    records: tuple[Record, ...]
    problems: list[Problem]
    read: int
    """Rows the file holds, those with problems included."""
    refused: bool = False
    """The file as a whole cannot be trusted: nothing of it goes in, and the problems say why."""
    is_table: bool = False
    """It was read by a mapping; a file that describes itself needs none."""
    through: Mapping[str, date] | None = None
    """Bank files: up to which day each account is known by this file, whether anything moved or not; an account that is
    not in it is not known any further by it. None: the file does not say, its last line counts, if every row was read."""
    held: tuple[Record, ...] = ()
    """Records that were read and cannot go in; the problems say why, a dry run shows them."""


def refusal(problems: list[Problem], read: int = 0) -> Reading[Record]:
    """A file refused as a whole."""
    return Reading((), problems, read, True)
