"""Loading what the law of a country says from its TOML file, with the user's own file laid over it.

A rule whose confidence is L or GAP is not used: in its place stands the sentence why. The user confirms such a rule by
writing it down, with a source, in a file of the same name; what stands there takes the place of what came with Relance.
"""

from collections.abc import Callable
from hashlib import sha256

from policies.facts import DebtorKind
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_kinds import kind_laws
from policies.law.law_rules import Rules, read_rules
from policies.law.written import Page
from policies.problems import Problem
from policies.toml_document import open_toml
from policies.toml_lines import Section
from policies.toml_places import jurisdiction
from policies.toml_table import Table
from policies.toml_values import Wrong, flag, identifier, shown, text

KEYS = (
    "id", "name", "currency", "complete", "holidays", "ladders", "no_ladder", "interest", "flat", "limitation", "contact",
    "notice", "route", "court_period", "nothing", "unknown",
)  # fmt: skip

OWN_KEYS = (
    "ladders", "interest", "flat", "limitation", "contact", "notice", "route", "court_period", "nothing", "unknown",
)  # fmt: skip
"""What a user's own file may say: the country itself stays what it is."""


def load_law(
    content: bytes, source: str, own: bytes | None = None, *, yours: bool = False
) -> Jurisdiction | list[Problem]:
    """The law in `content`, or everything that is wrong with it. `own` is the user's file for the same country.

    `yours`: the user wrote the whole file, and so confirmed each of its rules.
    """
    problems: list[Problem] = []
    first = _opened(content, source, problems)
    second = None if own is None else _opened(own, f"your {source}", problems)
    if first is None or problems:
        return problems
    top, found = first
    top.refuse_others(KEYS)
    page = Page(top.require("currency", _currency, "EUR"), source if yours else "")
    rules = read_rules(top, found, page)
    if second is not None:
        second[0].refuse_others(OWN_KEYS)
        confirmed = Page(page.currency, second[0].source)
        rules = rules.under(read_rules(second[0], second[1], confirmed))
    law = _law(top, found, page, rules, second)
    hashed = sha256(content + (own or b"")).hexdigest()
    return sorted(problems, key=lambda one: (one.source, one.line or 0)) or _hashed(law, hashed)


def _opened(content: bytes, source: str, problems: list[Problem]) -> tuple[Table, list[Section]] | None:
    opened = open_toml(content, source)
    if isinstance(opened, Problem):
        problems.append(opened)
        return None
    return Table(opened[0], opened[1][0], source, problems), opened[1]


def _law(
    top: Table, found: list[Section], page: Page, rules: Rules, own: tuple[Table, list[Section]] | None
) -> Jurisdiction:
    name = top.require("name", text, "")
    ladders = _by_kind(top, "ladders", found, identifier)
    refusals = _by_kind(top, "no_ladder", found, text)
    if own is not None:
        ladders |= _by_kind(own[0], "ladders", own[1], identifier)
    complete = top.require("complete", flag, False)
    if not complete and ladders:
        top.note("ladders", "Only rates and flat sums are known here: no ladder can be named.")
    return Jurisdiction(
        id=_id(top),
        name=name,
        currency=page.currency,
        complete=complete,
        kinds=kind_laws(rules, name, ladders, refusals),
        hash="",
        holidays=top.take("holidays", text, ""),
    )


def _id(top: Table) -> str:
    """The name of the law, which its file bears too."""
    id = top.require("id", jurisdiction, "")
    name = f"{id.lower().replace('-', '_')}.toml"
    if id and name != top.source.removeprefix("your "):
        top.note("id", f"The law {id} belongs into {name}.")
    return id


def _hashed(law: Jurisdiction, hash: str) -> Jurisdiction:
    return Jurisdiction(law.id, law.name, law.currency, law.complete, law.kinds, hash, law.holidays)


def _by_kind(top: Table, key: str, found: list[Section], read: Callable[[object], str]) -> dict[DebtorKind, str]:
    """A word for each kind of debtor, written under `[key]`."""
    table = top.table(key, found)
    if table is None:
        return {}
    table.refuse_others([kind.value for kind in DebtorKind])
    return {kind: table.take(kind.value, read, "") for kind in DebtorKind if kind.value in table.values}


def _currency(value: object) -> str:
    if not isinstance(value, str) or len(value) != 3 or not value.isupper() or not value.isalpha():
        raise Wrong(f"{shown(value)} is not a currency; use its three capital letters, such as EUR.")
    return value
