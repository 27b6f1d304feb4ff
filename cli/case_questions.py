"""The questions that wait about a case, as `case show` and `case explain` tell them."""

from datetime import datetime
from typing import Any

from storage.questions import Question


def asked_words(question: Question, at: datetime) -> str:
    """*Question 12 (approve) waits for marie, asked 3 days ago; passed on 2026-03-06*."""
    days = (at - question.since).days
    since = "today" if days == 0 else f"{days} day{'s' if days != 1 else ''} ago"
    then = "" if question.due_at is None else f"; passed on {question.due_at:%Y-%m-%d} if nobody answers"
    signed = "".join(f"; signed by {one[0]}" for one in question.signed)
    kind = question.kind.value.replace("_", " ")
    return f"Question {question.id} ({kind}) waits for {question.todo or 'anyone'}, asked {since}{then}{signed}."


def asked_as_json(question: Question) -> dict[str, Any]:
    """The same for other programs."""
    return {
        "question": question.id, "kind": question.kind, "todo": question.todo, "since": question.since,
        "due_at": question.due_at, "waited": question.waited, "signed_by": [one[0] for one in question.signed],
    }  # fmt: skip
