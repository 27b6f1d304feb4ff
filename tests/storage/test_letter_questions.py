"""One question for all letters that are to be posted, which says which of them must not be."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from policies.fingerprint import decision_text
from policies.letter_outcome import Outcome
from policies.questions import QuestionKind
from storage import clock, doors, print_queue, questions
from storage.letter_outcomes import outcome
from storage.letter_posted import posted
from storage.letter_questions import ask_about_letters, next_question
from storage.questions import Question
from storage.still_so import STALE
from tasks.letter_words import letters_to_post
from tasks.print_folder import take_back
from tests.engine.staff import MARIE
from tests.storage.books import bank, bill, do, invoice, line, open_cases, rows
from tests.storage.letters import ADDRESS, MORNING, customers_at_second_reminder, handed_over, postings

pytestmark = pytest.mark.usefixtures("database_url")

NOON = MORNING + timedelta(hours=2)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path))
    return tmp_path


async def two_letters() -> None:
    """Letters to C1 and C2 in the queue."""
    await bill(invoice("F2", "2026-02-10", 10_000, email="", customer_number="C2", customer_name="Customer 2"))
    cases = await customers_at_second_reminder("F1")
    for case in cases:
        await print_queue.enqueue(await handed_over(case), MORNING)
    await do("DELETE FROM lease")
    await do("INSERT INTO clock (mode, at, until) VALUES ('stepped', :at, :at)", at=NOON)


async def asked(at: datetime = NOON) -> Question | None:
    await take_back(at)
    await ask_about_letters(at, letters_to_post)
    return next((one for one in await questions.inbox() if one.kind is QuestionKind.LETTERS), None)


async def answer(question: Question, code: str, **values: str) -> str | None:
    from policies.choices import choices

    sentence = next(one.sentence for one in choices(question.kind, None) if one.code == code)
    decision = decision_text(sentence, question.shown_facts, question.fingerprint)
    return await doors.answer_directly(question.id, MARIE, "terminal", values | {"decision": decision})


async def test_all_letters_are_one_question_and_one_answer_posts_them() -> None:
    await two_letters()
    question = await asked()
    assert question is not None
    assert question.title == "Letters · 2 to post"
    assert await asked() == question
    assert await answer(question, "posted") is None
    assert await postings() == ["L1 posted 2026-03-03", "L2 posted 2026-03-03"]
    assert await asked(NOON + timedelta(hours=1)) is None


async def test_a_customer_left_out_goes_on_waiting_and_a_slip_leaves_nobody_out() -> None:
    await two_letters()
    question = await asked()
    assert question is not None
    assert await answer(question, "posted_but", customers="C9") == (
        "customers: C9 has no letter in the list; copy the number from it."
    )
    assert await postings() == ["L1 to post", "L2 to post"]
    assert await answer(question, "posted_but", customers="C2", date="2026-03-03") is None
    found = await rows(
        "SELECT d.number, p.posted_on FROM posting p JOIN message m ON m.id = p.message_id JOIN customer d ON d.id = m.customer_id ORDER BY 1"
    )
    assert found == [("C1", date(2026, 3, 3)), ("C2", None)]


async def test_an_answer_given_before_a_letter_was_withdrawn_posts_nothing() -> None:
    await two_letters()
    question = await asked()
    assert question is not None
    await bank(line("F1", 10_000))
    assert await answer(question, "posted") == STALE
    assert [one.partition(" ")[2] for one in await postings()] == ["to post", "to post"]
    again = await asked()
    assert again is not None
    assert again.title == "Letters · 1 to post"
    assert "**Do not post these**" in again.description
    assert "F1: paid in full" in again.description


async def test_a_letter_that_waits_more_than_two_working_days_is_said_to_wait() -> None:
    await two_letters()
    first = await asked()
    assert first is not None
    assert await answer(first, "later") is None
    assert await asked(NOON + timedelta(hours=3)) is None
    assert await asked(NOON + timedelta(days=2)) is not None
    friday = NOON + timedelta(days=3)
    assert await next_question(NOON + timedelta(days=2)) == datetime(2026, 3, 6, 6, tzinfo=MORNING.tzinfo)
    question = await asked(friday)
    assert question is not None
    assert question.title == "Letters · 2 to post · 2 waiting too long"


async def test_a_lost_address_is_asked_for_until_another_is_known() -> None:
    await two_letters()
    for letter in ("L1", "L2"):
        await posted(letter, None, "", "marie", NOON)
    lost = (
        await rows(
            "SELECT d.number FROM posting p JOIN message m ON m.id = p.message_id JOIN customer d ON d.id = m.customer_id WHERE p.id = 1"
        )
    )[0][0]
    later = NOON + timedelta(days=2)
    await outcome("L1", Outcome.UNKNOWN, date(2026, 3, 5), "marie", later)
    question = await asked(later)
    assert question is not None
    assert question.title == "Letters · 1 came back"
    assert ADDRESS.replace("\n", ", ") in question.description
    await bill(invoice(f"F{lost[1:]}", "2026-02-10", 10_000, customer_number=lost, email=""))
    assert await asked(later) == question
    await do("UPDATE contact SET postal = '1 rue Neuve', postal_dead_at = NULL, postal_dead_why = ''")
    assert await asked(later) is None


async def test_without_letters_nobody_is_asked() -> None:
    await bill(invoice("F1", "2026-02-10", 10_000))
    await open_cases(MORNING)
    assert await asked() is None
    assert await next_question(NOON) is None
    assert (await clock.now()).tzinfo is not None
