"""Every fifteen minutes: each invoice gets its run on its first step's day, gathered notices their daily review, and
claims that will soon be dead, bank lines that may pay an invoice, unread replies and customers' data grown old their question."""

from datetime import datetime
from zoneinfo import ZoneInfo

from prefect import flow, get_run_logger

from flows import runs, waiting
from flows.digest import start_digests
from flows.monday import start_reports
from flows.problem_words import in_words
from flows.question_rounds import Round, ask_everybody
from storage import clock, opening, review
from storage.limitation_questions import ask_about_dying
from storage.stale_bank import tell_of_stale_bank
from storage.unchosen import unchosen
from tasks.bank_words import stale_bank_text
from tasks.hand_over import channels_with_credentials
from tasks.life_words import about_the_dying
from tasks.question_text import review_text
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
    told: list[str] = []
    await ask_everybody(client, as_of, _told_of(told, all_now=time.stepped))
    await start_reports(client)
    await start_digests(client)
    said = f"{_count(opened, 'case')} opened, {_count(reviews, 'review')} asked{''.join(told)}{await _left_out(as_of)}."
    get_run_logger().info(said)
    await waiting.name_this_run(f"Open cases · {said.removesuffix('.')}")
    return said


def _told_of(told: list[str], *, all_now: bool) -> tuple[Round, ...]:
    """The rounds of which the run says what came: it is added to `told`."""

    async def dying(at: datetime) -> None:
        found = await ask_about_dying(at, channels_with_credentials(), about_the_dying, all_now=all_now)
        if found.asked:
            told.append(f", a person asked about dying claims of {_count(found.asked, 'customer')}")

    async def stale(at: datetime) -> None:
        if await tell_of_stale_bank(at, stale_bank_text):
            told.append(", the team told that bank data is too old")

    return dying, stale


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
