"""An answer may be about some of the invoices: the others are asked about again, and nothing leaves that was not shown."""

from uuid import UUID

import pytest

from policies.fingerprint import decision_text
from policies.staff import Role, Signer
from storage import doors, questions
from storage.questions import Question
from tests.storage.books import do, rows
from tests.storage.test_asking import LARGE, MORNING, asked, at_the_formal_notice

pytestmark = pytest.mark.usefixtures("database_url")

MARIE = Signer("marie", Role.MANAGER)


async def three() -> tuple[Question, list[tuple[int, UUID]]]:
    """Three invoices of one customer whose formal notice is asked about in one question."""
    cases = [await at_the_formal_notice(number, LARGE) for number in ("F1", "F2", "F3")]
    question = await asked(*cases[0])
    return question, cases


async def said(question: Question, sentence: str, **values: str) -> str | None:
    given = values | {"decision": decision_text(sentence, "", question.fingerprint)}
    return await doors.answer_directly(question.id, MARIE, "terminal", given)


async def covered(question: int) -> list[str]:
    found = await rows(
        "SELECT i.number FROM question_case q JOIN cases c ON c.id = q.case_id JOIN invoice i ON i.id = c.invoice_id "
        "WHERE q.question_id = :id ORDER BY 1",
        id=question,
    )
    return [row[0] for row in found]


async def test_to_send_about_some_asks_again_with_a_draft_for_exactly_those() -> None:
    question, cases = await three()
    assert await said(question, "Send the formal notice", only="F1, F3") is None
    assert await rows("SELECT count(*) FROM approval") == [(0,)]
    assert await rows("SELECT state FROM message") == [("voided",)]
    again = await asked(*cases[0])
    assert (again.id != question.id, await covered(again.id)) == (True, ["F1", "F3"])
    assert again.amount == 2 * LARGE
    held = "SELECT i.number, h.reason, h.until::text FROM hold h JOIN cases c ON c.id = h.case_id JOIN invoice i ON i.id = c.invoice_id"
    assert await rows(held) == [("F2", "left out of the notice", "2026-03-04")]
    assert await said(again, "Send the formal notice") is None
    assert await rows("SELECT count(DISTINCT message_id), count(*) FROM approval WHERE voided_at IS NULL") == [(1, 2)]


async def test_to_wait_with_some_leaves_the_others_to_be_asked_about_at_once() -> None:
    question, cases = await three()
    assert await said(question, "Wait 7 days", only="F2") is None
    again = await asked(*cases[0])
    assert await covered(again.id) == ["F1", "F3"]


async def test_some_are_written_off_and_the_others_are_not() -> None:
    question, _ = await three()
    await do("UPDATE question SET kind = 'exhausted', stage = '' WHERE id = :id", id=question.id)
    end = await questions.read(question.id)
    assert end is not None
    assert await said(end, "Write it off", only="F2", note="too small") is None
    assert await rows("SELECT written_off FROM cases ORDER BY id") == [(None,), ("too small",), (None,)]
    assert await rows("SELECT count(*) FROM cases WHERE wake_at IS NOT NULL") == [(3,)]


async def test_a_number_the_question_does_not_show_is_refused() -> None:
    question, _ = await three()
    refusal = "only: F9 is not among the invoices shown; copy the numbers from the table."
    assert await said(question, "Send the formal notice", only="F1 F9") == refusal
    assert await said(question, "Send the formal notice", only=" , ") == (
        "only: Write invoice numbers with commas between them, or leave it empty for all."
    )
    still = await questions.read(question.id)
    assert still is not None
    assert (still.state, still.asked_at) == ("open", MORNING)
