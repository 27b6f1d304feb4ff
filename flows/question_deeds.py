"""What a person starts about questions from the UI: give one to somebody else, object to a notice."""

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import runs, waiting
from flows.problem_words import in_words
from flows.starter import person
from policies.problems import Problem
from storage import clock, questions
from storage.objections import ask_about_objections, object_to
from storage.question_moves import give
from tasks import wording
from tasks.sales_words import about_an_objection


@flow(name="delegate", persist_result=False, log_prints=False)
@in_words
async def delegate(question: int, to: str) -> State:
    """Give an open question to somebody else, by its number and their login; nothing is decided by it."""
    given = await give(question, to, await person(), await clock.now())
    if isinstance(given, list):
        return _not_done(given)
    return await _done(f"question {question} · from {given or 'anyone'} to {to.strip()}", [])


@flow(name="object", persist_result=False, log_prints=False)
@in_words
async def object_to_notice(customer: str, why: str) -> State:
    """The salesperson of a customer objects to the formal notice that is about to leave: a manager decides."""
    at = await clock.now()
    done = await object_to(customer, why, await person(), at)
    if isinstance(done, list):
        return _not_done(done)
    await ask_about_objections(at, about_an_objection)
    for question in await questions.without_run():
        await runs.start_question(waiting.this_client(), question)
    name = f"objection · {wording.one_line(done.customer_name)}"
    return await _done(name, [f"customer:{done.customer_number}"])


def _not_done(problems: list[Problem]) -> State:
    words = " ".join(f"{one.field}: {one.reason}" if one.field else one.reason for one in problems)
    return Failed(name="Not done", message=words)


async def _done(name: str, tags: list[str]) -> State:
    await waiting.this_client().update_flow_run(waiting.this_run().id, name=name, tags=[*tags, "act"])
    get_run_logger().info(name)
    return Completed(message=name)
