"""The short fingerprint of what a person was shown: a form opened before a change is no longer an answer (design 2)."""

from collections.abc import Iterable
from hashlib import sha256

from policies.choice import Choice
from policies.typography import NARROW, WIDE

BETWEEN = " · "
"""Stands between the parts of a decision as a form carries it."""

LENGTH = 6
"""Hex characters of a fingerprint."""


def fingerprint(parts: Iterable[str]) -> str:
    """Six hex characters over the content shown. Every part counts with its length: `ab, c` is not `a, bc`."""
    digest = sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()[:LENGTH]


def decision_text(sentence: str, facts: str, mark: str) -> str:
    """A choice as a form carries it: *Send the formal notice · 1 250,00 € → compta@dupont.fr · 3f9a12*."""
    return BETWEEN.join(part for part in (sentence, facts, mark) if part)


def code_of(decision: str, choices: Iterable[Choice]) -> str | None:
    """The code of the choice whose sentence opens the decision; None when it is none of them.

    A person who types it need not know which spaces do not break, nor how an apostrophe is printed.
    """
    sentence = _typed(decision.split(BETWEEN, 1)[0])
    return next((choice.code for choice in choices if _typed(choice.sentence) == sentence), None)


def _typed(sentence: str) -> str:
    return sentence.replace(NARROW, " ").replace(WIDE, " ").replace("’", "'").strip()


def print_of(decision: str) -> str | None:
    """The fingerprint a decision carries; None when it carries none."""
    parts = decision.rsplit(BETWEEN, 1)
    mark = parts[-1].strip()
    is_mark = len(parts) == 2 and len(mark) == LENGTH and all(character in "0123456789abcdef" for character in mark)
    return mark if is_mark else None
