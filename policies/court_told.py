"""A file before a court and an event of it, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from policies.court_event import CourtEvent
from policies.court_life import LAWS, CourtState
from policies.deadline import DeadlineKind
from policies.law.contact_rules import Route


@dataclass(frozen=True, slots=True)
class CourtFile:
    """What of a file decides about an event."""

    state: CourtState
    route: Route
    opened: date
    order_made: date | None = None
    events: tuple[tuple[CourtEvent, date], ...] = ()
    """What has happened to it, in the order in which it was recorded."""
    until: Mapping[DeadlineKind, date] = field(default_factory=dict)
    """The last day of each kind that was set for it last."""

    def is_corrected(self, event: CourtEvent) -> bool:
        """Whether this is what was recorded last, and cannot have happened twice: it takes the place of what was told."""
        return bool(self.events) and self.events[-1][0] is event and _once(event)

    def known_before(self, event: CourtEvent) -> date:
        """The day of what is known last, before this event; what was told once more counts as it was told last."""
        followed = [*(one for one, _ in self.events[1:]), event]
        days = [on for (one, on), then in zip(self.events, followed, strict=False) if one is not then or not _once(one)]
        return max(days, default=self.opened)


def _once(event: CourtEvent) -> bool:
    """Whether it cannot follow itself."""
    rule = LAWS[event]
    return rule.leads is not None and rule.leads not in rule.after


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
