"""Who may refuse that a file is handed over though somebody approves it: each says so in a sentence, before the choice counts."""

from collections.abc import Awaitable, Callable, Iterable

from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import Approve
from policies.court_consequences import RouteChosen
from policies.questions import QuestionKind
from policies.stages import Stage
from storage.agency_refusals import why_not_by_agency
from storage.answered import Covered
from storage.insurance_refusals import why_not_at
from storage.questions import Question

Refusal = Callable[[AsyncConnection, Iterable[int], Stage | None], Awaitable[str]]
"""Takes the cases and the stage; answers the sentence that refuses, or nothing."""

REFUSALS: tuple[Refusal, ...] = (why_not_at, why_not_by_agency)


async def why_not(
    connection: AsyncConnection, question: Question, covered: Iterable[Covered], outcome: Iterable[object]
) -> str:
    """The first sentence that refuses handing these cases over; empty: nothing stands against it."""
    if question.kind is not QuestionKind.APPROVE or not any(isinstance(one, Approve | RouteChosen) for one in outcome):
        return ""
    cases = [one.case for one in covered]
    for refusal in REFUSALS:
        if why := await refusal(connection, cases, question.stage):
            return why
    return ""
