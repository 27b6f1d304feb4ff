"""The words of the sheets for a court, and the name of the way a file takes, as a covering letter says it."""

import tomllib
from functools import lru_cache
from typing import Any

from policies.court_facts import CourtFacts
from policies.law.contact_rules import Route
from tasks.template_choice import TEMPLATES

WORDS = TEMPLATES / "_handover" / "court.toml"


@lru_cache(maxsize=1)
def court_words() -> dict[str, dict[str, Any]]:
    """The words of the sheets by language."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def way_named(facts: CourtFacts | None, language: str) -> str:
    """The way a file takes, in the language of its letter where it has a name there; empty: none is chosen."""
    if facts is None or facts.way is None:
        return ""
    return way_title(facts.way.route, language)


def way_title(route: Route, language: str) -> str:
    """A way to court in a language, where it has a name there; else as its law file calls it."""
    return _names(language).get(route.id, route.title)


def way_called(id: str, language: str) -> str:
    """The same where only its code is known: *Injonction de payer*."""
    name = _names(language).get(id) or id.replace("_", " ")
    return name[:1].upper() + name[1:]


def _names(language: str) -> dict[str, str]:
    known: dict[str, str] = court_words().get(language[:2], {}).get("ways", {})
    return known
