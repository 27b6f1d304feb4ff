"""Every fifteen minutes: each invoice gets its run on its first step's day, gathered notices their daily review, and
claims that will soon be dead, bank lines that may pay an invoice, unread replies and customers' data grown old their question."""

from datetime import datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger
from prefect.client.orchestration import PrefectClient

from flows import runs, waiting
from flows.digest import start_digests
from flows.giving_up import ask_about_what_is_given_up
from flows.insurance_round import look_at_insurances
from flows.measures import follow_measures
from flows.monday import start_reports
from flows.problem_words import in_words
from storage import agreement_questions, clock, opening, plan_moves, questions, review
from storage.court_questions import ask_about_paid
from storage.credit_questions import ask_about_credits
from storage.data_review import ask_about_data
from storage.deadline_questions import ask_about_deadlines
from storage.dispute_questions import ask_about_disputes
from storage.insolvency_questions import ask_about_insolvencies
from storage.letter_questions import ask_about_letters
from storage.limitation_questions import ask_about_dying
from storage.match_questions import ask_about_lines
from storage.mediation_questions import ask_about_mediations
from storage.mediator_questions import ask_about_mediators
from storage.objections import ask_about_objections
from storage.question_deadlines import pass_on
from storage.reply_questions import ask_about_replies
from storage.settling import settle_decided
from storage.stale_bank import tell_of_stale_bank
from storage.unchosen import unchosen
from tasks.agreement_words import about_proposal
from tasks.bank_words import stale_bank_text
from tasks.court_words import about_paid
from tasks.credit_words import about_credits
from tasks.data_words import about_a_customer
from tasks.deadline_words import about_deadline
from tasks.dispute_text import about_dispute
from tasks.hand_over import channels_with_credentials
from tasks.insolvency_words import WORDS as INSOLVENCY_WORDS
from tasks.letter_words import letters_to_post
from tasks.life_words import about_the_dying
from tasks.match_words import about_a_line
from tasks.mediation_words import about_mediation, about_mediators
from tasks.print_folder import take_back
from tasks.question_text import review_text
from tasks.reply_words import about_replies
from tasks.sales_mail import tell_salespeople
from tasks.sales_words import about_an_objection
from tasks.staff_text import short_day

QUIET_MINUTES = 10
"""Gathered notices are asked about once no further one has come for this long."""


@flow(name="open-cases", persist_result=False, log_prints=False)
@in_words
async def open_cases() -> str:
    """Open the cases whose day has come; ask about gathered formal notices and about claims that will soon be dead.

    Running it twice changes nothing.
    """
    client, time = waiting.this_client(), await clock.read()
    as_of = time.now
    opened = 0
    while batch := await opening.open_due(as_of):
        opened += len(batch)
        await runs.start_unstarted(client)
    await runs.start_unstarted(client)
    reviews = await _open_reviews(as_of)
    await plan_moves.carry_out(as_of)
    await settle_decided(as_of)
    await ask_about_lines(as_of, about_a_line)
    found = await ask_about_dying(as_of, channels_with_credentials(), about_the_dying, all_now=time.stepped)
    told = await tell_of_stale_bank(as_of, stale_bank_text)
    await ask_about_data(as_of, about_a_customer)
    await ask_about_credits(as_of, about_credits)
    await ask_about_replies(as_of, about_replies)
    await ask_about_disputes(as_of, about_dispute)
    await ask_about_mediations(as_of, about_mediation)
    await ask_about_mediators(as_of, about_mediators)
    await look_at_insurances(as_of)
    await ask_about_deadlines(as_of, about_deadline)
    await ask_about_paid(as_of, about_paid)
    await ask_about_insolvencies(as_of, INSOLVENCY_WORDS)
    await agreement_questions.ask_again(as_of, about_proposal)
    await ask_about_what_is_given_up(as_of)
    await take_back(as_of)
    await ask_about_letters(as_of, letters_to_post)
    await tell_salespeople(as_of)
    await ask_about_objections(as_of, about_an_objection)
    await follow_measures(as_of)
    await pass_on(as_of)
    await _start_questions(client)
    await start_reports(client)
    await start_digests(client)
    dying = f", a person asked about dying claims of {_count(found.asked, 'customer')}" if found.asked else ""
    stale = ", the team told that bank data is too old" if told else ""
    said = f"{_count(opened, 'case')} opened, {_count(reviews, 'review')} asked{dying}{stale}{await _left_out(as_of)}."
    get_run_logger().info(said)
    await waiting.name_this_run(f"Open cases · {said.removesuffix('.')}")
    return said


async def _start_questions(client: PrefectClient) -> None:
    for question in await questions.without_run():
        await runs.start_question(client, question)


async def _left_out(as_of: datetime) -> str:
    """Late invoices nobody collects, so that a manager who reads the runs misses none."""
    late = sum(one.count for one in await unchosen(as_of))
    return f"; {_count(late, 'late invoice')} without a policy, ./relance status says why" if late else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


async def _open_reviews(as_of: datetime) -> int:
    asked = 0
    for creditor in await review.creditors_waiting(as_of, QUIET_MINUTES):
        lines = await review.lines(creditor)
        if lines:
            today = as_of.astimezone(ZoneInfo("Europe/Paris")).date()
            words = review_text(lines, short_day(today))
            shown = [line.question for line in lines]
            opened = await review.open_review(creditor, shown, words.title, words.description, words.shown_facts, as_of)
            asked += opened is not None
    return asked
