"""What the law of each country says: the files that come with Relance, with the user's own laid over them."""

import os
import re
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
from policies.stages import Stage

EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
    "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
"""The member states (ISO 3166-1): one without a file of its own has the directive's default."""
PARTS = {("GB", "SCT"): "UK-SCT", ("CA", "QC"): "QC"}
_NAME = re.compile(r"[a-z]{2}(?:_[a-z]{2,3})?\.toml")
WHOLE = {"GB": "UK-EW"}


class NoLaw(RuntimeError):
    """No law is known, or a file that says it cannot be used; the message is for the person."""


class UnknownCountry(NoLaw):
    """The country has no law here: nothing that needs one is done."""


def ids() -> tuple[str, ...]:
    """The jurisdictions that come with Relance, and those the user wrote a file for."""
    return tuple(sorted(shipped_ids() | {id for one in _own_files() if (id := _id_of(one.name))}))


@lru_cache
def shipped_ids() -> frozenset[str]:
    """The jurisdictions that come with Relance."""
    folder = files("policies").joinpath("law")
    return frozenset(id for one in folder.iterdir() if (id := _id_of(one.name)))


def stray_files() -> tuple[str, ...]:
    """The user's files whose names are no law's: they would never be read."""
    return tuple(
        f"your {one.name}: the file is not read; name it for its law, such as fr.toml or uk_ew.toml."
        for one in _own_files()
        if not _id_of(one.name)
    )


def _known(id: str) -> bool:
    """Whether there is a file for it; quicker than asking for all."""
    return id in shipped_ids() or (bool(_NAME.fullmatch(_name_of(id))) and (own_folder() / _name_of(id)).is_file())


def _name_of(id: str) -> str:
    return f"{id.lower().replace('-', '_')}.toml"


def _own_files() -> list[Path]:
    folder = own_folder()
    return sorted(folder.glob("*.toml")) if folder.is_dir() else []


def _id_of(name: str) -> str:
    """The law a file is for: `uk_ew.toml` for UK-EW; empty: for none."""
    return name.removesuffix(".toml").upper().replace("_", "-") if _NAME.fullmatch(name) else ""


def own_folder() -> Path:
    """Where the user's own law files stand: `law` in RELANCE_HOME, or in `var` of the checkout without it."""
    home = os.environ.get("RELANCE_HOME", "").strip()
    return (Path(home).expanduser() if home else Path(__file__).parents[1] / "var") / "law"


def jurisdiction(id: str) -> Jurisdiction:
    """The law called `id`; raises NoLaw with every problem of its files."""
    if not _known(id):
        raise NoLaw(f"There is no law called {id}; known are {', '.join(ids())}.")
    name = _name_of(id)
    own = own_folder() / name
    content = own.read_bytes() if own.is_file() else None
    found = _loaded(id, name, content)
    if isinstance(found, str):
        raise NoLaw(found)
    return found


@lru_cache(maxsize=64)
def _loaded(id: str, name: str, own: bytes | None) -> Jurisdiction | str:
    """The law in a shipped file under a user's own, or in the user's alone; else its problems in words."""
    if id in shipped_ids():
        found = load_law(files("policies").joinpath("law", name).read_bytes(), name, own)
    else:
        found = load_law(own or b"", f"your {name}", yours=True)
    return found if isinstance(found, Jurisdiction) else "\n".join(str(problem) for problem in found)


def all_laws() -> dict[str, Jurisdiction]:
    """Every law, by its id."""
    return {id: jurisdiction(id) for id in ids()}


def default_ladders() -> frozenset[str]:
    """The ladders the laws name for those for whom nobody chose one."""
    return frozenset(one.ladder for law in all_laws().values() for one in law.kinds.values() if one.ladder)


def mediation_routes() -> frozenset[str]:
    """The routes of mediation the laws know."""
    kinds = (one for law in all_laws().values() for one in law.kinds.values())
    return frozenset(route.id for one in kinds for route in one.routes if route.stage is Stage.MEDIATION)


def for_country(country: str, region: str = "") -> Jurisdiction:
    """The law of a country (ISO 3166-1) or of a part of it; raises NoLaw where none is known."""
    part = PARTS.get((country, region), f"{country}-{region}" if region else "")
    id = part if part and _known(part) else WHOLE.get(country, country)
    if _known(id):
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
