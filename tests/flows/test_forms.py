"""The forms a person fills in: few fields, a decision without default, bound to what was shown."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID

import pytest

from flows import deeds, forms
from flows.deployments import parameters
from policies.questions import QuestionKind
from policies.stages import Stage
from storage.questions import Question
from tasks.staff_text import speaking

QUESTION = Question(
    id=7,
    kind=QuestionKind.APPROVE,
    stage=Stage.FORMAL_NOTICE,
    step="formal_notice",
    customer=3,
    currency="EUR",
    lead=12,
    run=UUID(int=1),
    attempt=2,
    state="open",
    todo="marie",
    title="Approve formal notice · Dupont SARL",
    description="Who, how much, how old.",
    fingerprint="3f9a12",
    shown_facts="1 250,00 € → compta@dupont.example",
    problem="",
    amount=125_000,
    asked_at=datetime(2026, 4, 1, 7, tzinfo=UTC),
)


def test_every_choice_carries_the_fingerprint_of_what_was_shown_and_sending_says_it_in_full() -> None:
    assert forms.decisions(QUESTION) == [
        "Send the formal notice · 1 250,00 € → compta@dupont.example · 3f9a12",
        "Wait 7 days · 3f9a12",
        "Wait 30 days · 3f9a12",
        "Skip this step · 3f9a12",
        "Stop chasing until I say · 3f9a12",
    ]


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_a_form_has_at_most_four_fields_all_of_them_text(kind: QuestionKind) -> None:
    properties = forms.schema(replace(QUESTION, kind=kind))["properties"]
    assert len(properties) <= 4
    assert {field["type"] for field in properties.values()} == {"string"}


@pytest.mark.parametrize("kind", list(QuestionKind))
def test_the_decision_is_required_and_has_no_default_the_rest_may_stay_empty(kind: QuestionKind) -> None:
    schema = forms.schema(replace(QUESTION, kind=kind))
    assert schema["required"] == ["decision"]
    assert "default" not in schema["properties"]["decision"]
    assert {field["default"] for name, field in schema["properties"].items() if name != "decision"} == {""}


def test_what_was_wrong_with_the_last_answer_stands_on_top() -> None:
    again = replace(QUESTION, problem="date: Write the day as YYYY-MM-DD.")
    assert forms.description(again).splitlines()[0] == (
        "**Your last answer was not taken:** date: Write the day as YYYY-MM-DD."
    )
    assert forms.description(QUESTION).startswith("Who, how much, how old.\n\n**Who may answer:**")


def test_the_pause_key_is_made_of_row_numbers_only() -> None:
    assert QUESTION.key == "q7-2"


def test_a_call_is_logged_in_the_language_of_the_house_and_taken_in_every_one() -> None:
    with speaking("fr"):
        shown = parameters(deeds.log_call)["properties"]["what_was_said"]["enum"]
    assert shown[0] == "Promesse de règlement à la date ci-dessous"
    assert parameters(deeds.log_call)["properties"]["what_was_said"]["enum"][0] == "Promised to pay on the date below"
    assert {*shown, "Promised to pay on the date below"} <= set(get_args(deeds.Said))
