"""What a person starts from the UI to give a claim up, or to take that back."""

from typing import Any, Literal

from prefect import flow
from prefect.client.schemas.objects import State

from flows.asking import ask_about_what_came
from flows.deeds import told
from flows.problem_words import in_words
from flows.starter import person
from policies.problems import Problem
from policies.write_off import SENTENCES, WriteOffReason, WriteOffWords
from storage import clock, write_off_deeds

Why: Any = Literal[tuple(SENTENCES[reason] for reason in WriteOffReason)]


@flow(name="write-off", persist_result=False, log_prints=False)
@in_words
async def write_off(customer: str, reason: Why, invoice: str = "", amount: str = "", words: str = "") -> State:
    """Propose to give up what a customer owes: a manager is asked.

    `invoice`: one or several numbers with commas; empty: everything that is open. `amount`: a part of one invoice (400.00).
    """
    said = WriteOffWords(reason, words, amount)
    done = await told(await write_off_deeds.propose(customer, invoice, said, (await person()).name, await clock.now()))
    await ask_about_what_came()
    return done


@flow(name="reverse-write-off", persist_result=False, log_prints=False)
@in_words
async def reverse_write_off(number: str, why: str) -> State:
    """What was written off is owed again: its cases go on at their age. Above the creditor's amount two people say so."""
    if not (number.strip().isascii() and number.strip().isdigit() and len(number.strip()) < 10):
        return await told([Problem("form", None, "number", f"“{number[:40]}” is no number of a write-off.")])
    by, at = (await person()).name, await clock.now()
    return await told(await write_off_deeds.reverse(int(number), why, by, at))
