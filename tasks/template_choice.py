"""Which template a message is written from: its law, its text, who owes and in which language."""

from collections.abc import Iterator

from policies.facts import DebtorKind
from policies.languages import OTHERWISE
from storage.law_store import EU
from tasks.template_source import TEMPLATES, is_there
from tasks.wording import written_language

__all__ = ["TEMPLATES", "NoWords", "exists", "find", "written_in"]

COMMON = frozenset({"upcoming", "courtesy_reminder", "statement", "follow_up_call"})
"""Texts no law says anything about, and the sheet our own people call from: the same everywhere. Any other exists per
law, never by translation alone."""

FOR_ONE_KIND = frozenset({"formal_notice", "free_reminder", "mediation", "agency", "legal"})
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


def find(law: str, text: str, debtor: DebtorKind, language: str) -> tuple[str, str] | None:
    """The same, or None where no template exists."""
    for folder, tongue in _candidates(law, text, debtor, language):
        if is_there(f"{folder}/{tongue}/body.txt"):
            return f"{folder}/{tongue}", tongue
    return None


def exists(law: str, text: str, debtor: DebtorKind) -> bool:
    """Whether a debtor of this kind can be written this text under this law, whatever its language."""
    return find(law, text, debtor, OTHERWISE) is not None


def _candidates(law: str, text: str, debtor: DebtorKind, language: str) -> Iterator[tuple[str, str]]:
    """Folders and languages, the fittest first: a text of the law keeps to its law, a common one to the language."""
    kinds = (debtor.value,) if text in FOR_ONE_KIND else (debtor.value, ANY)
    tongues = tuple(dict.fromkeys((written_language(language), OTHERWISE)))
    if text in COMMON:
        places = [(place, tongue) for tongue in tongues for place in (*_laws(law, debtor), "common")]
    else:
        places = [(place, tongue) for place in _laws(law, debtor) for tongue in tongues]
    for place, tongue in places:
        for kind in kinds:
            yield f"{place}/{text}/{kind}", tongue


def _laws(law: str, debtor: DebtorKind) -> tuple[str, ...]:
    """The debtor's own law; for a business of a member state the directive's after it."""
    own = (law.lower().replace("-", "_"),) if law else ()
    return (*own, "eu") if law in EU and debtor is DebtorKind.BUSINESS else own
