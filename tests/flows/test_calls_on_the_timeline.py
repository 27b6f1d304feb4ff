"""Calls as the timeline of a case tells them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from storage.timeline import Event
from tasks.journal_words import event_words
from tasks.staff_text import speaking

AT = datetime(2026, 3, 30, 8, tzinfo=UTC)


def told(kind: str, **facts: Any) -> str:
    return event_words(Event(AT, kind, facts), "EUR")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"outcome": "promised", "direction": "in", "actor": "marie"}, "The customer called marie: Promised to pay"),
        ({"outcome": "voicemail", "direction": "out", "actor": "marie"}, "marie called: Voicemail"),
        ({"outcome": "promised", "actor": "marie"}, "marie spoke with the customer: Promised to pay"),
    ],
)
def test_a_call_says_who_called_and_what_came_of_it(facts: dict[str, str], words: str) -> None:
    assert told("called", **facts) == words


def test_a_step_given_up_after_calls_in_vain_says_why() -> None:
    passed = {"step": "follow_up_call", "how": "passed_over", "why": "nobody was reached in 3 calls", "actor": "marie"}
    assert told("step_behind", **passed) == "Follow-up call passed over: nobody was reached in 3 calls"
    assert told("step_behind", step="follow_up_call", how="skipped") == "Follow-up call skipped"


def test_in_french_as_well() -> None:
    with speaking("fr"):
        assert (
            told("called", outcome="no_answer", direction="out", actor="marie")
            == "marie a appelé\u00a0: Pas de réponse"
        )
