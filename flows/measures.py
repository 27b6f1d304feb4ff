"""Commercial measures from round to round, and what a person starts about them."""

from datetime import datetime
from typing import Any, Literal

from prefect import flow
from prefect.client.orchestration import PrefectClient
from prefect.client.schemas.objects import State

from flows import runs, waiting
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.measure import LiftedBy, MeasureKind
from policies.measure_form import MeasureWords
from policies.problems import Problem
from storage import clock, measure_decisions, measure_deeds, measure_proposals
from storage.measure_questions import ask_about_measures
from tasks.erp_folder import hand_out
from tasks.measure_mail import tell_sales
from tasks.measure_words import about_measure

Which: Any = Literal[tuple(kind.value for kind in MeasureKind)]
Lifts: Any = Literal[tuple(one.value for one in LiftedBy)]


async def follow_measures(at: datetime) -> None:
    """Lift what is paid, propose what is due, ask about it, tell sales and the ERP. Twice in a row changes nothing."""
    await measure_decisions.lift_paid(at)
    await measure_proposals.propose_due(at)
    await ask_about_measures(at, about_measure)
    await tell_sales(at)
    await hand_out(at)


async def look_at_measures(_client: PrefectClient) -> bool:
    """What was paid is lifted at once, and what was decided is told; it starts no run."""
    at = await clock.now()
    if await measure_deeds.anything_stands():
        await measure_decisions.lift_paid(at)
        await tell_sales(at)
        await hand_out(at)
    return False


@flow(name="measure", persist_result=False, log_prints=False)
@in_words
async def measure(
    customer: str,
    what: Which,
    why: str,
    clause: str = "",
    new_limit: str = "",
    lifted_by: Lifts = LiftedBy.OVERDUE_PAID.value,
    review: str = "",
    currency: str = "",
) -> State:
    """Propose a commercial measure against a customer: a manager decides, then the customer, sales and the ERP are told.

    `clause`: the clause of the contract it rests on, word for word; the customer reads it. `new_limit`: 5000.00, of
    lower_limit. `review`: the day on which it is looked at again (YYYY-MM-DD).
    """
    words = MeasureWords(what, why, clause, new_limit, lifted_by, review)
    done = await told(await measure_deeds.propose(customer, currency, words, (await person()).name, await clock.now()))
    at = await clock.now()
    await ask_about_measures(at, about_measure)
    await runs.start_questions(waiting.this_client())
    return done


@flow(name="lift-measure", persist_result=False, log_prints=False)
@in_words
async def lift_measure(number: str, why: str) -> State:
    """Lift a commercial measure by your word, whatever is still owed: the customer, sales and the ERP are told."""
    said = number.strip()
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        return await told([Problem("form", None, "number", f"“{said[:40]}” is no number of a measure.")])
    return await told(await measure_deeds.lift(int(said), why, (await person()).name, await clock.now()))
