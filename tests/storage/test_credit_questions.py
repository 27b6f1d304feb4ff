"""A notice that waits for a credit note makes a question; the answer settles the books, or leaves the credit aside."""

import pytest

from policies.decisions import Reason
from policies.questions import QuestionKind
from storage import clock, credit_questions, doors, questions
from storage.clock import Mode
from storage.credit_questions import ask_about_credits
from storage.match_decisions import creditors_unsettled
from storage.questions import Question
from storage.settling import settle_decided
from tasks.credit_words import about_credits
from tests.engine.staff import MARIE
from tests.storage.books import NOON, balance, bank, bill, credit_note, do, invoice, line, open_cases, rows, woken

pytestmark = pytest.mark.usefixtures("database_url")

ONE, TWO = invoice("FA-1", "2026-02-01", 100_00), invoice("FA-2", "2026-02-15", 50_00)
NOTE = credit_note("AV-9", "", 130_00)


async def waiting() -> None:
    """Both invoices are open, and the notice about the first waits for the credit note."""
    await bill(ONE, TWO, NOTE)
    await open_cases()
    await do(
        "UPDATE cases SET waits_for = :reason WHERE id = (SELECT min(id) FROM cases)", reason=Reason.CREDIT_OPEN.value
    )


async def asked() -> list[Question]:
    await ask_about_credits(NOON, about_credits)
    return [one for one in await questions.inbox() if one.kind is QuestionKind.CREDIT]


async def answer(question: Question, decision: str, **values: str) -> str | None:
    await clock.start(Mode.STEPPED, NOON)
    given = values | {"decision": f"{decision} · {question.fingerprint}"}
    said = await doors.answer_directly(question.id, MARIE, "terminal", given)
    await settle_decided(NOON)
    return said


async def test_one_question_shows_the_credit_what_is_open_and_the_net() -> None:
    await waiting()
    assert await credit_questions.next_question(NOON) is not None
    (question,) = await asked()
    assert (question.title, question.amount) == ("What is this credit for? · Dupont SARL · 130,00\xa0€", 130_00)
    assert "The notice about FA-1 waits" in question.description
    assert "Open on invoices: 150,00\xa0€; net 20,00\xa0€." in question.description
    assert (await asked(), await credit_questions.next_question(NOON)) == ([question], None)


async def test_set_against_the_oldest_it_closes_them_in_their_turn() -> None:
    await waiting()
    (question,) = await asked()
    assert await answer(question, "Set it against the invoices below, oldest first") is None
    assert await balance() == [("FA-1", 0, 100_00, 0), ("FA-2", 0, 30_00, 20_00)]
    assert await rows("SELECT kind FROM journal WHERE chain LIKE 'customer:%'") == [("credit_allocated",)]
    assert await asked() == []


async def test_left_aside_it_settles_nothing_and_the_notice_goes_on() -> None:
    await waiting()
    (question,) = await asked()
    sentence = "It is for none of them: leave it aside"
    assert "note" in str(await answer(question, sentence))
    (question,) = await asked()
    await do("UPDATE cases SET wake_at = NULL")
    assert await answer(question, sentence, note="paid out on 3 March") is None
    assert [left for *_, left in await balance()] == [100_00, 50_00]
    assert await rows("SELECT aside_why, aside_by FROM invoice WHERE number = 'AV-9'") == [
        ("paid out on 3 March", "marie")
    ]
    assert await woken() == ["FA-1"]


async def test_asked_again_later_the_notice_waits_on_and_nobody_is_asked_before_tomorrow() -> None:
    await waiting()
    (question,) = await asked()
    assert await answer(question, "Leave the notice waiting, ask again tomorrow") is None
    assert (await asked(), [left for *_, left in await balance()]) == ([], [100_00, 50_00])


async def test_a_question_that_shows_another_credit_or_is_waited_for_no_more_is_taken_back() -> None:
    await waiting()
    (first,) = await asked()
    await bill(invoice("FA-3", "2026-02-20", 7_00))
    (second,) = await asked()
    assert (first.id != second.id, "net 27,00" in second.description) == (True, True)
    await do("UPDATE cases SET waits_for = ''")
    assert await asked() == []


async def test_an_answer_settles_only_what_was_shown() -> None:
    await waiting()
    (question,) = await asked()
    await bill(credit_note("AV-10", "", 5_00))
    said = await answer(question, "Set it against the invoices below, oldest first")
    assert str(said).startswith("The case has changed since this form was opened")
    assert [left for *_, left in await balance()] == [100_00, 50_00]
    (anew,) = await asked()
    assert "| AV-10 |" in anew.description


async def test_what_a_person_said_stays_when_the_file_comes_again_with_words_of_its_own() -> None:
    await bill(ONE, TWO, credit_note("AV-9", "commande 77", 130_00))
    await open_cases()
    await do(
        "UPDATE cases SET waits_for = :reason WHERE id = (SELECT min(id) FROM cases)", reason=Reason.CREDIT_OPEN.value
    )
    (question,) = await asked()
    assert await answer(question, "Set it against the invoices below, oldest first") is None
    settled = [("FA-1", 0, 100_00, 0), ("FA-2", 0, 30_00, 20_00)]
    await bill(ONE, TWO, credit_note("AV-9", "commande 77", 130_00))
    assert await balance() == settled


async def test_a_note_that_settled_a_part_keeps_it_and_gives_the_rest() -> None:
    await bill(invoice("FA-1", "2026-02-01", 30_00), TWO, credit_note("AV-9", "FA-1", 60_00))
    await open_cases()
    await do("UPDATE cases SET waits_for = :reason", reason=Reason.CREDIT_OPEN.value)
    (question,) = await asked()
    assert await answer(question, "Set it against the invoices below, oldest first") is None
    assert await balance() == [("FA-1", 0, 30_00, 0), ("FA-2", 0, 30_00, 20_00)]


async def test_numbers_that_a_text_cannot_name_are_settled_all_the_same() -> None:
    await bill(invoice("12", "2026-02-01", 30_00), invoice("2025", "2026-02-02", 30_00), credit_note("AV-9", "", 40_00))
    await open_cases()
    await do("UPDATE cases SET waits_for = :reason", reason=Reason.CREDIT_OPEN.value)
    (question,) = await asked()
    assert await answer(question, "Set it against the invoices below, oldest first") is None
    assert await balance() == [("12", 0, 30_00, 0), ("2025", 0, 10_00, 20_00)]


async def test_a_note_left_aside_settles_nothing_later_whoever_names_it() -> None:
    await waiting()
    (question,) = await asked()
    assert await answer(question, "It is for none of them: leave it aside", note="paid out") is None
    await bill(credit_note("AV-9", "FA-2", 130_00))
    await bank(line("VIR FA-2 AV-9", 20_00, counterparty="Dupont SARL"))
    assert [credited for _, _, credited, _ in await balance()] == [0, 0]


async def test_an_answer_given_before_a_crash_is_settled_by_the_next_round() -> None:
    await waiting()
    (question,) = await asked()
    await clock.start(Mode.STEPPED, NOON)
    given = {
        "decision": f"Set it against the invoices below, oldest first · {question.fingerprint}",
        "note": "as agreed",
    }
    assert await doors.answer_directly(question.id, MARIE, "terminal", given) is None
    assert [credited for _, _, credited, _ in await balance()] == [0, 0]
    assert await creditors_unsettled() != ()
    await settle_decided(NOON)
    assert (await creditors_unsettled(), [credited for _, _, credited, _ in await balance()]) == ((), [100_00, 30_00])
    assert await rows("SELECT text FROM note") == [("as agreed",)]


async def test_asked_again_later_the_clock_stops_again_the_next_day() -> None:
    await waiting()
    (question,) = await asked()
    assert await answer(question, "Leave the notice waiting, ask again tomorrow") is None
    assert await credit_questions.next_question(NOON) == NOON + credit_questions.REST
