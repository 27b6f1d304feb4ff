"""What a person agrees on with a customer about money, started from the UI as a short form."""

from prefect import flow
from prefect.client.schemas.objects import State

from flows.asking import ask_about_what_came
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.plan_form import PlanWords
from policies.problems import Problem
from storage import agreement_deeds, clock
from tasks.agreement_words import about_proposal


@flow(name="payment-plan", persist_result=False, log_prints=False)
@in_words
async def payment_plan(
    customer: str,
    payments: str,
    invoice: str = "",
    note: str = "",
    interest_until: str = "",
    late_days: str = "",
    first_payment: str = "",
) -> State:
    """The customer pays in parts: 2026-05-01=500.00; 2026-06-01=250.00, or 3 from 2026-05-01 (equal parts, a month apart).

    `invoice`: one or several numbers with commas; empty: all that are open. `interest_until` is the last day that earns
    interest while the plan is kept; empty: it runs on. `late_days`: how late a payment may come before the plan lapses.
    `first_payment`: yes, where the plan takes effect with it.
    """
    words = PlanWords(payments, note, interest_until, late_days, first_payment)
    made = await agreement_deeds.make_plan(customer, invoice, words, (await person()).name, await clock.now())
    done = await told(made)
    await ask_about_what_came()
    return done


@flow(name="promise", persist_result=False, log_prints=False)
@in_words
async def promise(customer: str, payments: str, invoice: str = "", note: str = "") -> State:
    """The customer promised to pay: 2026-05-01=500.00, several with semicolons, or a day alone (2026-05-01) for everything."""
    by, at = (await person()).name, await clock.now()
    done = await told(await agreement_deeds.note_promise(customer, invoice, payments, note, by, at))
    await ask_about_what_came()
    return done


@flow(name="settlement", persist_result=False, log_prints=False)
@in_words
async def settlement(customer: str, amount: str, by: str, why: str, invoice: str = "") -> State:
    """Propose that an amount settles everything if it comes by the day `by` (YYYY-MM-DD): a manager is asked.

    `invoice`: one or several numbers with commas; empty: all that are open.
    """
    who, at = (await person()).name, await clock.now()
    return await told(
        await agreement_deeds.propose_settlement(customer, invoice, amount, by, why, who, at, about_proposal)
    )


@flow(name="set-off", persist_result=False, log_prints=False)
@in_words
async def set_off(customer: str, their_invoice: str, amount: str, why: str = "", invoice: str = "") -> State:
    """Propose to set off what we owe the customer for `their_invoice` against what it owes us: a manager is asked.

    `invoice`: the invoices of ours it is set against, with commas; empty: all that are open, the oldest first.
    """
    who, at = (await person()).name, await clock.now()
    return await told(
        await agreement_deeds.propose_set_off(customer, invoice, their_invoice, amount, why, who, at, about_proposal)
    )


@flow(name="cancel-agreement", persist_result=False, log_prints=False)
@in_words
async def cancel_agreement(number: str) -> State:
    """An agreement is over by our word: the full sum is due again; a set-off is taken back."""
    if not (number.strip().isascii() and number.strip().isdigit() and len(number.strip()) < 10):
        return await told([Problem("form", None, "number", f"“{number[:40]}” is no number of an agreement.")])
    return await told(await agreement_deeds.cancel(int(number), (await person()).name, await clock.now()))
