"""What a person says about letters from the UI: they are posted, or what became of one."""

from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import waiting
from flows.problem_words import in_words
from flows.starter import person
from policies.form_days import day_of
from policies.letter_outcome import Outcome
from policies.problems import Problem
from storage import clock
from storage.letter_outcomes import outcome
from storage.letter_posted import posted
from tasks import wording
from tasks.print_folder import take_back
from tasks.staff_text import told

Became: Any = Literal[tuple(kind.value for kind in Outcome)]


@flow(name="letter-posted", persist_result=False, log_prints=False)
@in_words
async def letter_posted(letter: str, date: str = "", tracking: str = "", had_left_already: bool = False) -> State:
    """A letter of the print queue (L12) is posted, on `date` (YYYY-MM-DD; empty: today), with the post's number if any.

    One that is withdrawn must not be posted; `had_left_already` says that it was too late.
    """
    at = await clock.now()
    if wrong := _day_wrong(date):
        return _not_done(wrong)
    ended = await posted(letter, day_of(date.strip()), tracking, (await person()).name, at, anyway=had_left_already)
    await take_back(at)
    if isinstance(ended, list):
        return _not_done(_reasons(ended))
    return await _done(ended.letter.customer_number, ended.letter.customer_name, ended.words)


@flow(name="letter-outcome", persist_result=False, log_prints=False)
@in_words
async def letter_outcome(letter: str, outcome_told: Became, date: str) -> State:
    """What the post tells of a letter (L12, or its own number) on `date` (YYYY-MM-DD): from when its delay runs follows."""
    on = day_of(date.strip())
    if on is None:
        return _not_done(_day_wrong(date) or "Say on which day, written YYYY-MM-DD.")
    ended = await outcome(letter, Outcome(outcome_told), on, (await person()).name, await clock.now())
    if isinstance(ended, list):
        return _not_done(_reasons(ended))
    return await _done(ended.letter.customer_number, ended.letter.customer_name, ended.words)


def _day_wrong(said: str) -> str:
    """Why the text names no day; empty where it does, or is empty."""
    day = said.strip()
    return f"“{day}” is not a date; write it as YYYY-MM-DD." if day and day_of(day) is None else ""


def _reasons(problems: list[Problem]) -> str:
    return " ".join(problem.reason for problem in problems)


def _not_done(words: str) -> State:
    return Failed(name="Not done", message=told(words))


async def _done(number: str, customer: str, words: str) -> State:
    name = f"letter · {wording.one_line(customer)} · {words}"
    await waiting.this_client().update_flow_run(
        waiting.this_run().id, name=name[:200], tags=[f"customer:{number}", "act"]
    )
    get_run_logger().info(name)
    return Completed(message=name)
