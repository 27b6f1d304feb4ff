"""What a person starts from the UI about credit insurance: the cover of a customer, the insurer's word."""

from typing import Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.asking import ask_about_what_came
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from storage import clock, insurance_deeds
from storage.insurance_deeds import ConsentWords

About = Literal["plan", "promise", "settlement", "supply", "agency", "court", "write_off", "credit_note"]
Answer = Literal["asked", "granted", "refused", "not_needed"]


@flow(name="insurance-cover", persist_result=False, log_prints=False)
@in_words
async def insurance_cover(
    customer: str, limit: str, since: str, until: str = "", cancelled: str = "", reference: str = "", policy: str = ""
) -> State:
    """What the credit insurer decided about a customer: how much is covered, from which day (YYYY-MM-DD) to which.

    `limit` 0: cover was refused. `cancelled`: invoices of that day and later are not covered any more.
    """
    who, at = (await person()).name, await clock.now()
    found = await insurance_deeds.set_cover(
        customer, limit, since, who, at, until=until, cancelled=cancelled, reference=reference, policy=policy
    )
    return await told(found)


@flow(name="insurer-consent", persist_result=False, log_prints=False)
@in_words
async def insurer_consent(
    customer: str, about: About, answer: Answer, reference: str = "", on: str = "", until: str = "", invoice: str = ""
) -> State:
    """What the credit insurer says to something about a customer's insured invoices; *asked*: a person is asked for the answer.

    `reference`: the insurer's, or the reason. `until` (YYYY-MM-DD): the last day to which it agreed to put payment off, or to
    supply. `invoice`: one number; empty: everything that is insured.
    """
    who, at = (await person()).name, await clock.now()
    words = ConsentWords(about, answer, reference, on, until)
    done = await told(await insurance_deeds.record_consent(customer, invoice, words, who, at))
    await ask_about_what_came()
    return done
