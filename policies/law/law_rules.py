"""The rules of a law file by kind of debtor: one of a sort at most, and routes as many as there are."""

from dataclasses import dataclass, field

from policies.facts import DebtorKind
from policies.ladder_head import tables
from policies.law.claim_reading import read_flat, read_interest
from policies.law.contact_reading import read_contact, read_notice, read_route
from policies.law.court_reading import read_period
from policies.law.court_rules import CourtPeriod
from policies.law.limitation_reading import read_limitation
from policies.law.rules import (
    ContactRule,
    FlatRule,
    InterestRule,
    LimitationRule,
    Nothing,
    NoticeRule,
    Route,
    Unknown,
)
from policies.law.written import WHERE_KEYS, Page, read_kinds, read_where
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import Wrong, shown, text

Found = InterestRule | FlatRule | LimitationRule | ContactRule | NoticeRule | Nothing | Unknown
SINGLE = ("interest", "flat", "limitation", "contact", "notice")
"""Rules of which a kind of debtor has one at most; routes may be many."""
NOTHING_KEYS = (*WHERE_KEYS, "rule", "reason")
UNKNOWN_KEYS = (*WHERE_KEYS, "rule")


@dataclass(slots=True)
class Rules:
    """The rules of one file by kind of debtor and name, and the routes."""

    single: dict[tuple[DebtorKind, str], Found] = field(default_factory=dict)
    routes: dict[tuple[DebtorKind, str], Route] = field(default_factory=dict)
    periods: dict[tuple[DebtorKind, str, str], tuple[CourtPeriod, ...]] = field(default_factory=dict)
    """By kind of debtor, route and kind of deadline: a user's own take the place of all of them."""

    def under(self, own: "Rules") -> "Rules":
        """These rules with the user's own laid over them."""
        return Rules(self.single | own.single, self.routes | own.routes, self.periods | own.periods)


def read_rules(top: Table, found: list[Section], page: Page) -> Rules:
    """Every rule of a file."""
    rules = Rules()
    for name in SINGLE:
        for table in tables(top, name, found):
            _put(rules, table, name, _read(table, name, page, found))
    for table in tables(top, "nothing", found):
        table.refuse_others(NOTHING_KEYS)
        nothing = Nothing(table.require("reason", text, ""), read_where(table, page))
        _put(rules, table, table.require("rule", _rule_name, ""), nothing)
    for table in tables(top, "unknown", found):
        table.refuse_others(UNKNOWN_KEYS)
        _put(rules, table, table.require("rule", _rule_name, ""), Unknown(read_where(table, page)))
    for table in tables(top, "route", found):
        route = read_route(table, page, found)
        rules.routes |= {(kind, route.id): route for kind in read_kinds(table)}
    for table in tables(top, "court_period", found):
        period = read_period(table, page)
        for kind in read_kinds(table):
            key = (kind, period.route, period.kind.value)
            rules.periods[key] = (*rules.periods.get(key, ()), period)
    return rules


def _read(table: Table, name: str, page: Page, found: list[Section]) -> Found:
    match name:
        case "interest":
            return read_interest(table, page)
        case "flat":
            return read_flat(table, page)
        case "limitation":
            return read_limitation(table, page)
        case "contact":
            return read_contact(table, page, found)
        case _:
            return read_notice(table, page, found)


def _put(rules: Rules, table: Table, name: str, rule: Found) -> None:
    for kind in read_kinds(table):
        if (kind, name) in rules.single:
            table.note("kinds", f"There is a rule {name} for {kind.value} already.")
        rules.single[kind, name] = rule


def _rule_name(value: object) -> str:
    if value not in SINGLE:
        raise Wrong(f"{shown(value)} is unknown; use one of {', '.join(SINGLE)}.")
    return str(value)
