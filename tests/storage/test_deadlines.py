"""Deadlines in the books: set with their article, replaced, met, dropped, and each of it in the journal."""

import asyncio
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import integers, sampled_from, sets
from sqlalchemy import text

from cli.deadlines import deadline_lines
from policies.deadline import DEADLINE_LAWS, Deadline, DeadlineKind
from policies.deadline_choices import DEADLINE_CHOICES
from policies.deadline_warnings import PASSED, warning_due
from policies.fingerprint import decision_text
from policies.staff import Role, Signer
from storage import clock, deadline_questions, deadlines, doors, journal, questions
from storage.case_views import explained
from storage.clock import Mode
from storage.deadlines import NewDeadline
from storage.facts import lock_debtor
from storage.session import transaction
from tasks.deadline_words import about_deadline
from tests.engine.staff import MARIE
from tests.storage.books import NOON, bill, do, invoice, open_cases, rows
from tests.storage.test_one_order_of_locks import somebody_waits

pytestmark = pytest.mark.usefixtures("database_url")
TODAY = date(2026, 3, 2)


async def set_one(last_day: str, kind: DeadlineKind = DeadlineKind.ORDER_SERVICE) -> None:
    new = NewDeadline(kind, "legal_file:1", date.fromisoformat(last_day), "art. 1411 CPC", "order 12")
    async with transaction() as connection:
        case = int((await rows("SELECT id FROM cases"))[0][0])
        customer = int((await rows("SELECT customer_id FROM cases"))[0][0])
        await deadlines.set_deadline(connection, new, customer, [case], TODAY, "marie", NOON)


async def standing() -> list[tuple[object, ...]]:
    return [tuple(row) for row in await rows("SELECT kind, state, last_day, first, second FROM deadline ORDER BY id")]


async def test_a_new_last_day_takes_the_place_of_the_old_one_and_a_short_one_asks_at_once() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    await set_one("2026-03-10")
    assert await standing() == [
        ("order_service", "dropped", date(2026, 6, 1), 30, 10),
        ("order_service", "standing", date(2026, 3, 10), 8, 4),
    ]
    case = int((await rows("SELECT id FROM cases"))[0][0])
    told = [entry.kind for entry in await journal.entries("case", case) if entry.kind.startswith("deadline")]
    assert told == ["deadline_set", "deadline_dropped", "deadline_set"]


async def test_what_is_met_is_told_once_and_no_longer_stands() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    for _ in range(2):
        async with transaction() as connection:
            await deadlines.meet(
                connection, "legal_file:1", DeadlineKind.ORDER_SERVICE, "served", date(2026, 4, 1), "marie", NOON
            )
    case = int((await rows("SELECT id FROM cases"))[0][0])
    told = [entry.kind for entry in await journal.entries("case", case) if entry.kind.startswith("deadline")]
    assert (await standing(), told) == (
        [("order_service", "met", date(2026, 6, 1), 30, 10)],
        ["deadline_set", "deadline_met"],
    )


async def asked_on(day: str) -> list[tuple[str, str]]:
    """The titles of the questions that are open after a round on that day, with the warning they give."""
    await deadline_questions.ask_about_deadlines(datetime.fromisoformat(f"{day}T08:00+00:00"), about_deadline)
    return [(row[0], row[1]) for row in await rows("SELECT step, title FROM question WHERE state = 'open' ORDER BY id")]


async def answer(day: str, decision: str, signer: Signer = MARIE, **values: str) -> str | None:
    when = datetime.fromisoformat(f"{day}T09:00+00:00")
    await do("DELETE FROM clock")
    await clock.start(Mode.STEPPED, when, when)
    (question,) = await questions.inbox()
    choice = next(one for one in DEADLINE_CHOICES if one.code == decision)
    text = decision_text(choice.sentence, question.shown_facts, question.fingerprint)
    return await doors.answer_directly(question.id, signer, "terminal", {"decision": text, **values})


async def test_a_person_is_asked_twice_before_the_last_day_and_once_after_whatever_was_answered() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    title = "Serving the order to pay (order 12) · Dupont SARL"
    assert await asked_on("2026-05-01") == []
    assert await asked_on("2026-05-02") == [("30", f"Last day 1 June 2026 · {title}")]
    assert await answer("2026-05-02", "known") is None
    assert await asked_on("2026-05-21") == []
    assert await asked_on("2026-05-22") == [("10", f"Last day 1 June 2026 · {title}")]
    assert await asked_on("2026-06-01") == [("10", f"Last day 1 June 2026 · {title}")]
    assert await asked_on("2026-06-02") == [("-1", f"The day has passed · {title}")]
    assert await answer("2026-06-02", "known") is None
    assert await asked_on("2026-06-20") == []
    assert [row[1] for row in await standing()] == ["standing"]


async def test_what_was_done_on_a_day_is_met_on_that_day_and_asked_no_more() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    await asked_on("2026-05-02")
    assert await answer("2026-05-03", "done", date="2026-05-03") is None
    assert await rows("SELECT state, ended_on, ended_by FROM deadline") == [("met", date(2026, 5, 3), "marie")]
    assert await asked_on("2026-05-25") == []


async def test_a_deadline_whose_cases_are_all_closed_is_dropped() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    await do("UPDATE cases SET closed_at = now(), outcome = 'paid'")
    assert await asked_on("2026-05-02") == []
    assert await rows("SELECT state, ended_how FROM deadline") == [("dropped", "everything it is about is settled")]


@given(
    first=integers(0, 60),
    second=integers(0, 60),
    seen=sets(sampled_from((60, 30, 10, 5, 0, PASSED))),
    day=integers(0, 90),
)
def test_no_warning_is_given_before_its_day_or_twice(first: int, second: int, seen: set[int], day: int) -> None:
    last = date(2026, 3, 1)
    one = Deadline(1, DeadlineKind.OPPOSITION, last, "art. 1416 CPC", first, second, seen=frozenset(seen))
    today = date(2026, 1, 1) + timedelta(days=day)
    due = warning_due(one, today)
    assert due is None or due not in seen
    assert due is None or (today > last if due == PASSED else last - timedelta(days=due) <= today <= last)


async def test_a_case_is_explained_with_its_last_day_and_the_article_it_rests_on() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    case = int((await rows("SELECT id FROM cases"))[0][0])
    found = await explained(case, NOON, frozenset())
    assert deadline_lines(found.deadlines) == [
        "Last day 2026-06-01: Serving the order to pay (order 12) [art. 1411 CPC]; a person is asked on 2 May 2026"
    ]


async def test_what_is_an_event_of_a_court_file_is_not_said_by_an_agent() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    assert len(await asked_on("2026-05-02")) == 1
    said = await answer("2026-05-02", "done", Signer("paul", Role.AGENT), decide_on="2026-04-30")
    assert "is for a manager, the legal department or an administrator to decide" in str(said)
    assert await standing() == [("order_service", "standing", date(2026, 6, 1), 30, 10)]
    assert await answer("2026-05-02", "known", Signer("paul", Role.AGENT)) is None


async def test_a_round_that_drops_what_is_settled_and_an_answer_do_not_stop_each_other() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000), invoice("F2", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    assert len(await asked_on("2026-05-02")) == 1
    (question,) = await questions.inbox()
    await do(
        "UPDATE cases SET closed_at = :at, outcome = 'paid' WHERE id = (SELECT case_id FROM deadline_case)", at=NOON
    )
    async with transaction() as answering:  # as a door does: the customer with its cases, then the question
        await lock_debtor(answering, int(question.customer or 0))
        round_ = asyncio.create_task(
            deadline_questions.ask_about_deadlines(datetime.fromisoformat("2026-05-03T08:00+00:00"), about_deadline)
        )
        await somebody_waits()
        await answering.execute(text("SELECT id FROM question WHERE id = :id FOR UPDATE"), {"id": question.id})
    assert await round_ == 0
    assert await standing() == [("order_service", "dropped", date(2026, 6, 1), 30, 10)]


async def test_before_every_kind_of_deadline_a_person_is_asked_twice_and_once_after_it() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    last, asked = date(2028, 3, 1), {}
    for kind in DeadlineKind:
        await set_one(last.isoformat(), kind)
    for days in sorted({one for law in DEADLINE_LAWS.values() for one in (law.first, law.second)} | {-1}, reverse=True):
        await asked_on((last - timedelta(days=days)).isoformat())
        found = await rows(
            "SELECT d.kind, q.step FROM question q JOIN deadline d ON q.subject = 'deadline:' || d.id WHERE q.state = 'open'"
        )
        for kind, step in found:
            asked.setdefault(kind, []).append(int(step))
    assert {kind: sorted(set(steps), reverse=True) for kind, steps in asked.items()} == {
        kind.value: [law.first, law.second, PASSED] for kind, law in DEADLINE_LAWS.items()
    }


async def test_a_deadline_comes_back_with_the_case_it_is_about_and_not_when_its_record_has_ended() -> None:
    await bill(invoice("F1", "2026-02-01", 10_000))
    await open_cases()
    await set_one("2026-06-01")
    await do("UPDATE cases SET closed_at = now(), outcome = 'paid'")
    assert await asked_on("2026-04-02") == []
    await do("UPDATE cases SET closed_at = NULL, outcome = NULL")
    assert await asked_on("2026-04-20") == []
    assert await standing() == [("order_service", "standing", date(2026, 6, 1), 30, 10)]
    assert await asked_on("2026-05-02") == [
        ("30", "Last day 1 June 2026 · Serving the order to pay (order 12) · Dupont SARL")
    ]
    await do("UPDATE cases SET closed_at = now(), outcome = 'paid'")
    assert await asked_on("2026-05-03") == []
    async with transaction() as connection:
        await deadlines.drop(connection, "legal_file:1", "the file was withdrawn", TODAY, "marie", NOON)
    await do("UPDATE cases SET closed_at = NULL, outcome = NULL")
    assert await asked_on("2026-05-04") == []
    assert await rows("SELECT state, ended_how FROM deadline") == [("dropped", "the file was withdrawn")]
