"""The ways to court proposed for a debt: open ones from the cheapest on, closed ones with the sentence why.

The law file lists them in that order. A way that would be inadmissible today is closed and says what it needs; what only
makes the file thinner (an invoice whose document is not kept) is told beside it.
"""

from dataclasses import dataclass
from datetime import date

from policies.court_thresholds import asks_attempt, beyond_with_interest
from policies.facts import DebtorKind
from policies.law.contact_rules import Route
from policies.law.jurisdiction import Jurisdiction
from policies.law.ways_on import ways_on
from policies.stages import Stage


@dataclass(frozen=True, slots=True)
class CourtMatter:
    """What of a debt decides which ways are open."""

    kind: DebtorKind
    owed: int
    """Everything asked of the debtor, in minor units: thresholds are tested on that."""
    currency: str
    today: date
    debtor_country: str = ""
    creditor_country: str = ""
    """ISO 3166-1."""
    members: frozenset[str] = frozenset()
    """The member states of the European Union."""
    contested: bool = False
    attempted: bool = False
    """A mediation, a conciliation or a small claims procedure was tried for all of it and failed."""
    notice_over: bool = True
    """The delay of the formal notice has run out."""
    without_document: tuple[str, ...] = ()
    """Invoices whose own file is not kept."""
    lost: frozenset[str] = frozenset()
    """Routes that were tried for this debt and refused."""
    dies_on: date | None = None
    """The last day the first of the claims can be brought to court; None: not known."""
    claimed: int = 0
    """What of it would be claimed before this court."""
    interest: int = 0
    """Interest on it as of today, where it is known."""


@dataclass(frozen=True, slots=True)
class OpenWay:
    """A way that may be taken, and what is still missing for it."""

    route: Route
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CourtProposal:
    """The ways for a debt."""

    open: tuple[OpenWay, ...]
    closed: tuple[tuple[Route, str], ...]
    none: str = ""
    """Why none is open, in a sentence; empty where one is."""
    dies_on: date | None = None


def propose(law: Jurisdiction, matter: CourtMatter) -> CourtProposal:
    """The ways to court that are open for the debt, the cheapest first, and the closed ones."""
    ways = ways_on(law, matter.kind, matter.owed, matter.currency, contested=matter.contested)
    judged = [(one, _beyond(one, matter) or _barred(one, matter)) for one in ways.open if one.stage is Stage.LEGAL]
    open_ways = tuple(OpenWay(one, _missing(one, matter)) for one, why in judged if not why)
    closed = tuple((one, why) for one, why in ways.closed if one.stage is Stage.LEGAL)
    closed += tuple((one, why) for one, why in judged if why)
    none = "" if open_ways else ways.none or f"{law.name}: no court is open for this debt as it stands."
    return CourtProposal(open_ways, closed, none, matter.dies_on)


def _beyond(route: Route, matter: CourtMatter) -> str:
    return beyond_with_interest(route, matter.owed, matter.interest, matter.currency)


def _barred(route: Route, matter: CourtMatter) -> str:
    """Why the way would be inadmissible; empty: it would not."""
    way, title = route.at_court, route.title
    if way.cross_border and (why := _at_home(route, matter)):
        return why
    if way.attempt_first and not matter.attempted and asks_attempt(route, matter.claimed or matter.owed):
        return (
            f"{title} is inadmissible without an amicable attempt first, and none is on file: mediation, conciliation or"
            f" small claims ({way.attempt_article or route.where.source})."
        )
    if way.notice_first and not matter.notice_over:
        return f"{title} waits until the delay of the formal notice has run out ({route.where.source})."
    if route.id in matter.lost:
        return f"{title} was tried for this debt and refused ({route.where.source})."
    if matter.dies_on is not None and matter.dies_on < matter.today:
        return f"{title}: the claim could be brought to court until {matter.dies_on}."
    return ""


def _at_home(route: Route, matter: CourtMatter) -> str:
    """Why a way between two member states is none here; empty: it is one."""
    ours, theirs = matter.creditor_country, matter.debtor_country
    reached = matter.members - set(route.at_court.not_in)
    if ours == theirs:
        return f"{route.title} needs a creditor and a debtor in different member states ({route.where.source})."
    if not {ours, theirs} <= reached:
        outside = ours if ours not in reached else theirs
        return f"{route.title} does not reach {outside or 'a country that is not known'} ({route.where.source})."
    return ""


def _missing(route: Route, matter: CourtMatter) -> tuple[str, ...]:
    """What the file lacks for this way."""
    if not route.at_court.documents or not matter.without_document:
        return ()
    named = ", ".join(matter.without_document[:4]) + (" …" if len(matter.without_document) > 4 else "")
    return (f"the invoices themselves: no file is kept of {named}",)
