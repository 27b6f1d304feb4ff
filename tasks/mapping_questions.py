"""What a person decided about a table, what is still to be decided, and the mapping proposed in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tasks.invoice_mapping import RecordKind


@dataclass(frozen=True, slots=True)
class Said:
    """What a person decided; empty: nothing."""

    kind: str = ""
    date_order: str = ""
    decimal: str = ""
    delimiter: str = ""
    encoding: str = ""
    currency: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Our field -> the column; an empty one: the field is not read."""
    words: Mapping[str, str] = field(default_factory=dict)
    """A word of the columns `kind` and `side` -> what it means."""
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A column -> the words of the rows that count; none: all rows do."""


@dataclass(frozen=True, slots=True)
class Open:
    """A question only a person can answer: the option that decides, what it is about, and the answers if they are few."""

    option: str
    question: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping as a table of TOML (whole only without `questions`), with the evidence for it."""

    kind: RecordKind | None
    header: tuple[str, ...]
    table: dict[str, Any]
    evidence: tuple[tuple[str, str], ...]
    questions: tuple[Open, ...]
    left_out: tuple[str, ...]
    """Columns no field is read from."""
