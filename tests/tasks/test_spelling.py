"""Every word of every template, in whatever branch, is one of its language, or a word of the field that somebody has looked at."""

import re
from pathlib import Path

import pytest

from policies.languages import SHIPPED
from tasks.template_check import literal
from tasks.template_sandbox import room
from tasks.template_source import TEMPLATES

KNOWN = Path(__file__).parent / "known_words"
"""Words the lists lack, one file per language: names of acts, terms of the field, forms of verbs, and the sample's names."""

NOT_WORDS = re.compile(r"\S*[@\d]\S*|/?[\w/]+\.txt|[a-z]+(_[a-z]+)+")
"""Addresses and numbers; names of files and stages."""


def words_in(text: str) -> set[str]:
    """Its words, without addresses, numbers and what stands before or after an apostrophe alone."""
    plain = NOT_WORDS.sub(" ", text.replace("’", "'"))
    return {word for word in re.findall(r"[^\W\d_]+", plain) if len(word) > 1}


def known(language: str) -> set[str]:
    names = (KNOWN / "names.txt").read_text(encoding="utf-8").split()
    return {*names, *(KNOWN / f"{language}.txt").read_text(encoding="utf-8").split()}


@pytest.mark.parametrize("language", SHIPPED)
def test_every_word_of_the_messages_is_spelled_as_its_language_spells_it(language: str) -> None:
    spelling = pytest.importorskip("spellchecker", reason="pyspellchecker is not installed (requirements-test.lock).")
    checker = spelling.SpellChecker(language=language)
    paths = [*TEMPLATES.glob(f"_base/{language}/**/*.txt"), *TEMPLATES.glob(f"[!_]*/*/*/{language}/*.txt")]
    words = set[str]().union(*(words_in(literal(path.read_text(encoding="utf-8"), room())) for path in paths))
    wrong = {word for word in words - known(language) if not checker.known([word, word.lower()])}
    assert sorted(wrong) == []


def test_a_word_nobody_spells_so_would_be_found() -> None:
    spelling = pytest.importorskip("spellchecker", reason="pyspellchecker is not installed (requirements-test.lock).")
    wrong = {
        "fr": "réglement",
        "en": "recieve",
        "de": "fälig",
        "es": "fatcura",
        "it": "fattuta",
        "nl": "factuurt",
        "pt": "fatira",
    }
    assert [word for language, word in wrong.items() if spelling.SpellChecker(language=language).known([word])] == []
