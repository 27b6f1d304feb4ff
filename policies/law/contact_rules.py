"""The kinds of rule on how a debtor may be contacted, what a notice must hold, and where one may go on."""

from dataclasses import dataclass

from policies.law.court_rules import ANY_WAY, CourtWay
from policies.law.provenance import Provenance
from policies.stages import Channel, Stage


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` contacts in any `days` days, through `channels`, to one debtor."""

    channels: frozenset[Channel]
    most: int
    days: int


@dataclass(frozen=True, slots=True)
class Window:
    """Hours and days (Monday = 0) of the debtor's time zone in which a channel may be used."""

    channels: frozenset[Channel]
    send_from: int
    send_until: int
    days: frozenset[int]


@dataclass(frozen=True, slots=True)
class ContactRule:
    """How often and when a debtor may be contacted."""

    caps: tuple[Cap, ...]
    windows: tuple[Window, ...]
    where: Provenance
    rest_after_conversation: int = 0
    """Days without a call after a conversation."""


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """What a formal notice must hold, and the delay it must give."""

    must_hold: tuple[str, ...]
    least_days: int
    where: Provenance
    free_reminder_first: bool = False
    """A free reminder must have run out before anything is claimed (BE consumers)."""
    reminder_days: int = 0
    """Days the free reminder gives."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way to go on before or at court. `refused` says why it is closed for this kind of debtor; empty: open."""

    id: str
    stage: Stage
    title: str
    where: Provenance
    least: int | None = None
    most: int | None = None
    """Amounts (minor units) between which the route is open; None: no limit."""
    days_to_object: int | None = None
    cost: str = ""
    needs: tuple[str, ...] = ()
    uncontested: bool = False
    """Only for a debt nobody disputes."""
    refused: str = ""
    at_court: CourtWay = ANY_WAY
    mediator: str = ""
    """Who mediates, where there is only one; empty: the creditor names one."""
    before_court: bool = False
    """The law wants such an attempt before a court is asked."""
