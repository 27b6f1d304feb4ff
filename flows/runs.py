"""Prefect runs of cases and questions: made once per generation, named so that people find them."""

from prefect.client.orchestration import PrefectClient
from prefect.states import Scheduled

from flows import naming, registered
from storage import opening, questions
from storage.opening import Unstarted
from storage.questions import Question
from tasks.question_standing import titled
from tasks.staff_text import say

COLLECT = "collect-invoice"
ASK = "ask-person"


async def start_case(client: PrefectClient, case: Unstarted) -> None:
    """Give an open case its run; the idempotency key makes a second attempt find the first one's run."""
    name = naming.run_name(case.customer_name, case.invoice, case.principal, case.currency)
    run = await client.create_flow_run_from_deployment(
        registered.deployment(COLLECT),
        parameters={"case": case.case, "generation": case.generation},
        state=Scheduled(name="Queued", message=say("Waiting for a free place")),
        name=name,
        tags=[f"customer:{case.customer_number}"],
        idempotency_key=f"case-{case.case}-{case.generation}",
    )
    await opening.carry(case.case, case.generation, run.id)


async def start_unstarted(client: PrefectClient) -> int:
    """Give every open case without a run its run."""
    started = 0
    while cases := await opening.unstarted():
        for case in cases:
            await start_case(client, case)
        started += len(cases)
    return started


async def start_question(client: PrefectClient, question: int) -> None:
    """Give a question that belongs to no single case a run of its own, in the same inbox."""
    found = await questions.read(question)
    if found is None or not found.needs_run:
        return
    run = await client.create_flow_run_from_deployment(
        registered.deployment(ASK),
        parameters={"question": question},
        state=Scheduled(name="Queued"),
        name=titled(found),
        tags=await tags_of(found),
        idempotency_key=f"question-{question}-{found.attempt}",
    )
    await questions.carry(question, run.id)


async def start_questions(client: PrefectClient) -> int:
    """Give every question that waits without one its run; answers how many were started."""
    waiting = await questions.without_run()
    for question in waiting:
        await start_question(client, question)
    return len(waiting)


async def start_resends(client: PrefectClient) -> int:
    """Give what was asked at the terminal its run, answered or not; answers how many were started.

    Two dispatchers at once start one run: the key names the first attempt.
    """
    asked = await questions.resends_without_run()
    for question in asked:
        await start_question(client, question)
    return len(asked)


async def tags_of(question: Question) -> list[str]:
    """Who is to answer, what is asked, about which customer."""
    return [f"todo:{question.todo or 'anyone'}", f"ask:{question.kind.value}", *await _of_customer(question.id)]


async def _of_customer(question: int) -> list[str]:
    number = await questions.customer_number(question)
    return [f"customer:{number}"] if number else []
