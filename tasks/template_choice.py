"""Which template a message is written from: its law, its text, who owes and in which language."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from policies.facts import DebtorKind
from tasks.wording import OTHERWISE, written_language

TEMPLATES = Path(__file__).parent / "templates"

COMMON = frozenset({"upcoming", "courtesy_reminder", "statement"})
"""Texts no law says anything about: the same everywhere. Any other exists per law, never by translation alone."""

FOR_ONE_KIND = frozenset({"formal_notice", "free_reminder"})
"""Texts whose law depends on who owes: never shared by several kinds of debtor."""

ANY = "any"
"""The folder of words that are the same whoever owes."""


class NoWords(ValueError):
    """There is no template for a message; the sentence says which one is missing."""


def written_in(law: str, text: str, debtor: DebtorKind, language: str) -> tuple[str, str]:
    """The folder (under `templates`) and the language of a message: the debtor's where we have it, else English."""
    found = find(law, text, debtor, language)
    if found is None:
        raise NoWords(f"There are no words for the text “{text}” to a {debtor.value} under the law of “{law}”.")
    return found


@lru_cache(maxsize=1024)
def find(law: str, text: str, debtor: DebtorKind, language: str) -> tuple[str, str] | None:
    """The same, or None where no template exists."""
    for tongue in dict.fromkeys((written_language(language), OTHERWISE)):
        for folder in _folders(law, text, debtor):
            if (TEMPLATES / folder / tongue / "body.txt").exists():
                return f"{folder}/{tongue}", tongue
    return None


def exists(law: str, text: str, debtor: DebtorKind) -> bool:
    """Whether a debtor of this kind can be written this text under this law, whatever its language."""
    return find(law, text, debtor, OTHERWISE) is not None


def _folders(law: str, text: str, debtor: DebtorKind) -> Iterator[str]:
    laws = [law.lower().replace("-", "_")] if law else []
    for place in [*laws, "common"] if text in COMMON else laws:
        yield f"{place}/{text}/{debtor.value}"
        if text not in FOR_ONE_KIND:
            yield f"{place}/{text}/{ANY}"
