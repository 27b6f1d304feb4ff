"""People are asked about claims that will soon be dead, once per warning, together per customer; then the case asks."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from policies.case import DebtorKind
from policies.decisions import Ask, Wait
from policies.questions import QuestionKind
from policies.stages import Channel
from storage import asking, clock, collecting, doors, leases, questions
from storage.clock import Mode
from storage.limitation_acts import of_case, record_act, record_for, take_back
from storage.limitation_questions import Found, ask_about_dying, next_question
from storage.questions import Question
from tasks.life_words import about_the_dying
from tasks.question_text import describe
from tasks.write import write
from tests.engine.staff import MARIE
from tests.storage.books import bank, bill, do, invoice, line, open_cases, rows, told

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})
# A business in France: five years from 10 January 2026.
BEFORE, FIRST, SECOND = "2030-10-11", "2030-10-12", "2030-12-11"
LAST, DEAD = "2031-01-10", "2031-01-11"


def at(day: str, hour: int = 6) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)


async def owed(*numbers: str, due: str = "2026-01-10", **more: object) -> None:
    await bill(*(invoice(number, due, 100_00, **more) for number in numbers))
    await open_cases()
    await clock.start(Mode.STEPPED, at(FIRST))


async def case_of(number: str) -> int:
    found = await rows(
        "SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :number", number=number
    )
    return int(found[0][0])


async def round_on(day: str) -> Found:
    await do("UPDATE clock SET at = :at", at=at(day))
    return await ask_about_dying(at(day), MAIL, about_the_dying, all_now=True)


async def inbox() -> list[Question]:
    return [one for one in await questions.inbox() if one.kind is QuestionKind.LIMITATION]


async def answer(question: Question, sentence: str, **values: str) -> str | None:
    given = values | {"decision": f"{sentence} · {question.fingerprint}"}
    return await doors.answer_directly(question.id, MARIE, "terminal", given)


async def test_nobody_is_asked_before_the_first_warning() -> None:
    await owed("F1")
    assert await round_on(BEFORE) == Found(0, 0)
    assert await next_question(at(BEFORE), at(DEAD), MAIL) == at(FIRST)


async def test_a_customers_dying_claims_are_asked_about_together_beside_their_runs() -> None:
    await owed("F1", "F2")
    await owed("G1", customer_number="C2", customer_name="Durand SARL")
    await owed("F3", due="2026-02-20")
    assert await round_on(FIRST) == Found(2, 0)
    first, second = sorted(await inbox(), key=lambda one: one.amount, reverse=True)
    assert first.title == "Dies on 10 Jan 2031 · Dupont SARL · 200,00\u00a0€"
    assert (first.step, first.lead, first.run, first.amount, second.amount) == ("90", None, None, 200_00, 100_00)
    assert await questions.without_run() == (first.id, second.id)
    assert await told("F1") == ["opened", "asked"]
    assert await told("F3") == ["opened"]
    assert "F1: 10 Jan 2031, the last day it can be brought to court: 5 years from the due date" in first.description
    assert await round_on(FIRST) == Found(0, 0)


async def test_a_warning_that_was_known_is_followed_by_the_next_one_only() -> None:
    await owed("F1")
    await round_on(FIRST)
    assert await answer((await inbox())[0], "I know, go on") is None
    assert await round_on("2030-12-10") == Found(0, 0)
    assert await round_on(SECOND) == Found(1, 0)
    assert (await inbox())[0].step == "30"


async def test_an_unanswered_warning_is_replaced_by_the_next() -> None:
    await owed("F1")
    await round_on(FIRST)
    await round_on(SECOND)
    assert [one.step for one in await inbox()] == ["30"]
    assert await rows("SELECT state, step FROM question ORDER BY id") == [("voided", "90"), ("open", "30")]


async def test_an_acknowledgement_gives_all_of_them_a_new_life() -> None:
    await owed("F1", "F2")
    await round_on(FIRST)
    question = (await inbox())[0]
    sentence = "The customer acknowledged the debt on the date below"
    assert await answer(question, sentence, date="2030-10-10", note="letter of Ms Roy") is None
    acts = await of_case(await case_of("F2"))
    assert [(one.kind.value, one.on, one.words, one.actor) for one in acts] == [
        ("acknowledgement", date(2030, 10, 10), "letter of Ms Roy", "marie")
    ]
    assert await round_on(SECOND) == Found(0, 0)
    assert await next_question(at(SECOND), at("2040-01-01"), MAIL) == at("2035-07-12")


async def test_an_act_the_law_does_not_count_is_refused_with_the_article() -> None:
    await owed("F1")
    await round_on(FIRST)
    refusal = await answer(
        (await inbox())[0], "A written demand of payment was received on the date below", date="2030-10-10"
    )
    assert refusal is not None
    assert "written demand of payment gives this claim no new life" in refusal
    assert await of_case(await case_of("F1")) == ()
    assert len(await inbox()) == 1


async def test_a_question_that_is_no_longer_true_is_not_asked_any_more() -> None:
    await owed("F1")
    await round_on(FIRST)
    assert isinstance(await record_for("C1", "F1", "court_act", "2030-10-01", "RG 30/123", "marie", at(FIRST)), object)
    await round_on("2030-10-13")
    assert await inbox() == []


async def test_a_payment_changes_what_is_asked() -> None:
    await owed("F1")
    await round_on(FIRST)
    await bank(line("F1", 40_00, on="2030-10-12"), at=at(FIRST))
    await round_on("2030-10-13")
    assert [one.amount for one in await inbox()] == [60_00]


async def test_a_wake_up_of_the_case_leaves_the_question_alone() -> None:
    await owed("F1")
    await round_on(FIRST)
    await look("F1", FIRST)
    assert len(await inbox()) == 1


async def look(number: str, day: str) -> collecting.Considered:
    case = await case_of(number)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test') ON CONFLICT DO NOTHING")
    await do("DELETE FROM lease")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    return await collecting.consider(case, lease.token, at(day, 12), MAIL)


async def test_a_dead_claim_is_woken_asked_about_and_then_rests() -> None:
    await owed("F1")
    assert await round_on(LAST) == Found(1, 0)
    await do("UPDATE cases SET wake_at = NULL")
    assert await round_on(DEAD) == Found(0, 1)
    assert await rows("SELECT wake_at IS NOT NULL FROM cases") == [(True,)]
    considered = await look("F1", DEAD)
    assert isinstance(considered.decision, Ask)
    assert considered.decision.question is QuestionKind.TIME_BARRED
    token = (await rows("SELECT token FROM lease"))[0][0]
    placed = await asking.ask(await case_of("F1"), token, at(DEAD, 12), MAIL, write, describe)
    found = await questions.read(placed.question)
    assert found is not None
    assert "No court helps to collect it any more." in found.description
    assert await round_on(DEAD) == Found(0, 0)
    assert await answer(found, "Keep it, send nothing any more") is None
    rests = await look("F1", "2031-03-01")
    assert isinstance(rests.decision, Wait)
    assert rests.decision.until is None
    assert await round_on("2031-03-02") == Found(0, 0)


async def test_consumers_die_sooner() -> None:
    await owed("F1", customer_kind=DebtorKind.CONSUMER)
    assert await next_question(at("2027-01-01"), at("2029-01-01"), MAIL) == at("2027-07-14")  # 180 days before


async def test_an_act_taken_back_counts_no_longer() -> None:
    await owed("F1")
    case = await case_of("F1")
    done = await record_act([case], "court-act", date(2030, 1, 2), "RG 30/1", "marie", at(FIRST))
    assert isinstance(done, dict)
    assert done[case].case.dies_on == date(2035, 1, 2)
    back = await take_back(case, 1, "the suit was dropped", "marie", at(FIRST))
    assert not isinstance(back, list)
    assert back.case.dies_on == date(2031, 1, 10)
    again = await take_back(case, 1, "twice", "marie", at(FIRST))
    assert isinstance(again, list)
    assert [one.reason for one in again] == ["This case has no act numbered 1 that counts."]
    assert (await of_case(case))[0].taken_back == "the suit was dropped"


async def test_an_act_must_be_known_done_counted_and_proved() -> None:
    await owed("F1")
    case = await case_of("F1")
    wrong = await record_act([case], "written_demand", date(2030, 10, 13), " ", "marie", at(FIRST))
    assert isinstance(wrong, list)
    assert [one.field for one in wrong] == ["on", "kind", "words"]
    unknown = await record_act([case], "prayer", date(2030, 10, 10), "x", "marie", at(FIRST))
    assert isinstance(unknown, list)
    assert unknown[0].reason.startswith("“prayer” is no such act. Choose one of: acknowledgement,")


async def test_customers_are_looked_at_through_the_day_and_who_is_asked_every_time() -> None:
    await owed("F1")
    await do("UPDATE clock SET at = :at", at=at(FIRST))
    customer = (await rows("SELECT id FROM customer"))[0][0]

    async def round_at(quarter: int) -> int:
        moment = at(FIRST, 0) + timedelta(minutes=15 * quarter)
        return (await ask_about_dying(moment, MAIL, about_the_dying, all_now=False)).asked

    assert [quarter for quarter in range(8) if await round_at(quarter)] == [customer]
    await record_for("C1", "F1", "court_act", "2030-10-01", "RG 30/123", "marie", at(FIRST))
    assert await round_at(customer + 5) == 0
    assert await inbox() == []
