"""One run per overdue invoice: wake, load, decide, do one thing, then wait, ask or close (design 3)."""

import logging
from datetime import datetime, timedelta

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.exceptions import Abort, Pause
from prefect.states import Cancelled, Completed

from flows import waiting
from flows.acting import act
from flows.asking import place, suspend_for
from flows.case_lease import case_lease
from flows.naming import last_done
from flows.show import show
from policies.decisions import Act, Ask, Close, Outcome, Reason, Wait
from policies.said import sentence
from storage import asking, clock, collecting, questions
from storage.collecting import Considered, LeaseLost
from storage.dossier import Dossier
from storage.leases import Lease
from storage.question_subject import Again, Follow, Lead
from storage.sales_notices import tell_first
from tasks import wording
from tasks.hand_over import channels_with_credentials
from tasks.print_folder import take_back
from tasks.sales_mail import tell_salespeople
from tasks.staff_text import colon, say, semicolon, short_day, told
from tasks.write import write

TURNS = 12
"""A wake-up does at most this many things before it lets others go first."""
FOR_A_FACT = timedelta(days=30)
"""A case that waits for a fact looks again in any event."""
A_DAY = timedelta(days=1)
"""A case that gives way to another invoice of its customer looks again every day."""
GROWING = (60, 300, 900, 3600, 14_400)
"""Seconds to wait after the first, second… failure in a row."""
SOON = timedelta(seconds=30)

STATE_NAMES = {
    Outcome.PAID: "Paid",
    Outcome.CREDITED: "Credited",
    Outcome.WRITTEN_OFF: "Written off",
    Outcome.WITHDRAWN: "Withdrawn",
}


@flow(name="collect-invoice", persist_result=False, validate_parameters=False, log_prints=False)
async def collect_invoice(case: int, generation: int) -> State | None:
    """Collect one invoice: this run lives until the invoice is settled."""
    del generation
    run = waiting.this_run()
    async with case_lease(case, run.id) as lease:
        try:
            return await _wake_up(case, lease)
        except (Pause, Abort):
            raise
        except LeaseLost as lost:
            raise Abort(str(lost)) from None
        except Exception as error:
            logging.getLogger("relance").exception("case %s: the wake-up failed", case)
            await _wait_after(case, error)
    return None


async def _wake_up(case: int, lease: Lease) -> State:
    for _turn in range(TURNS):
        as_of = await clock.now()
        found = await collecting.consider(case, lease.token, as_of, channels_with_credentials())
        if any(fact.queued for fact in found.dossier.case.effects) and await take_back(as_of, case):
            continue
        try:
            ended = await _enact(found, lease, as_of)
        except Pause:
            await _well(found)
            raise
        if ended is not None:
            await _well(found)
            return ended
    return await waiting.wait_until(await clock.now() + SOON, say("There is more to do; others go first."))


async def _well(found: Considered) -> None:
    """The wake-up came to its end: the delay after the next failure is the shortest again."""
    if found.dossier.failures:
        await collecting.well(found.dossier.case.id)


async def _enact(found: Considered, lease: Lease, as_of: datetime) -> State | None:
    """Carry one decision out. None: look again; a state: the case is at its end; waiting does not return."""
    dossier, decision = found.dossier, found.decision
    match decision:
        case Close(outcome=outcome):
            return await _close(found, outcome, lease, as_of)
        case Wait(until=until):
            longest = A_DAY if decision.because.code is Reason.HARDER_STAGE_OPEN else FOR_A_FACT
            message = semicolon([last_done(dossier), told(sentence(decision, dossier.case.calendar))])
            news = decision.because.code is not Reason.BEING_HANDED_OVER
            await _wait(found, until or as_of + longest, message, news=news)
        case Act() | Ask() if await tell_first(
            dossier.case.id, lease.token, as_of, channels_with_credentials(), write, decision
        ):
            await tell_salespeople(as_of)
        case Act():
            later = await act(dossier, decision, lease.token, as_of)
            if later is not None:
                await _wait(found, later.at, later.words, news=False)
        case Ask():
            await _ask(found, lease, as_of)
    return None


async def _wait(
    found: Considered,
    until: datetime,
    message: str,
    *,
    leads: bool = True,
    leader: int | None = None,
    news: bool = True,
) -> None:
    """Wait, unless a fact has arrived since the snapshot: then look again. What is not new is not logged again."""
    case = found.dossier.case.id
    if not await collecting.rest(case, leader, until):
        return
    if await show(found, leads=leads, says=message if news else "") and news:
        get_run_logger().info(message)
    await waiting.wait_until(until, message)


async def _ask(found: Considered, lease: Lease, as_of: datetime) -> None:
    placed = await place(found.dossier, lease.token, as_of)
    match placed:
        case Lead(question=question):
            await show(found, todo=await questions.with_whom(question))
            await suspend_for(question)
        case Follow(leader=leader, words=words):
            message = told(f"Waiting for the answer {words}")
            await _wait(found, asking.next_look(as_of), message, leads=False, leader=leader)
        case Again(soon=True):
            await _wait(
                found, as_of + SOON, say("A question to the same customer is being written."), leads=False, news=False
            )


async def _close(found: Considered, outcome: Outcome, lease: Lease, as_of: datetime) -> State:
    dossier = found.dossier
    await collecting.close(dossier.case.id, lease.token, outcome, as_of)
    await show(found)
    message = _closing_words(dossier, outcome, as_of)
    get_run_logger().info(message)
    make = Completed if outcome in (Outcome.PAID, Outcome.CREDITED) else Cancelled
    return make(name=STATE_NAMES[outcome], message=message)


def _closing_words(dossier: Dossier, outcome: Outcome, as_of: datetime) -> str:
    case = dossier.case
    late = (case.calendar.day(as_of) - case.due).days
    when = say("{days} days after it was due", days=late) if late > 0 else say("before it was late")
    outcome_words, amount = say(STATE_NAMES[outcome]), wording.amount(case.original, case.currency, "fr")
    return f"{colon(outcome_words)} {amount}, {when}. {last_done(dossier)}."


async def _wait_after(case: int, error: Exception) -> None:
    """A failure waits with growing delay; the run never ends Failed by itself."""
    from flows.problem_words import problem_sentence

    now, words = await clock.now(), problem_sentence(error)
    times = await collecting.failed(case, words, now)
    until = now + timedelta(seconds=GROWING[min(times, len(GROWING)) - 1])
    await collecting.rest(case, None, until)
    again = say("Tried again at {hour} UTC on {day}.", hour=f"{until:%H:%M}", day=short_day(until.date()))
    await waiting.wait_until(until, f"{told(words)} {again}", name="Trying again")
