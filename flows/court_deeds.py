"""What a person starts from the UI about a file before a court."""

from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.asking import ask_about_what_came
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.court_event import EVENT_WORDS
from storage import clock
from storage.court_deeds import EventWords, FileWords, open_by_hand, record_event

What: Any = Literal[tuple(EVENT_WORDS.values())]


@flow(name="court-event", persist_result=False, log_prints=False)
@in_words
async def court_event(
    file: int,
    what_happened: What,
    date: str,
    last_day: str = "",
    article: str = "",
    amount: str = "",
    reference: str = "",
    words: str = "",
) -> State:
    """Something happened to court file `file` on `date` (YYYY-MM-DD): its deadlines follow from it.

    `last_day` is the next day that counts, where the law files have none (a hearing), `article` what it rests on; `amount` is
    that of an order; `reference` the court's own number.
    """
    said = EventWords(what_happened, date, last_day, article, amount, words, reference)
    done = await told(await record_event(file, said, (await person()).name, await clock.now()))
    await ask_about_what_came()
    return done


@flow(name="court-file", persist_result=False, log_prints=False)
@in_words
async def court_file(
    customer: str, route: str, date: str = "", invoices: str = "", court: str = "", reference: str = ""
) -> State:
    """A file was given to a court or an officer outside the ladder: it is followed from `date` (YYYY-MM-DD) on.

    `route` is one of the ways open for the customer; `invoices` numbers with commas between them, empty: all that is open.
    """
    said = FileWords(route, date, invoices, court, reference)
    return await told(await open_by_hand(customer, said, (await person()).name, await clock.now()))
