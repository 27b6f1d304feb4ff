"""Reading who answers: everybody agrees, nobody answers, or what is said to each kind of question."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from policies.choices import choices
from policies.play.world import AGREE, NOBODY, Answers, Saying
from policies.questions import QuestionKind
from policies.scenarios.values import one_among
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import text, whole

ANSWERS = "answers"
WORDS: Mapping[str, Answers] = {"agree": AGREE, "nobody": NOBODY}


def read_answers(table: Table, found: list[Section], otherwise: Answers) -> Answers:
    """`answers`: one word for all questions, or a table; a kind it does not name is agreed to."""
    written = table.values.get(ANSWERS)
    if written is None:
        return otherwise
    if not isinstance(written, dict):
        return WORDS[table.take(ANSWERS, one_among(tuple(WORDS), "way to answer"), "agree")]
    inner = table.table(ANSWERS, found)
    if inner is None:
        return otherwise
    kinds = tuple(kind.value for kind in QuestionKind)
    inner.refuse_others((*kinds, "after_days"))
    said = dict(AGREE)
    for kind in QuestionKind:
        if kind.value in inner.values:
            saying = _saying(inner, found, kind)
            said.pop(kind, None)
            if saying is not None:
                said[kind] = saying
    after = timedelta(days=inner.take("after_days", whole(0), 0))
    return {kind: replace(one, after=after) for kind, one in said.items()}


def _saying(table: Table, found: list[Section], kind: QuestionKind) -> Saying | None:
    """A choice, or a table with it, a note, and the day of the form counted from the answer; *nobody*: none."""
    codes = tuple(dict.fromkeys(choice.code for choice in choices(kind, None)))
    known = one_among((*codes, "nobody"), f"answer to {kind.value}")
    if not isinstance(table.values[kind.value], dict):
        code = table.take(kind.value, known, "nobody")
        return None if code == "nobody" else Saying(code, "said in the scenario" if _needs_note(kind, code) else "")
    inner = table.table(kind.value, found)
    if inner is None:
        return None
    inner.refuse_others(("choice", "note", "days"))
    code = inner.require("choice", known, "nobody")
    note = inner.take("note", text, "said in the scenario" if _needs_note(kind, code) else "")
    return None if code == "nobody" else Saying(code, note, inner.take("days", whole(1), None))


def _needs_note(kind: QuestionKind, code: str) -> bool:
    return any("note" in choice.needs for choice in choices(kind, None) if choice.code == code)
