"""What the law of each country says: the files that come with Relance, with the user's own laid over them."""

import os
from datetime import date
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from policies.facts import DebtorKind
from policies.law.freshness import on_day
from policies.law.jurisdiction import Jurisdiction
from policies.law.law_file import load_law
from policies.law.outside_euro import outside_euro
from policies.law.rules import KindLaw

EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
"""The member states (ISO 3166-1): one without a file of its own has the directive's default."""
PARTS = {("GB", "SCT"): "UK-SCT", ("CA", "QC"): "QC"}
WHOLE = {"GB": "UK-EW"}


class NoLaw(RuntimeError):
    """No law is known, or a file that says it cannot be used; the message is for the person."""


class UnknownCountry(NoLaw):
    """The country has no law here: nothing that needs one is done."""


def ids() -> tuple[str, ...]:
    """The jurisdictions that come with Relance."""
    folder = files("policies").joinpath("law")
    names = [one.name.removesuffix(".toml") for one in folder.iterdir() if one.name.endswith(".toml")]
    return tuple(sorted(name.upper().replace("_", "-") for name in names))


def own_folder() -> Path:
    """Where the user's own law files stand: `law` in RELANCE_HOME, or in `var` of the checkout without it."""
    home = os.environ.get("RELANCE_HOME", "").strip()
    return (Path(home).expanduser() if home else Path(__file__).parents[1] / "var") / "law"


def jurisdiction(id: str) -> Jurisdiction:
    """The law called `id`; raises NoLaw with every problem of its files."""
    name = f"{id.lower().replace('-', '_')}.toml"
    if id not in ids():
        raise NoLaw(f"There is no law called {id}; known are {', '.join(ids())}.")
    own = own_folder() / name
    content = own.read_bytes() if own.is_file() else None
    found = _loaded(name, content)
    if isinstance(found, str):
        raise NoLaw(found)
    return found


@lru_cache(maxsize=64)
def _loaded(name: str, own: bytes | None) -> Jurisdiction | str:
    """The law in a shipped file under a user's own; else its problems in words."""
    found = load_law(files("policies").joinpath("law", name).read_bytes(), name, own)
    return found if isinstance(found, Jurisdiction) else "\n".join(str(problem) for problem in found)


def all_laws() -> dict[str, Jurisdiction]:
    """Every law, by its id."""
    return {id: jurisdiction(id) for id in ids()}


def for_country(country: str, region: str = "") -> Jurisdiction:
    """The law of a country (ISO 3166-1) or of a part of it; raises NoLaw where none is known."""
    id = PARTS.get((country, region)) or WHOLE.get(country, country)
    if id in ids():
        return jurisdiction(id)
    if country in EU:
        return outside_euro(jurisdiction("EU"), country)
    if not country:
        raise UnknownCountry("A debtor without a country has no law: give the customer its country, such as FR.")
    raise UnknownCountry(f"No law is known for {country}; known are {', '.join(ids())}.")


def law_of(country: str | None, region: str, kind: DebtorKind, today: date | None = None) -> KindLaw | None:
    """The law for one kind of debtor, without what is past its last day `today`; None where the country has none."""
    try:
        law = for_country((country or "").upper(), region.upper())
    except UnknownCountry:
        return None
    return law.for_kind(kind) if today is None else on_day(law.for_kind(kind), law.name, today)
