"""What is known of a customer is checked every six months: one question, and the answer is a fact of the customer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from policies.questions import QuestionKind
from storage import clock, data_review, doors, questions
from storage.clock import Mode
from storage.creditor import ensure_creditor, update
from storage.customers import import_customers
from storage.data_review import ask_about_data
from storage.questions import Question
from tasks.data_words import about_a_customer
from tests.engine.staff import MARIE
from tests.storage.books import NOON, bank, bill, customer, do, invoice, line, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")

ONE = invoice("FA-1", "2026-02-01", 40_000)
MARCH, AUGUST, SEPTEMBER = NOON, datetime(2026, 8, 31, 8, tzinfo=UTC), datetime(2026, 9, 2, 8, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 5, 8, tzinfo=UTC)


async def asked() -> list[Question]:
    return [one for one in await questions.inbox() if one.kind is QuestionKind.DATA_REVIEW]


async def answer(question: Question, decision: str, at: datetime, **values: str) -> str | None:
    await clock.start(Mode.STEPPED, at)
    given = values | {"decision": f"{decision} · {question.fingerprint}"}
    return await doors.answer_directly(question.id, MARIE, "terminal", given)


async def test_a_customer_is_asked_about_once_six_months_after_collecting_began() -> None:
    await bill(ONE, invoice("FA-2", "2026-02-10", 9_900))
    await open_cases(MARCH)
    assert (await ask_about_data(AUGUST, about_a_customer), await asked()) == (0, [])
    assert await data_review.next_question(AUGUST, OCTOBER) == datetime(2026, 9, 2, 6, tzinfo=UTC)
    assert [await ask_about_data(SEPTEMBER, about_a_customer) for _ in range(2)] == [1, 0]
    (question,) = await asked()
    assert (question.title, question.todo, question.amount) == ("Are these data still right? · Dupont SARL", "", 0)
    assert "was never checked" in question.description
    assert "| E-mail | compta@dupont.example |\n| Telephone | **nothing is known** |" in question.description
    assert await data_review.next_question(SEPTEMBER, OCTOBER) is None


async def test_what_is_right_counts_as_checked_on_the_day_of_the_answer() -> None:
    await bill(ONE)
    await open_cases(MARCH)
    await ask_about_data(SEPTEMBER, about_a_customer)
    (question,) = await asked()
    assert await answer(question, "Everything is right", SEPTEMBER, note="spoke with Ms Roy") is None
    assert await rows("SELECT verified_on::text FROM customer") == [("2026-09-02",)]
    assert await rows("SELECT actor, text FROM note") == [("marie", "spoke with Ms Roy")]
    assert await rows("SELECT kind FROM journal WHERE chain LIKE 'customer:%'") == [("data_checked",)]
    assert await ask_about_data(OCTOBER, about_a_customer) == 0


async def test_another_address_is_kept_and_whoever_was_about_to_write_looks_again() -> None:
    await bill(ONE)
    await open_cases(MARCH)
    await do("UPDATE contact SET email_dead_at = now(), email_dead_why = 'user unknown'")
    await ask_about_data(SEPTEMBER, about_a_customer)
    before = await rows("SELECT version FROM cases")
    (question,) = await asked()
    sentence = "Everything is right with the e-mail address below"
    assert "email" in str(await answer(question, sentence, SEPTEMBER))
    (question,) = await asked()
    assert await answer(question, sentence, SEPTEMBER, email="roy@dupont.example") is None
    assert await rows("SELECT email, email_dead_at FROM contact") == [("roy@dupont.example", None)]
    assert await rows("SELECT version FROM cases") == [(before[0][0] + 1,)]


async def test_whose_address_died_is_asked_about_at_once_and_again_after_a_month() -> None:
    await bill(ONE)
    await open_cases(MARCH)
    await do("UPDATE creditor SET review_months = NULL")
    died = MARCH.replace(day=10)
    await do("UPDATE contact SET email_dead_at = :at, email_dead_why = '5.1.1 User unknown'", at=died)
    assert await data_review.next_question(died, AUGUST) == died + timedelta(minutes=1)
    assert [await ask_about_data(died, about_a_customer) for _ in range(2)] == [1, 0]
    (question,) = await asked()
    assert question.title == "Find another e-mail address · Dupont SARL"
    assert "Messages to **compta@dupont.example** come back: 5.1.1 User unknown." in question.description
    assert await answer(question, "Not now, ask again in 30 days", died) is None
    assert await ask_about_data(died + timedelta(days=29), about_a_customer) == 0
    assert await ask_about_data(died + timedelta(days=31), about_a_customer) == 1
    (question,) = await asked()
    assert await answer(question, "Everything is right", died + timedelta(days=31)) is None
    assert await ask_about_data(died + timedelta(days=99), about_a_customer) == 0


async def test_not_now_rests_thirty_days() -> None:
    await bill(ONE)
    await open_cases(MARCH)
    await ask_about_data(SEPTEMBER, about_a_customer)
    (question,) = await asked()
    assert await answer(question, "Not now, ask again in 30 days", SEPTEMBER) is None
    late = [
        await ask_about_data(SEPTEMBER.replace(day=30), about_a_customer),
        await ask_about_data(OCTOBER, about_a_customer),
    ]
    assert (late, await rows("SELECT verified_on FROM customer")) == ([0, 1], [(None,)])


async def test_a_file_that_says_when_the_data_were_checked_takes_the_question_back() -> None:
    await bill(ONE)
    await open_cases(MARCH)
    await ask_about_data(SEPTEMBER, about_a_customer)
    checked = replace(customer("C1", "Dupont SARL"), verified_on=SEPTEMBER.date())
    creditor = await ensure_creditor()
    await import_customers([checked], "customers.csv", "sha", creditor.id, SEPTEMBER, dry_run=False)
    assert (await ask_about_data(SEPTEMBER, about_a_customer), await asked()) == (0, [])


async def test_who_owes_nothing_any_more_is_not_asked_about_and_none_means_never() -> None:
    await bill(ONE, invoice("FA-2", "2026-02-01", 7_000, customer_number="C2", customer_name="Garage Morel"))
    await open_cases(MARCH)
    await bank(line("FA-1", 40_000))
    await do("UPDATE cases SET closed_at = now(), outcome = 'paid' WHERE id = (SELECT min(id) FROM cases)")
    assert (await ask_about_data(SEPTEMBER, about_a_customer), [one.title for one in await asked()]) == (
        1, ["Are these data still right? · Garage Morel"],
    )  # fmt: skip
    assert await update((await ensure_creditor()).id, {"review_months": "none"}, "marie", SEPTEMBER) == []
    assert (await ask_about_data(SEPTEMBER, about_a_customer), await asked()) == (0, [])


async def test_no_more_than_twenty_wait_at_a_time() -> None:
    await bill(
        *(invoice(f"FA-{n}", "2026-02-01", 100, customer_number=f"C{n}", customer_name=f"No {n}") for n in range(25))
    )
    await open_cases(MARCH)
    assert await ask_about_data(SEPTEMBER, about_a_customer) == 20
    (first, *_) = await asked()
    assert await answer(first, "Everything is right", SEPTEMBER) is None
    assert await ask_about_data(SEPTEMBER, about_a_customer) == 1


async def test_what_was_not_shown_is_not_checked_and_the_question_is_asked_anew() -> None:
    await bill(ONE)
    await open_cases(MARCH)
    await ask_about_data(SEPTEMBER, about_a_customer)
    (question,) = await asked()
    await do("UPDATE contact SET phone = '+33612345678'")
    assert str(await answer(question, "Everything is right", SEPTEMBER)).startswith("The case has changed since")
    assert await rows("SELECT verified_on FROM customer") == [(None,)]
    assert await ask_about_data(SEPTEMBER, about_a_customer) == 1
    (anew,) = await asked()
    assert "+33612345678" in anew.description


async def test_after_not_now_the_clock_stops_again_when_the_rest_is_over() -> None:
    await bill(ONE)
    await open_cases(MARCH)
    await ask_about_data(SEPTEMBER, about_a_customer)
    (question,) = await asked()
    assert await answer(question, "Not now, ask again in 30 days", SEPTEMBER) is None
    assert await data_review.next_question(SEPTEMBER, OCTOBER) == SEPTEMBER + data_review.REST
