"""The law of each kind of debtor out of the rules of a file; what nobody confirmed becomes the sentence why not."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from policies.facts import DebtorKind
from policies.law.law_rules import SINGLE, Found, Rules
from policies.law.provenance import Confidence, Provenance
from policies.law.rules import (
    ContactRule,
    FlatRule,
    InterestRule,
    KindLaw,
    LimitationRule,
    Nothing,
    NoticeRule,
    Route,
    Unknown,
)

R = TypeVar("R")


def kind_laws(
    rules: Rules, country: str, ladders: Mapping[DebtorKind, str], refusals: Mapping[DebtorKind, str]
) -> dict[DebtorKind, KindLaw]:
    """The law of each kind of debtor."""
    return {kind: _law(kind, rules, country, ladders.get(kind, ""), refusals.get(kind, "")) for kind in DebtorKind}


def _law(kind: DebtorKind, rules: Rules, country: str, ladder: str, no_ladder: str) -> KindLaw:
    refused: dict[str, str] = {}
    nothing: dict[str, str] = {}
    good: dict[str, Found] = {}
    for name in SINGLE:
        rule = rules.single.get((kind, name))
        if rule is None:
            continue
        if isinstance(rule, Nothing):
            nothing[name] = f"{rule.reason.rstrip('.')} ({rule.where.source})."
        elif rule.where.usable and not isinstance(rule, Unknown):
            good[name] = rule
        else:
            refused[name] = _why_not(rule.where, f"the rule on {name}", country)
    routes = tuple(_route(route, country) for (of, _), route in rules.routes.items() if of is kind)
    periods = tuple(one for (of, *_), them in rules.periods.items() if of is kind for one in them if one.where.usable)
    reason = no_ladder or f"Relance ships no ladder for {kind.value} debtors in {country}."
    return KindLaw(
        interest=_as(good.get("interest"), InterestRule),
        flat=_as(good.get("flat"), FlatRule),
        limitation=_as(good.get("limitation"), LimitationRule),
        contact=_as(good.get("contact"), ContactRule),
        notice=_as(good.get("notice"), NoticeRule),
        routes=routes,
        periods=periods,
        ladder=ladder,
        no_ladder="" if ladder else reason,
        refused=refused,
        nothing=nothing,
    )


def _route(route: Route, country: str) -> Route:
    """A route nobody confirmed is closed, and says so."""
    if route.refused or route.where.usable:
        return route
    return replace(route, refused=_why_not(route.where, f"the route {route.title}", country))


def _why_not(where: Provenance, what: str, country: str) -> str:
    """The sentence why something is not used."""
    if where.confidence is Confidence.GAP:
        return f"{_capital(what)} for {country} was not found ({where.source}); write it in your own law file."
    return f"{_capital(what)} for {country} is not confirmed ({where.source}); confirm it in your own law file."


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _as(rule: Found | None, kind: type[R]) -> R | None:
    return rule if isinstance(rule, kind) else None
