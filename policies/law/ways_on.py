"""Where a claim may go next: the agencies, mediations and courts that are open for it, and why the others are closed."""

from dataclasses import dataclass

from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.rules import Route
from policies.money import plain
from policies.stages import HARDNESS


@dataclass(frozen=True, slots=True)
class Ways:
    """The open routes from the gentlest to the hardest, and each closed one with the sentence why."""

    open: tuple[Route, ...]
    closed: tuple[tuple[Route, str], ...] = ()
    none: str = ""
    """Why there is no open route, in a sentence; empty where there is one."""


DECLARED = Ways(
    (),
    (),
    "The customer is insolvent: what the judgment stopped is declared in the proceedings, and no other way on is open.",
)
"""For what is held for insolvency proceedings, whatever its law would open."""


def ways_on(law: Jurisdiction, kind: DebtorKind, owed: int, currency: str, *, contested: bool = False) -> Ways:
    """The routes for `owed` minor units of `currency`: everything the debtor owes, since thresholds are tested on that.

    `contested`: the debtor disputes what is asked for, or a part of it.
    """
    if not law.complete:
        return Ways((), (), f"{law.name}: only rates and flat sums are known here, no agency and no court.")
    judged = [
        (route, _closed(route, law, owed, currency, contested=contested))
        for route in sorted(law.for_kind(kind).routes, key=lambda one: HARDNESS[one.stage])
    ]
    found = tuple(route for route, why in judged if not why)
    closed = tuple((route, why) for route, why in judged if why)
    none = "" if found else f"{law.name}: no way on is open against {kind.value} debtors for this amount."
    return Ways(found, closed, none)


def _closed(route: Route, law: Jurisdiction, owed: int, currency: str, *, contested: bool) -> str:
    """Why the route is closed; empty: it is open."""
    if route.refused:
        named = route.where.source in route.refused
        return route.refused if named else f"{route.refused.rstrip('.')} ({route.where.source})."
    if contested and route.uncontested:
        return f"{route.title} is for debts that nobody disputes: decide the dispute first ({route.where.source})."
    return _beyond(route, law, owed, currency)


def _beyond(route: Route, law: Jurisdiction, owed: int, currency: str) -> str:
    """Why the amount closes the route; empty: it does not."""
    if route.least is None and route.most is None:
        return ""
    if currency != law.currency:
        return f"{route.title} has a limit in {law.currency} and the debt is in {currency}: a person must compare them."
    if route.most is not None and owed > route.most:
        return f"{route.title} is open up to {plain(route.most, currency)} {currency} ({route.where.source})."
    if route.least is not None and owed < route.least:
        return f"{route.title} is open from {plain(route.least, currency)} {currency} on ({route.where.source})."
    return ""
