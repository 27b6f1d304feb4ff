"""What a person starts from the UI as a short form: each journals, wakes the customer's runs and names its own run."""

from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import waiting
from flows.problem_words import in_words
from flows.starter import person
from policies.choices import choices
from policies.facts import HoldKind
from policies.hold_form import ASKED_FOR, HoldWords
from policies.law.limitation_rules import Interruption
from policies.problems import Problem
from policies.questions import QuestionKind
from policies.stages import Stage
from storage import clock, deeds
from storage.call_deeds import Said as CallSaid
from storage.call_deeds import log_call as log
from storage.hold_deeds import Deed, hold_customer, release_customer
from storage.limitation_acts import record_for
from storage.staff_catalogue import in_every_language
from storage.writing_by_hand import resend_invoice as send_copy
from storage.writing_by_hand import write_to_customer as write_words
from tasks import staff_text, wording

CALLED = choices(QuestionKind.CALL_OUTCOME, Stage.FOLLOW_UP_CALL)
SENTENCES = tuple(choice.sentence for choice in in_every_language(CALLED))
Said: Any = Literal[
    SENTENCES
]  # the form shows the same sentences as the question after a call, in the house's language
Held: Any = Literal[tuple(kind.value for kind in ASKED_FOR if kind is not HoldKind.PLAN)]

Done: Any = Literal[tuple(kind.value for kind in Interruption)]


async def told(outcome: Deed | list[Problem]) -> State:
    """Name the run after what was done, or say in a sentence why nothing was."""
    if isinstance(outcome, list):
        words = " ".join(
            f"{problem.field}: {problem.reason}" if problem.field else problem.reason for problem in outcome
        )
        return Failed(name="Not done", message=staff_text.told(words))
    kind, done = staff_text.named(outcome.kind), staff_text.told(outcome.words)
    name = f"{kind} · {wording.one_line(outcome.customer_name)} · {done}"
    await waiting.this_client().update_flow_run(
        waiting.this_run().id, name=name, tags=[f"customer:{outcome.customer_number}", "act"]
    )
    get_run_logger().info(name)
    return Completed(message=name)


@flow(name="log-call", persist_result=False, log_prints=False)
@in_words
async def log_call(
    customer: str,
    what_was_said: Said,
    invoice: str = "",
    date: str = "",
    amount: str = "",
    note: str = "",
    who_called: Literal["we called", "they called"] = "they called",
) -> State:
    """A call, yours or the customer's: what was said. The note holds facts only, the customer may read them.

    The date (YYYY-MM-DD) is the day promised, or the day to call again, then also with its hour: YYYY-MM-DD HH:MM. The amount
    is what was promised for that day; empty: everything. What else is asked about the customer is asked anew.
    """
    said = CallSaid(what_was_said, date, amount, note, who_called)
    return await told(await log(customer, invoice, said, await person(), await clock.now()))


@flow(name="hold", persist_result=False, log_prints=False)
@in_words
async def hold(
    customer: str,
    reason: str,
    invoice: str = "",
    until: str = "",
    kind: Held = "manual",
    since: str = "",
    channels: str = "",
) -> State:
    """Send nothing to a customer, or about one invoice, through the day `until` (YYYY-MM-DD; empty: until released).

    An insolvency says the day of the judgment in `since`, an opt-out its `channels` (email, sms, letter, call).
    """
    words = HoldWords(reason, kind, until, since, channels)
    return await told(await hold_customer(customer, invoice, words, (await person()).name, await clock.now()))


@flow(name="limitation-act", persist_result=False, log_prints=False)
@in_words
async def limitation_act(customer: str, what_was_done: Done, date: str, words: str, invoice: str = "") -> State:
    """Something that keeps a claim alive was done on `date` (YYYY-MM-DD); `words` say where the proof is.

    Without an invoice it counts for everything open of the customer, such as a balance it confirmed in writing.
    """
    at = await clock.now()
    return await told(await record_for(customer, invoice, what_was_done, date, words, (await person()).name, at))


@flow(name="release", persist_result=False, log_prints=False)
@in_words
async def release(customer: str, invoice: str = "") -> State:
    """Go on after a hold: with the customer, or with one invoice."""
    return await told(await release_customer(customer, invoice, (await person()).name, await clock.now()))


@flow(name="note", persist_result=False, log_prints=False)
@in_words
async def note(customer: str, text: str, invoice: str = "") -> State:
    """Write something down about a customer: facts only, the debtor may read them."""
    return await told(await deeds.note(customer, invoice, text, (await person()).name, await clock.now()))


@flow(name="says-paid", persist_result=False, log_prints=False)
@in_words
async def says_paid(customer: str, invoice: str = "", remark: str = "") -> State:
    """The customer says it is paid: nothing leaves for some days, so that the money can arrive."""
    return await told(await deeds.says_paid(customer, invoice, remark, await person(), await clock.now()))


@flow(name="write-to-customer", persist_result=False, log_prints=False)
@in_words
async def write_to_customer(customer: str, subject: str, text: str, invoice: str = "") -> State:
    """Write to a customer in your own words: your signature and the company's mentions are put under them.

    It leaves by e-mail as soon as the hour allows it, counts as a contact, and is kept with everything else.
    """
    return await told(await write_words(customer, subject, text, invoice, (await person()).name, await clock.now()))


@flow(name="resend-invoice", persist_result=False, log_prints=False)
@in_words
async def resend_invoice(invoice: str, customer: str = "") -> State:
    """Send a copy of an invoice to its customer, as it was imported."""
    return await told(await send_copy(invoice, customer, (await person()).name, await clock.now()))
