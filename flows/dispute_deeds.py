"""What a person starts from the UI when an invoice is disputed."""

from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.asking import ask_about_what_came
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.dispute_form import DisputeWords
from policies.dispute_reasons import DisputeReason
from policies.dispute_reasons import in_words as reason_words
from storage import clock
from storage.dispute_deeds import open_dispute

Why: Any = Literal[tuple(reason_words(reason) for reason in DisputeReason)]


@flow(name="dispute", persist_result=False, log_prints=False)
@in_words
async def dispute(
    invoice: str,
    reason: Why,
    amount: str = "",
    customer: str = "",
    what_exactly: str = "",
    words: str = "",
    decide_by: str = "",
) -> State:
    """The customer disputes an invoice: the whole, or the `amount` named (400.00), and the rest goes on being collected.

    `what_exactly` names the lines or articles, `words` is what the customer says, `decide_by` a day (YYYY-MM-DD).
    """
    said = DisputeWords(reason, amount, what_exactly, words, deadline=decide_by)
    done = await told(await open_dispute(customer, invoice, said, (await person()).name, await clock.now()))
    await ask_about_what_came()
    return done
