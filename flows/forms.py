"""The form of a question as Prefect's UI shows it: at most four fields, a required decision without default."""

from typing import Any

from policies.answers import fields
from policies.choices import choices
from policies.fingerprint import decision_text
from storage.questions import Question
from tasks.question_standing import standing
from tasks.staff_text import say, told

SENDING = frozenset({"send", "send_all", "send_except"})
"""Choices after which something leaves: these say how much goes to whom."""


def decisions(question: Question) -> list[str]:
    """The decisions a person may choose, each with a fingerprint of what is shown: a stale form is refused."""
    return [
        decision_text(
            told(choice.sentence), question.shown_facts if choice.code in SENDING else "", question.fingerprint
        )
        for choice in choices(question.kind, question.stage, question.offers)
    ]


def schema(question: Question) -> dict[str, Any]:
    """The JSON Schema of the answer."""
    properties: dict[str, Any] = {}
    for place, field in enumerate(fields(question.kind)):
        entry: dict[str, Any] = {
            "title": told(field.title), "type": "string", "position": place, "description": told(field.hint),
        }  # fmt: skip
        if field.name == "decision":
            entry["enum"] = decisions(question)
        elif not field.required:
            entry["default"] = ""
        properties[field.name] = entry
    required = [field.name for field in fields(question.kind) if field.required]
    return {
        "title": say("Answer"), "type": "object", "additionalProperties": False, "properties": properties,
        "required": required, "definitions": {},
    }  # fmt: skip


def description(question: Question) -> str:
    """What the person reads above the form; what was wrong with the last answer stands on top."""
    shown = f"{question.description}\n\n{standing(question)}"
    if not question.problem:
        return shown
    wrong = say("**Your last answer was not taken:** {problem}", problem=told(question.problem))
    return f"{wrong}\n\n---\n\n{shown}"
