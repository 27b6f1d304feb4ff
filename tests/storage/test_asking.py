"""One question per customer and stage; what a person agrees to is what was shown, for as long as it is true."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from asyncpg import Connection

from policies.decide import decide
from policies.decisions import Act, Ask, Wait
from policies.hold_form import HoldWords
from policies.message import MessageFacts
from policies.questions import QuestionKind
from policies.stages import Channel
from storage import asking, clock, collecting, doors, handing, leases, questions, review, still_so
from storage.bundles import Copy
from storage.clock import Mode
from storage.handing import NotNow, Written
from storage.hold_deeds import hold_customer
from storage.question_subject import Again, Follow, Lead, Subject, Wording
from storage.questions import Question
from tests.engine.staff import MARIE
from tests.storage.books import bill, do, invoice, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
MAIL = frozenset({Channel.EMAIL})
LARGE, SMALL = 900_000, 60_000


def write(facts: MessageFacts, channel: Channel, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    words = f"{facts.stage.value} {facts.demanded} {facts.written_on}"
    return Written("compta@us.example", recipient, words, words, words.encode())


def describe(subject: Subject) -> Wording:
    return Wording("A question", "What it is about", str(subject.amount))


async def at_the_formal_notice(number: str, total: int, customer: str = "C1") -> tuple[int, UUID]:
    """A case whose formal notice is due on this morning; its number and the lease on it."""
    await bill(invoice(number, "2026-02-02", total, customer_number=customer, customer_name=f"Firm {customer}"))
    await open_cases(MORNING)
    case = (await rows("SELECT c.id FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = :n", n=number))[
        0
    ][0]
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:case, 'second_reminder', 'second_reminder', '2026-02-16', 'confirmed')",
        case=case,
    )
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test') ON CONFLICT DO NOTHING")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    await clock.start(Mode.STEPPED, MORNING)
    return case, lease.token


async def asked(case: int, token: UUID, at: datetime = MORNING) -> Question:
    """The question this case leads."""
    placed = await asking.ask(case, token, at, MAIL, write, describe)
    assert isinstance(placed, Lead)
    found = await questions.read(placed.question)
    assert found is not None
    return found


async def gathered(case: int, token: UUID, at: datetime = MORNING) -> None:
    assert isinstance(await asking.ask(case, token, at, MAIL, write, describe), Follow)


async def reviewed() -> int | None:
    """A review of everything gathered."""
    lines = await review.lines(1)
    return await review.open_review(1, [line.question for line in lines], "Review", "Table", "shown", MORNING)


async def answer(question: int, sentence: str) -> str | None:
    found = await questions.read(question)
    assert found is not None
    decision = f"{sentence} · {found.fingerprint}"
    return await doors.answer_directly(question, MARIE, "terminal", {"decision": decision})


async def approvals() -> list[tuple[str, str]]:
    found = await rows(
        "SELECT i.number, a.voided_why FROM approval a JOIN cases c ON c.id = a.case_id "
        "JOIN invoice i ON i.id = c.invoice_id ORDER BY a.id"
    )
    return [(number, why) for number, why in found]


async def test_an_approved_notice_is_due_to_leave() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    assert await answer(question.id, "Send the formal notice") is None
    found = await collecting.consider(case, token, MORNING, MAIL)
    assert isinstance(found.decision, Act)


async def test_a_draft_whose_bytes_are_no_longer_those_approved_does_not_leave(administrator: Connection) -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    assert await answer(question.id, "Send the formal notice") is None
    await administrator.execute("UPDATE message SET raw = 'another sum'")
    assert await handing.prepare(case, token, MORNING, MAIL, write) == NotNow(
        "the approved draft was used already", "tomorrow"
    )


async def test_a_question_left_open_longer_than_its_draft_is_valid_cannot_be_approved_and_is_asked_anew() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    later = MORNING + timedelta(days=8)
    await clock.advance(later)
    assert await answer(question.id, "Send the formal notice") == still_so.AGED
    assert await approvals() == []
    again = await asked(case, token, later)
    assert again.id != question.id
    assert await rows("SELECT state, text FROM message ORDER BY id") == [
        ("voided", f"formal_notice {LARGE} 2026-03-04"),
        ("draft", f"formal_notice {LARGE} 2026-03-12"),
    ]


async def test_an_approval_lasts_as_long_as_the_figures_it_was_given_for_not_longer() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    await clock.advance(MORNING + timedelta(days=5))
    assert await answer(question.id, "Send the formal notice") is None
    found = await collecting.consider(case, token, MORNING + timedelta(days=8), MAIL)
    assert isinstance(found.decision, Ask)
    assert await approvals() == [("F1", "the draft is too old")]


async def test_a_dispute_after_the_approval_asks_again_when_it_ends() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    assert await answer(question.id, "Send the formal notice") is None
    await hold_customer("C1", "", HoldWords("they dispute it", until="2026-03-05"), "marie", MORNING)
    found = await collecting.consider(case, token, MORNING + timedelta(days=2), MAIL)
    assert isinstance(found.decision, Ask)


async def test_a_notice_is_not_approved_once_its_customer_is_on_hold_though_no_run_has_looked_yet() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    await hold_customer("C1", "", HoldWords("they dispute it", until="2026-03-05"), "marie", MORNING)
    assert await answer(question.id, "Send the formal notice") == still_so.STALE
    assert await approvals() == []


async def test_a_line_of_the_review_is_not_approved_once_its_customer_is_on_hold() -> None:
    first, second = await at_the_formal_notice("F1", SMALL), await at_the_formal_notice("F2", SMALL, "C2")
    await gathered(*first)
    await gathered(*second)
    opened = await reviewed()
    assert opened is not None
    await hold_customer("C1", "", HoldWords("they dispute it", until="2026-03-20"), "marie", MORNING)
    assert await answer(opened, "Send all") is None
    assert await approvals() == [("F2", "")]


async def test_another_agency_address_asks_again() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    await do("UPDATE creditor SET agency_email = 'a1@agency.example'")
    await do("UPDATE step_done SET step = 'mediation', stage = 'mediation', done_on = '2026-01-10'")
    at = datetime(2026, 4, 20, 9, 30, tzinfo=UTC)
    await clock.advance(at)
    question = await asked(case, token, at)
    assert await answer(question.id, "Hand the file to the collection agency") is None
    await do("UPDATE creditor SET agency_email = 'a2@agency.example'")
    found = await collecting.consider(case, token, at, MAIL)
    assert isinstance(found.decision, Ask)
    assert await approvals() == [("F1", "the recipient changed")]


async def test_a_line_that_came_after_the_review_was_written_is_not_approved_with_it() -> None:
    first, second = await at_the_formal_notice("F1", SMALL), await at_the_formal_notice("F2", SMALL, "C2")
    await gathered(*first)
    shown = [line.question for line in await review.lines(1)]
    await gathered(*second)
    opened = await review.open_review(1, shown, "Review", "One line", "shown", MORNING)
    assert opened is not None
    assert await answer(opened, "Send all") is None
    assert await approvals() == [("F1", "")]


async def test_a_review_of_a_line_that_is_no_longer_asked_is_not_opened() -> None:
    case, token = await at_the_formal_notice("F1", SMALL)
    await gathered(case, token)
    shown = [line.question for line in await review.lines(1)]
    await do("UPDATE question SET state = 'voided'")
    assert await review.open_review(1, shown, "Review", "One line", "shown", MORNING) is None


async def test_a_line_held_while_the_review_is_open_is_left_out_of_send_all() -> None:
    first, second = await at_the_formal_notice("F1", SMALL), await at_the_formal_notice("F2", SMALL, "C2")
    await gathered(*first)
    await gathered(*second)
    opened = await reviewed()
    assert opened is not None
    await hold_customer("C1", "", HoldWords("they dispute it", until="2026-03-20"), "marie", MORNING)
    await collecting.consider(*first, MORNING, MAIL)
    assert await answer(opened, "Send all") is None
    assert await approvals() == [("F2", "")]


async def test_the_form_of_a_question_that_is_no_longer_asked_is_refused_with_a_sentence() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    run = uuid4()
    await do("UPDATE cases SET run_id = :run WHERE id = :case", run=run, case=case)
    await do("UPDATE question SET state = 'voided' WHERE id = :id", id=question.id)
    received = await doors.receive_answer(run, MARIE, "desk", {"decision": "Send the formal notice"})
    assert received.refusal == doors.GONE


async def test_an_older_invoice_that_joins_leads_the_new_question_and_wakes_the_old_leader() -> None:
    case, token = await at_the_formal_notice("F2", LARGE)
    await asked(case, token)
    await bill(invoice("F1", "2026-01-30", LARGE))
    await open_cases(MORNING)
    older = (await rows("SELECT id FROM cases WHERE id <> :case", case=case))[0][0]
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:case, 'second_reminder', 'second_reminder', '2026-02-16', 'confirmed')",
        case=older,
    )
    lease = await leases.take(7, f"case:{older}", older, uuid4())
    assert lease is not None
    question = await asked(older, lease.token)
    assert question.lead == older
    assert await rows("SELECT id FROM cases WHERE wake_at IS NOT NULL") == [(case,)]


async def test_a_text_message_in_doubt_does_not_silence_the_customers_other_invoices() -> None:
    case, _ = await at_the_formal_notice("F1", LARGE)
    await do(
        "INSERT INTO message (creditor_id, customer_id, currency, stage, step, window_on, channel, state, route, raw, "
        "calculated_at) SELECT creditor_id, customer_id, currency, 'second_reminder', 'second_reminder', '2026-02-16', "
        "'sms', 'ambiguous', 'sink', '', :at FROM cases WHERE id = :case",
        case=case,
        at=MORNING,
    )
    await do(
        "INSERT INTO effect (case_id, step, channel, state, route, message_id, changed_at) "
        "SELECT :case, 'second_reminder', 'sms', 'ambiguous', 'sink', max(id), :at FROM message",
        case=case,
        at=MORNING,
    )
    await bill(invoice("F9", "2026-03-01", SMALL))
    await open_cases(MORNING)
    other = (await rows("SELECT id FROM cases WHERE id <> :case", case=case))[0][0]
    lease = await leases.take(7, f"case:{other}", other, uuid4())
    assert lease is not None
    found = await collecting.consider(other, lease.token, MORNING, MAIL)
    assert found.dossier.case.harder is None
    assert found.decision == decide(found.dossier.case, found.dossier.ladder, MORNING)
    assert isinstance(found.decision, Act)


async def test_the_small_notices_of_a_day_wait_for_the_review() -> None:
    case, token = await at_the_formal_notice("F1", SMALL)
    await gathered(case, token)
    assert await rows("SELECT kind, state FROM question") == [(QuestionKind.DAILY_REVIEW.value, "gathering")]


async def at_the_call(number: str) -> tuple[int, UUID]:
    """A case of C1 whose follow-up call is due on this morning."""
    case, token = await at_the_formal_notice(number, LARGE)
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:case, 'formal_notice', 'formal_notice', '2026-02-17', 'confirmed')",
        case=case,
    )
    await do("UPDATE invoice SET due = '2026-01-05' WHERE number = :n", n=number)
    return case, token


async def woken() -> list[str]:
    """The invoices whose cases are to be looked at."""
    found = await rows(
        "SELECT i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.wake_at IS NOT NULL ORDER BY 1"
    )
    return [row[0] for row in found]


async def asleep() -> None:
    await do("UPDATE cases SET wake_at = NULL")


async def test_nobody_is_asked_about_a_notice_while_a_harder_question_is_due_whichever_run_is_faster() -> None:
    await at_the_call("F1")
    notice, token = await at_the_formal_notice("F2", LARGE)
    assert await asking.ask(notice, token, MORNING, MAIL, write, describe) == Again(soon=True)
    assert await rows("SELECT kind FROM question") == []


async def test_a_question_about_a_notice_looks_again_when_a_harder_one_is_asked() -> None:
    notice, of_notice = await at_the_formal_notice("F2", LARGE)
    await asked(notice, of_notice)
    call, of_call = await at_the_call("F1")
    await asleep()
    await asked(call, of_call)
    assert await woken() == ["F2"]


async def test_who_gave_way_to_a_question_looks_again_as_soon_as_it_is_answered() -> None:
    call, of_call = await at_the_call("F1")
    question = await asked(call, of_call)
    notice, of_notice = await at_the_formal_notice("F2", LARGE)
    decision = (await collecting.consider(notice, of_notice, MORNING, MAIL)).decision
    assert isinstance(decision, Wait)
    assert decision.until is None
    await asleep()
    assert await answer(question.id, "Refuses to pay, go on") is None
    assert await woken() == ["F1", "F2"]
