"""What follows from answers about a court file."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CourtTold:
    """The court or the officer was told on `on` that everything is paid: the file is over."""

    on: date | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class CourtGoesOn:
    """The file goes on for interest and costs, for the reason `words`."""

    words: str


@dataclass(frozen=True, slots=True)
class RouteChosen:
    """The way to court a person chose, by its place among those offered, counted from 1."""

    place: int


CourtConsequence = CourtTold | CourtGoesOn | RouteChosen
