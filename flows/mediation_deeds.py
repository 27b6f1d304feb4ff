"""What a person starts from the UI when something is mediated outside the ladder."""

from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.asking import ask_about_what_came
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.mediation import StartedBy
from storage import clock
from storage.mediation_deeds import MediationWords, propose

PROPOSED, ASKED = "We propose mediation", "The customer turned to a mediator"
Began: Any = Literal[PROPOSED, ASKED]


@flow(name="mediation", persist_result=False, log_prints=False)
@in_words
async def mediation(
    customer: str, what: Began, mediator: str = "", invoice: str = "", last_day: str = "", words: str = ""
) -> State:
    """A mediation begins outside the ladder: nothing else leaves about these invoices until somebody says what became of it.

    `mediator`: a name that fits one of those who may be proposed; empty: the only one. `invoice`: one or several numbers with
    commas; empty: all that are open. `last_day` for an answer (YYYY-MM-DD); empty: as the law or the policy says. `words` stay
    here: no agency, court or insurer is ever given them.
    """
    by = StartedBy.PERSON if what == PROPOSED else StartedBy.CUSTOMER
    said = MediationWords(by, mediator, last_day, words)
    done = await told(await propose(customer, invoice, said, (await person()).name, await clock.now()))
    await ask_about_what_came()
    return done
