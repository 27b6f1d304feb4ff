"""What staff read exists in every language they read, with the same values, and nothing is kept that nobody says."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from flows import timeline
from flows.deployments import REGISTRATIONS
from policies import rule_questions
from policies.choices import choices
from policies.form_fields import fields
from policies.questions import QuestionKind
from policies.staff_text.catalogue import Catalogue, names_in
from policies.staff_text.languages import ENGLISH, LANGUAGES
from policies.stages import Stage
from storage.staff_catalogue import staff_catalogue
from tasks import journal_words
from tasks.answer_words import WHAT_FOLLOWS
from tests.architecture.sources import CHECKOUT, Source, sources
from tests.architecture.staff_samples import COMPOSED
from tests.architecture.staff_sentences import sentences

OTHERS = [staff_catalogue(language) for language in LANGUAGES if language != ENGLISH]
STAGES = (None, *Stage)
FIELD = re.compile(r"^[a-z_]+: ")
"""The name of a form's field before what is wrong with it."""


@cache
def spoken() -> tuple[str, ...]:
    """Every whole sentence staff may read, once."""
    return tuple(dict.fromkeys(_spoken()))


def _spoken() -> Iterator[str]:
    """Those of the code, and those the forms are made of."""
    yield from sentences()
    yield from (
        *journal_words.WORDS.values(),
        *(words for _, words in timeline.ACTS),
        *rule_questions.QUESTIONS.values(),
    )
    yield from (one.description for one in REGISTRATIONS)
    yield from _of_the_courts()
    for kind in QuestionKind:
        for stage in STAGES:
            yield from (one.sentence for one in choices(kind, stage))
        for one in fields(kind):
            yield from (one.title, one.hint)


def _of_the_courts() -> Iterator[str]:
    """What the law files say of the ways to court."""
    for file in sorted((CHECKOUT / "policies" / "law").glob("*.toml")):
        for route in tomllib.loads(file.read_text(encoding="utf-8")).get("route", []):
            if route["stage"] == Stage.LEGAL:
                yield from (route["title"], *([route["cost"]] if "cost" in route else []), *route.get("needs", []))
                yield from ([f"{route['refused']} ({{source}})."] if "refused" in route else [])


def followed() -> Iterator[str]:
    """What each answer does, with its days in it."""
    return (said for follows in WHAT_FOLLOWS.values() for said in follows.values())


def known(catalogue: Catalogue, said: str) -> bool:
    return catalogue.exact(said) is not None or catalogue.recognised(said) is not None


@pytest.mark.parametrize("catalogue", OTHERS, ids=lambda one: one.language)
def test_every_sentence_staff_read_is_in_every_language(catalogue: Catalogue) -> None:
    assert [said for said in spoken() if said not in catalogue.entries] == []
    assert [said for said in followed() if not known(catalogue, said)] == []


@pytest.mark.parametrize("catalogue", OTHERS, ids=lambda one: one.language)
def test_sentences_that_are_put_together_are_recognised_in_every_language(catalogue: Catalogue) -> None:
    assert [said for said in COMPOSED if not known(catalogue, said)] == []


@pytest.mark.parametrize("catalogue", OTHERS, ids=lambda one: one.language)
def test_no_two_choices_of_a_question_read_alike(catalogue: Catalogue) -> None:
    for kind in QuestionKind:
        for stage in STAGES:
            said = Counter(catalogue.exact(one.sentence) for one in choices(kind, stage))
            assert [sentence for sentence, times in said.items() if times > 1] == []


@pytest.mark.parametrize("catalogue", OTHERS, ids=lambda one: one.language)
def test_a_sentence_names_no_value_the_english_one_has_not(catalogue: Catalogue) -> None:
    more = [key for key, said in catalogue.entries.items() if _lower(said) - _lower(key)]
    assert more == []


@pytest.mark.parametrize("catalogue", OTHERS, ids=lambda one: one.language)
def test_no_entry_is_kept_that_nobody_says(catalogue: Catalogue) -> None:
    said = {_shape(one) for one in spoken()} | {_shape(text) for source in sources() for text in _texts(source)}
    matched = {key for one in (*COMPOSED, *followed()) for key in _keys_of(catalogue, one)}
    assert [key for key in catalogue.entries if _shape(key) not in said and key not in matched] == []


@pytest.mark.parametrize("language", [one.language for one in OTHERS])
def test_a_sentence_is_told_in_one_way(language: str) -> None:
    folder = CHECKOUT / "policies" / "staff_text" / language
    told: dict[str, set[str]] = {}
    for file in folder.glob("*.toml"):
        for key, said in tomllib.loads(file.read_text(encoding="utf-8")).items():
            told.setdefault(key, set()).add(said)
    assert {key: said for key, said in told.items() if len(said) > 1} == {}


def _lower(sentence: str) -> set[str]:
    """The names of the values; `Stage` is `stage` with a capital letter."""
    return {name.lower() for name in names_in(sentence)}


def _shape(sentence: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", sentence)


def _texts(source: Source) -> Iterator[str]:
    """Texts written in a file, those with values in them too."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from (node.value, node.value.replace("_", " "), FIELD.sub("", node.value))
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)


def _keys_of(catalogue: Catalogue, said: str) -> Iterator[str]:
    """The keys a sentence put together is recognised by, and those of its parts."""
    found = catalogue.key_of(said)
    if found is None:
        return
    key, values = found
    yield key
    for value in values.values():
        for part in {value, *value.split("; "), *value.split(", ")}:
            yield from _keys_of(catalogue, part)
