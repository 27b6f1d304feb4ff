"""A file before a court and an event of it, as values."""

from dataclasses import dataclass
from datetime import date

from policies.court_event import CourtEvent
from policies.court_life import CourtState
from policies.deadline import DeadlineKind
from policies.law.contact_rules import Route


@dataclass(frozen=True, slots=True)
class CourtFile:
    """What of a file decides about an event."""

    state: CourtState
    route: Route
    opened: date
    order_made: date | None = None
    latest: date | None = None
    """The day of its latest event."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a person tells it."""

    event: CourtEvent
    on: date
    last_day: date | None = None
    """The next last day, as the person knows it; None: as the law says."""
    article: str = ""
    """What that day rests on; empty: the person's word."""


@dataclass(frozen=True, slots=True)
class Begins:
    """A deadline that begins."""

    kind: DeadlineKind
    last_day: date
    article: str
    what: str = ""
