"""Who is asked what beside the cases, round after round, in one list each.

Each round takes back what is no longer so and asks what is not asked; called twice it does nothing more. The stepped clock has a
list of its own (`flows/stepper.py`): when each has something to do next.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from prefect.client.orchestration import PrefectClient

from flows import runs
from flows.giving_up import ask_about_what_is_given_up
from flows.measures import follow_measures
from storage.agreement_questions import ask_again
from storage.court_questions import ask_about_paid
from storage.credit_questions import ask_about_credits
from storage.data_review import ask_about_data
from storage.deadline_questions import ask_about_deadlines
from storage.dispute_questions import ask_about_disputes
from storage.insolvency_questions import ask_about_insolvencies
from storage.insurance_claim_filing import note_what_left
from storage.insurance_claim_questions import ask_about_claims
from storage.insurance_deadlines import keep_in_step
from storage.insurer_questions import ask_about_consents
from storage.letter_questions import ask_about_letters
from storage.match_questions import ask_about_lines
from storage.mediation_questions import ask_about_mediations
from storage.mediator_questions import ask_about_mediators
from storage.objections import ask_about_objections
from storage.plan_moves import carry_out
from storage.question_deadlines import pass_on
from storage.reply_questions import ask_about_replies
from storage.settling import settle_decided
from tasks.agreement_words import about_proposal
from tasks.court_words import about_paid
from tasks.credit_words import about_credits
from tasks.data_words import about_a_customer
from tasks.deadline_words import about_deadline
from tasks.dispute_text import about_dispute
from tasks.insolvency_words import WORDS as INSOLVENCY_WORDS
from tasks.insurer_claim_words import about_claim
from tasks.insurer_words import about_consent
from tasks.letter_words import letters_to_post
from tasks.match_words import about_a_line
from tasks.mediation_words import about_mediation, about_mediators
from tasks.print_folder import take_back
from tasks.reply_words import about_replies
from tasks.sales_mail import tell_salespeople
from tasks.sales_words import about_an_objection

LOG = logging.getLogger("relance.rounds")
Round = Callable[[datetime], Awaitable[object]]

AT_ONCE: tuple[Round, ...] = (
    lambda at: ask_about_replies(at, about_replies),
    lambda at: ask_about_disputes(at, about_dispute),
    lambda at: ask_about_insolvencies(at, INSOLVENCY_WORDS),
    lambda at: ask_about_mediations(at, about_mediation),
    lambda at: ask_again(at, about_proposal),
    lambda at: ask_about_consents(at, about_consent),
    lambda at: ask_about_claims(at, about_claim),
    ask_about_what_is_given_up,
)
"""What may follow from what a customer or one of our people has just said."""

DECIDED: tuple[Round, ...] = (
    carry_out,
    settle_decided,
    lambda at: ask_about_lines(at, about_a_line),
)
"""What people have decided is carried out, and the bank's lines are looked at, before anybody is asked about what it leaves open."""

REGULAR: tuple[Round, ...] = (
    lambda at: ask_about_data(at, about_a_customer),
    lambda at: ask_about_credits(at, about_credits),
    note_what_left,
    keep_in_step,  # before anybody is asked about a day it moves
    *AT_ONCE,
    lambda at: ask_about_mediators(at, about_mediators),
    lambda at: ask_about_deadlines(at, about_deadline),
    lambda at: ask_about_paid(at, about_paid),
    take_back,
    lambda at: ask_about_letters(at, letters_to_post),
    tell_salespeople,
    lambda at: ask_about_objections(at, about_an_objection),
    follow_measures,
    pass_on,
)
"""What is looked at every quarter of an hour; what is passed on comes last."""


async def ask_at_once(client: PrefectClient, at: datetime) -> None:
    """Something came: whoever is to be asked about it is, and every new question gets its run."""
    await in_turn(AT_ONCE, client, at)


async def ask_everybody(client: PrefectClient, at: datetime, also: Iterable[Round]) -> None:
    """The regular rounds, `also` those whose outcome the caller tells, and a run for every new question."""
    await in_turn((*DECIDED, *also, *REGULAR), client, at)


async def in_turn(rounds: Iterable[Round], client: PrefectClient, at: datetime) -> None:
    """What fails in one round keeps nobody from being asked in another; the first failure is raised when all have been."""
    failures: list[Exception] = []
    for one in rounds:
        try:
            await one(at)
        except Exception as failure:  # a last day is asked about whatever else is wrong
            LOG.exception("a round of questions failed")
            failures.append(failure)
    await runs.start_questions(client)
    if failures:
        raise failures[0]
