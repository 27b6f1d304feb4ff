"""What a person starts about questions from the UI: give one to somebody else, object to a notice."""

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows import runs, waiting
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from storage import clock
from storage.objections import ask_about_objections, object_to
from storage.question_moves import give
from tasks.sales_words import about_an_objection
from tasks.staff_text import say


@flow(name="delegate", persist_result=False, log_prints=False)
@in_words
async def delegate(question: int, to: str) -> State:
    """Give an open question to somebody else, by its number and their login; nothing is decided by it."""
    given = await give(question, to, await person(), await clock.now())
    if isinstance(given, list):
        return await told(given)
    before = given or say("anyone")
    name = say("question {number} · from {before} to {name}", number=question, before=before, name=to.strip())
    await waiting.this_client().update_flow_run(waiting.this_run().id, name=name, tags=["act"])
    get_run_logger().info(name)
    return Completed(message=name)


@flow(name="object", persist_result=False, log_prints=False)
@in_words
async def object_to_notice(customer: str, why: str) -> State:
    """The salesperson of a customer objects to the formal notice that is about to leave: a manager decides."""
    at = await clock.now()
    done = await object_to(customer, why, await person(), at)
    if not isinstance(done, list):
        await ask_about_objections(at, about_an_objection)
        await runs.start_questions(waiting.this_client())
    return await told(done)
