"""Questions given away and notices objected to from the UI, in the language of the house."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State
from prefect.context import FlowRunContext

from flows.question_deeds import delegate, object_to_notice
from policies.staff import Role, Signer
from storage import desk_starts
from tasks.staff_text import speaking

MARIE = Signer("marie", Role.AGENT)
pytestmark = pytest.mark.usefixtures("database_url")


async def started(act: Flow[Any, Any], *values: object) -> State:
    """What becomes of an act Marie starts in a house that reads French."""
    key = await desk_starts.start_by(MARIE, act.name, datetime(2026, 3, 2, 9, tzinfo=UTC))
    run = FlowRun(flow_id=uuid4(), idempotency_key=key)
    with speaking("fr"), FlowRunContext.model_construct(flow=act, flow_run=run):
        state: State = await act.fn(*values)
    return state


async def test_why_a_question_is_not_given_away_is_told_in_the_language_of_the_house() -> None:
    refused = await started(delegate, 7, "jean")
    assert refused.message == "question\u00a0: La question 7 n’est pas ouverte. Voir ./relance inbox."


async def test_why_nobody_objects_is_told_in_the_language_of_the_house() -> None:
    refused = await started(object_to_notice, "C1", " ")
    assert refused.message == (
        "pourquoi\u00a0: Dites pourquoi la mise en demeure ne devrait pas partir\u00a0: "
        "le responsable décide d’après vos mots."
    )
