"""Legal values with a shelf life: past their last day they are not used until somebody looked again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from policies.law.jurisdiction import Jurisdiction
from policies.law.rules import KindLaw, Route

SINGLE = ("interest", "flat", "limitation", "contact", "notice")


def on_day(law: KindLaw, country: str, today: date) -> KindLaw:
    """The law as it may be used today: a rule past its `valid_to` is gone, with the sentence why; so is a stale cost."""
    stale = dict(_stale_rules(law, country, today))
    routes = tuple(_with_fresh_cost(route, today) for route in law.routes)
    if not stale and routes == law.routes:
        return law
    return replace(
        law,
        interest=None if "interest" in stale else law.interest,
        flat=None if "flat" in stale else law.flat,
        limitation=None if "limitation" in stale else law.limitation,
        contact=None if "contact" in stale else law.contact,
        notice=None if "notice" in stale else law.notice,
        routes=routes,
        refused={**(law.refused or {}), **stale},
    )


def all_on_day(law: Jurisdiction, today: date) -> Jurisdiction:
    """The same for every kind of debtor."""
    return replace(law, kinds={kind: on_day(of_kind, law.name, today) for kind, of_kind in law.kinds.items()})


def outdated(law: Jurisdiction, today: date) -> tuple[str, ...]:
    """What of a law is past its last day, in sentences."""
    rules = (words for of_kind in law.kinds.values() for _, words in _stale_rules(of_kind, law.name, today))
    costs = (
        f"{law.name}: the cost of {route.title} was known until {route.where.valid_to} ({route.where.source})."
        for of_kind in law.kinds.values()
        for route in of_kind.routes
        if _past(route.where.valid_to, today)
    )
    return tuple(dict.fromkeys((*rules, *costs)))


def _stale_rules(law: KindLaw, country: str, today: date) -> Iterator[tuple[str, str]]:
    for name in SINGLE:
        rule = getattr(law, name)
        if rule is not None and _past(rule.where.valid_to, today):
            last, source = rule.where.valid_to, rule.where.source
            yield (
                name,
                (
                    f"The rule on {name} for {country} was good until {last} ({source});"
                    " look it up and write it in your own law file."
                ),
            )


def _with_fresh_cost(route: Route, today: date) -> Route:
    """The court stays open; what it costs must be asked again."""
    if not _past(route.where.valid_to, today):
        return route
    return replace(route, cost=f"ask for the current fee: the one known was good until {route.where.valid_to}")


def _past(last: date | None, today: date) -> bool:
    return last is not None and today > last
