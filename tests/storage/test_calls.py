"""Calls in the books: what each outcome does, who called, and what is asked about the customer meanwhile."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from policies.choices import choices
from policies.decisions import Ask
from policies.fingerprint import decision_text
from policies.questions import QuestionKind
from policies.staff import Role, Signer
from policies.stages import Channel
from storage import asking, call_record, clock, collecting, deeds, doors, leases, questions
from storage.call_deeds import Said, log_call
from storage.call_list import calls
from storage.clock import Mode
from storage.collecting import Considered
from storage.contacts import contacts_of
from storage.question_subject import Lead
from storage.questions import Question
from storage.session import reading
from tasks.question_text import describe
from tasks.write import write
from tests.engine.staff import MARIE
from tests.storage.books import bill, do, invoice, open_cases, refused, rows, told

pytestmark = pytest.mark.usefixtures("database_url")
MAIL = frozenset({Channel.EMAIL})
NOW = datetime(2026, 3, 30, 8, tzinfo=UTC)
"""A Monday, ten o'clock in Paris."""
CALLED = {"reached_stage": "formal_notice", "reached_on": date(2026, 3, 1), "phone": "+33240112233"}


async def owed(*records: Any, at: datetime = NOW) -> None:
    """The invoices with their cases open, at `at`."""
    await clock.start(Mode.STEPPED, at)
    await bill(*records, at=at)
    await open_cases(at)
    await do(
        "UPDATE creditor SET bank_max_age = NULL, courtesy_max_age = NULL, email = 'r@n.example', iban = 'FR7630006000011234567890189'"
    )
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")


async def ask(at: datetime = NOW) -> Question:
    """The question the first case asks now."""
    (case,) = (await rows("SELECT min(id) FROM cases WHERE closed_at IS NULL"))[0]
    await do("DELETE FROM lease")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    considered = await collecting.consider(case, lease.token, at, MAIL)
    assert isinstance(considered, Considered)
    assert isinstance(considered.decision, Ask), considered.decision
    lead = await asking.ask(case, lease.token, at, MAIL, write, describe)
    assert isinstance(lead, Lead), lead
    await questions.next_attempt(lead.question)
    found = await questions.read(lead.question)
    assert found is not None
    return found


async def answered(question: Question, code: str, **values: str) -> str | None:
    """The answer of Marie at the terminal."""
    sentence = next(one.sentence for one in choices(question.kind, question.stage) if one.code == code)
    text = decision_text(sentence, question.shown_facts, question.fingerprint)
    return await doors.answer_directly(question.id, MARIE, "terminal", values | {"decision": text})


async def test_a_call_is_written_down_once_and_told_to_every_invoice_it_was_about() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED), invoice("FA-2", "2026-02-05", 50_00, **CALLED))
    question = await ask()
    assert await answered(question, "promised", date="2026-04-03", note="spoke to Ms Roy") is None
    assert await rows("SELECT direction, outcome, phone, on_day, actor, question_id IS NULL FROM phone_call") == [
        ("out", "promised", "+33240112233", date(2026, 4, 3), "marie", False)
    ]
    (made,) = (await _calls())[1]
    assert made.invoices == ("FA-1", "FA-2")
    assert [("called" in await told(number), "held" in await told(number)) for number in ("FA-1", "FA-2")] == [
        (True, True)
    ] * 2


async def _calls() -> dict[int, tuple[call_record.CallMade, ...]]:
    async with reading() as connection:
        return await call_record.last_calls(connection, [1], 9)


async def test_an_amount_promised_is_set_against_the_oldest_and_the_rest_rests_as_long() -> None:
    await owed(
        invoice("FA-1", "2026-02-01", 100_00, **CALLED),
        invoice("FA-2", "2026-02-05", 50_00, **CALLED),
        invoice("FA-3", "2026-02-06", 70_00, **CALLED),
    )
    assert await answered(await ask(), "promised", date="2026-04-03", amount="120,00") is None
    held = await rows(
        "SELECT i.number, h.kind, h.until, n.amount FROM hold h JOIN cases c ON c.id = h.case_id JOIN invoice i "
        "ON i.id = c.invoice_id LEFT JOIN hold_instalment n ON n.hold_id = h.id ORDER BY 1"
    )
    friday = date(2026, 4, 3)
    assert held == [
        ("FA-1", "promise", friday, None), ("FA-2", "promise", friday, 20_00), ("FA-3", "manual", friday, None)
    ]  # fmt: skip


async def test_calls_in_vain_end_with_the_step_passed_over_and_its_reason() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    for day in ("2026-03-30", "2026-04-01", "2026-04-03"):
        moment = datetime.fromisoformat(f"{day}T08:00:00+00:00")
        await clock.advance(moment)
        assert await answered(await ask(moment), "voicemail") is None
    assert await rows("SELECT state, words FROM effect WHERE channel = 'call' ORDER BY attempt") == [
        ("refused", "voicemail"), ("refused", "voicemail"), ("refused", "no answer")
    ]  # fmt: skip
    assert await rows("SELECT how FROM step_done WHERE step = 'follow_up_call'") == [("passed_over",)]
    passed = "SELECT facts ->> 'how', facts ->> 'why' FROM journal WHERE kind = 'step_behind' AND chain = 'case:1'"
    assert await rows(f"{passed} ORDER BY place DESC LIMIT 1") == [("passed_over", "nobody was reached in 3 calls")]


async def test_a_customer_who_was_reached_and_asks_to_be_called_back_was_not_called_in_vain() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    for day, again in (("2026-03-30", "2026-04-01"), ("2026-04-01", "2026-04-03")):
        moment = datetime.fromisoformat(f"{day}T08:00:00+00:00")
        await clock.advance(moment)
        assert await answered(await ask(moment), "call_back", date=again) is None
    friday = datetime(2026, 4, 3, 8, tzinfo=UTC)
    await clock.advance(friday)
    question = await ask(friday)
    assert [(one.attempts, one.attempts_allowed) for one in await calls(friday)] == [(0, 3)]
    assert await answered(question, "no_answer") is None
    assert await rows("SELECT how FROM step_done WHERE step = 'follow_up_call'") == []


async def test_says_paid_answers_the_open_question_in_the_role_of_who_heard_it() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    await ask()
    assert not isinstance(await deeds.says_paid("C1", "", "", Signer("paul", Role.MANAGER), NOW), list)
    assert await rows("SELECT actor, role, door FROM answer") == [("paul", "manager", "log-call")]


async def test_who_is_insolvent_is_held_as_a_whole() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED), invoice("FA-9", "2026-03-25", 50_00))
    assert await answered(await ask(), "insolvency") is None
    assert await rows("SELECT kind, case_id FROM hold") == [("insolvency", None)]
    assert "held" in await told("FA-9")


async def test_a_wrong_number_is_called_no_more_and_the_other_contact_is_offered() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    refusal = await answered(await ask(), "other_number")
    assert refusal is not None
    assert refusal.startswith("decision: No other telephone number of this customer is known.")
    await do(
        "INSERT INTO contact (customer_id, role, name, phone) VALUES (1, 'management', 'Mme Petit', '+33611223344')"
    )
    question = await ask()
    assert await answered(question, "other_number") is None
    assert await rows("SELECT phone_dead_why FROM contact WHERE role = 'accounts'") == [("wrong number",)]
    again = await ask()
    assert "Telephone: **+33611223344** (Mme Petit)." in again.description
    assert "Wrong number" in again.description


async def test_who_pays_during_the_call_gets_the_details_of_all_invoices_in_one_message_and_what_is_not_received_its_copy() -> (
    None
):
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED), invoice("FA-2", "2026-02-05", 50_00, **CALLED))
    assert await answered(await ask(), "pays_now") is None
    assert await rows("SELECT kind, case_id, why FROM correspondence ORDER BY case_id") == [
        ("payment_details", 1, "call"),
        ("payment_details", 2, "call"),
    ]
    assert await rows("SELECT kind, until FROM hold") == [("in_flight", date(2026, 4, 4))] * 2


async def test_the_question_shows_what_to_say_and_what_was_said_last() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    said = Said("call_back", "2026-03-30 11:00", note="in a meeting", direction="in")
    assert not isinstance(await log_call("C1", "", said, MARIE, NOW), list)
    question = await ask()
    assert "FICHE D'APPEL" in question.description.upper()
    assert "FR76 3000 6000 0112 3456 7890 189" in question.description
    assert "they called: Asks to be called back, 30 Mar 11:00 (marie). *in a meeting*" in question.description


async def test_a_customer_who_phones_while_a_notice_waits_for_approval_is_promised_and_the_question_is_void() -> None:
    await owed(invoice("FA-1", "2026-02-01", 9_000_00, reached_stage="second_reminder", reached_on=date(2026, 3, 1)))
    question = await ask()
    assert question.kind is QuestionKind.APPROVE
    done = await log_call("C1", "FA-1", Said("promised", "2026-04-03", direction="they called"), MARIE, NOW)
    assert not isinstance(done, list), done
    assert await rows("SELECT state, ended_why FROM question") == [
        ("voided", "the customer was spoken to on the telephone")
    ]
    refusal = await answered(question, "send")
    assert refusal is not None
    assert await rows("SELECT count(*) FROM approval") == [(0,)]
    assert await rows("SELECT state FROM message") == [("voided",)]
    assert await rows("SELECT direction, outcome FROM phone_call") == [("in", "promised")]


async def test_a_call_of_the_customer_is_a_conversation_but_no_contact_a_cap_counts() -> None:
    await owed(invoice("FA-1", "2026-03-01", 100_00))
    for outcome, direction in (("refuses", "in"), ("no_answer", "out"), ("wrong_number", "out"), ("call_back", "in")):
        on = "2026-04-03" if outcome == "call_back" else ""
        assert not isinstance(await log_call("C1", "", Said(outcome, on, direction=direction), MARIE, NOW), list)
    async with reading() as connection:
        found = (await contacts_of(connection, [1], NOW))[1]
    assert sorted((one.channel.value, one.conversation, one.ours) for one in found) == [
        ("call", False, False),
        ("call", False, True),
        ("call", True, False),
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (Said("promised", "2026-04-03", "a lot"), "“a lot” is not an amount; write it such as 500.00."),
        (
            Said("promised", "2026-04-03", direction="nobody"),
            "“nobody” is neither; write “they called” or “we called”.",
        ),
        (Said("call_back", "tomorrow"), "“tomorrow” is not a date; write it as YYYY-MM-DD, for example 2026-04-06."),
        (Said("skip", note="x"), "No call is waiting for this customer: there is no step to skip."),
    ],
)
async def test_what_cannot_be_meant_is_told_in_a_sentence(said: Said, reason: str) -> None:
    await owed(invoice("FA-1", "2026-03-01", 100_00))
    assert refused(await log_call("C1", "", said, MARIE, NOW)) == [reason]


async def test_an_amount_has_nothing_to_be_set_against_where_nothing_is_collected() -> None:
    await owed(invoice("FA-1", "2026-12-01", 100_00))
    assert refused(await log_call("C1", "", Said("promised", "2026-04-03", "50"), MARIE, NOW)) == [
        "Nothing of Dupont SARL is being collected now: leave the amount empty, and write it into the note."
    ]


async def test_a_hold_whose_last_day_has_passed_is_not_told_in_the_next_question() -> None:
    await owed(invoice("FA-1", "2026-02-01", 100_00, **CALLED))
    assert await answered(await ask(), "no_answer") is None
    wednesday = datetime(2026, 4, 1, 8, tzinfo=UTC)
    await clock.advance(wednesday)
    assert "On hold" not in (await ask(wednesday)).description
