"""The law a court file stands under: its route and its periods, also where the law file has changed since."""

from datetime import date

from policies.facts import DebtorKind
from policies.law.contact_rules import Route
from policies.law.court_rules import CourtWay
from policies.law.freshness import on_day
from policies.law.jurisdiction import Jurisdiction
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import KindLaw
from policies.stages import Stage
from storage.law_store import NoLaw, for_country, jurisdiction

PLAIN = "court"
"""The route of a file handed over where no law names one."""


def court_law(country: str, region: str) -> Jurisdiction | None:
    """The law of the debtor's place; None where none is known."""
    try:
        return for_country(country.upper(), region.upper())
    except NoLaw:
        return None


def kind_law(law: str, kind: DebtorKind, today: date) -> KindLaw | None:
    """What the law `law` says for a kind of debtor today; None where it is no longer known."""
    try:
        found = jurisdiction(law)
    except NoLaw:
        return None
    return on_day(found.for_kind(kind), found.name, today)


def plain_route(title: str = "Court", article: str = "", sheet: str = "claim", id: str = PLAIN) -> Route:
    """A route of which only this is known."""
    where = Provenance(article, None, Confidence.LOW)
    return Route(id, Stage.LEGAL, title, where, at_court=CourtWay(sheet=sheet))


def route_of(law: KindLaw | None, id: str, otherwise: Route) -> Route:
    """The route called `id`, else the other."""
    return next((one for one in (law.routes if law else ()) if one.id == id and one.stage is Stage.LEGAL), otherwise)
