"""What is told beside the ladder: once, ever; only while it is true; in the hours and days that are allowed."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from policies.beside import BesideFacts
from policies.case import EffectState
from policies.facts import HoldKind
from policies.hold_form import HoldWords
from policies.stages import Channel
from storage import asking, clock, doors, leases, ledger, questions, telling
from storage.bundles import Copy
from storage.clock import Mode
from storage.contacts import contacts_of
from storage.creditor import ensure_creditor
from storage.going_live import go_live
from storage.handing import Written
from storage.hold_deeds import hold_customer, release_customer
from storage.question_subject import Lead
from storage.session import reading, transaction
from storage.telling import Stuck, Told
from storage.undelivered import not_delivered
from storage.writing_by_hand import resend_invoice, write_to_customer
from tasks.question_text import describe
from tasks.write import write as write_step
from tests.engine.staff import MARIE
from tests.storage.books import bank, bill, credit_note, do, invoice, line, open_cases, refused, rows

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)  # a Tuesday
LATER = MORNING + timedelta(hours=2)
MAIL = frozenset({Channel.EMAIL})


def write(facts: BesideFacts, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """A message whose bytes say what it tells."""
    told = [f"{one.kind.value} {one.invoice} {one.amount} {one.open}" for one in facts.pieces]
    assert facts.language == "fr"
    words = facts.text or "; ".join([*told, *(copy.name for copy in copies)])
    return Written("compta@us.example", recipient, facts.subject or facts.kind.value, words, words.encode())


async def reminded(*numbers: str, kind: str = "courtesy_reminder") -> None:
    """Cases of customer C1 about whose invoices (100.00 each) a message has left and arrived."""
    await bill(*(invoice(number, "2026-02-10", 10_000) for number in numbers))
    await open_cases(MORNING)
    await do(
        "INSERT INTO message (creditor_id, customer_id, currency, stage, step, window_on, channel, state, route, key, "
        "recipient, raw, calculated_at, handed_at) SELECT creditor_id, customer_id, currency, :stage, :stage, '2026-02-20', "
        "'email', 'confirmed', 'sink', 'key', 'c', 'a', :at, :at FROM cases LIMIT 1",
        stage=kind, at=datetime(2026, 2, 20, 9, tzinfo=UTC),
    )  # fmt: skip
    await do(
        "INSERT INTO effect (case_id, step, channel, state, route, message_id, changed_at) SELECT c.id, :stage, 'email', "
        "'confirmed', 'sink', m.id, :at FROM cases c, message m",
        stage=kind, at=datetime(2026, 2, 20, 9, tzinfo=UTC),
    )  # fmt: skip
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")


async def a_lease() -> UUID:
    lease = await leases.take(7, f"run:{uuid4()}", None, uuid4())
    assert lease is not None
    return lease.token


async def prepare(at: datetime = LATER, token: UUID | None = None) -> Told | None:
    customer = (await rows("SELECT id FROM customer ORDER BY id"))[0][0]
    told = await telling.prepare(customer, token or await a_lease(), at, MAIL, write)
    return told if isinstance(told, Told) else None


async def tell(at: datetime = LATER) -> str:
    """Prepare, hand over and confirm the next message; answers its words, or nothing."""
    token = await a_lease()
    told = await prepare(at, token)
    if told is None:
        return ""
    assert await ledger.begin_handing_over(told.message, token, at)
    await ledger.settle(told.message, EffectState.CONFIRMED, "250 Ok", at)
    return str((await rows("SELECT text FROM message WHERE id = :id", id=told.message))[0][0])


async def waiting() -> list[tuple[Any, ...]]:
    return await rows("SELECT kind, state, words FROM correspondence ORDER BY id")


async def test_a_payment_after_a_reminder_is_told_once_ever() -> None:
    await reminded("F1")
    await do("UPDATE customer SET language = ''")  # a French customer whose language nobody said
    await bank(line("F1", 4_000, on="2026-03-02"), at=MORNING)
    await bank(line("F1", 4_000, on="2026-03-02"), at=MORNING)  # the same file again
    assert await tell() == "payment_received F1 4000 6000"
    assert await tell(LATER + timedelta(days=1)) == ""
    assert await waiting() == [("payment_received", "told", "")]


async def test_who_was_never_reminded_or_only_told_of_the_due_date_hears_nothing() -> None:
    await reminded("F1", kind="upcoming")
    await bank(line("F1", 10_000, on="2026-03-02"), at=MORNING)
    assert await waiting() == []


async def test_an_invoice_only_announced_in_the_reminder_of_another_was_not_reminded_of() -> None:
    await reminded("F1", "F2", kind="second_reminder")
    await do("UPDATE effect SET step = 'upcoming' WHERE case_id = (SELECT max(id) FROM cases)")
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT case_id, step, step, '2026-02-20', 'confirmed' "
        "FROM effect"
    )
    await bank(line("F1", 10_000, on="2026-03-02"), line("F2", 10_000, on="2026-03-02"), at=MORNING)
    assert await tell() == "payment_received F1 10000 0"
    assert await waiting() == [("payment_received", "told", "")]


async def test_a_creditor_may_switch_good_news_off() -> None:
    await reminded("F1")
    await bank(line("F1", 5_000, on="2026-03-02"), at=MORNING)
    await do("UPDATE creditor SET good_news = false")
    await bank(line("F1", 1_000, on="2026-03-03"), at=MORNING)
    assert await tell() == ""
    assert await waiting() == [("payment_received", "dropped", "good news is switched off")]


async def test_invoices_paid_on_one_day_are_one_message_and_what_comes_after_it_waits_for_tomorrow() -> None:
    await reminded("F1", "F2", "F3")
    await bank(line("F1", 10_000, on="2026-03-02"), line("F2", 10_000, on="2026-03-02"), at=MORNING)
    assert await tell() == "payment_received F1 10000 0; payment_received F2 10000 0"
    await bank(line("F3", 10_000, on="2026-03-03"), at=LATER)
    assert await tell(LATER + timedelta(hours=2)) == ""
    assert await rows("SELECT next_at FROM correspondence WHERE state = 'waiting'") == [
        (datetime(2026, 3, 4, 8, tzinfo=UTC),)
    ]
    assert await tell(datetime(2026, 3, 4, 8, tzinfo=UTC)) == "payment_received F3 10000 0"


async def test_news_rests_an_hour_and_leaves_in_office_hours() -> None:
    await reminded("F1")
    evening = datetime(2026, 3, 6, 17, 30, tzinfo=UTC)  # Friday
    await bank(line("F1", 10_000, on="2026-03-06"), at=evening)
    assert await tell(evening + timedelta(minutes=30)) == ""
    assert await tell(evening + timedelta(hours=1)) == ""
    assert await rows("SELECT next_at FROM correspondence") == [(datetime(2026, 3, 9, 8, tzinfo=UTC),)]


async def test_paid_and_taken_back_before_it_left_is_told_as_it_is_now() -> None:
    await reminded("F1", "F2")
    await bank(line("F1", 10_000, on="2026-03-02", end_to_end_id="E1"), line("F2", 10_000, on="2026-03-02"), at=MORNING)
    await bank(line("F1", -10_000, on="2026-03-03", end_to_end_id="E1", return_reason="AC04", invoices=()), at=MORNING)
    assert await tell() == "payment_received F2 10000 0; payment_bounced F1 10000 10000"
    assert await waiting() == [
        ("payment_received", "dropped", "it was taken back"), ("payment_received", "told", ""),
        ("payment_bounced", "told", ""),
    ]  # fmt: skip


async def test_a_bounce_of_what_is_paid_all_the_same_is_not_told() -> None:
    await reminded("F1")
    await bank(line("F1", 10_000, on="2026-03-02", end_to_end_id="E1"), at=MORNING)
    await bank(line("F1", -10_000, on="2026-03-03", end_to_end_id="E1", return_reason="AC04", invoices=()), at=MORNING)
    await bank(line("F1", 10_000, on="2026-03-03", end_to_end_id="E2"), at=MORNING)
    assert await tell() == "payment_received F1 10000 0"
    assert [row[1:] for row in await waiting()][1] == ("dropped", "it is paid all the same, or disputed")


async def test_after_an_outage_what_is_older_than_five_days_is_not_told() -> None:
    await reminded("F1", "F2")
    await bank(line("F1", 10_000, on="2026-02-25"), line("F2", 10_000, on="2026-02-26"), at=MORNING)
    assert await tell() == "payment_received F2 10000 0"


async def test_a_credit_note_a_plan_and_a_settled_dispute_are_news() -> None:
    await reminded("F1", "F2", "F3")
    await bill(credit_note("AV1", "F1", 2_000, on="2026-03-02"), at=MORNING)
    held = HoldWords("wrong goods", HoldKind.DISPUTE.value)
    assert not isinstance(await hold_customer("C1", "F2", held, "marie", MORNING), list)
    plan = HoldWords("plan", HoldKind.PLAN.value, payments="2026-04-01=50.00; 2026-05-01=50.00")
    assert not isinstance(await hold_customer("C1", "F3", plan, "marie", MORNING), list)
    assert not isinstance(await release_customer("C1", "F2", "marie", MORNING), list)
    told = (await tell()).split("; ")
    assert told == ["credit_booked F1 2000 8000", "plan_accepted F3 10000 10000", "dispute_settled F2 0 10000"]


async def withdraw() -> None:
    """The owner of the one case is asked about a hold whose day has passed, and withdraws it."""
    held = HoldWords("our mistake", HoldKind.DISPUTE.value, "2026-03-02")
    assert not isinstance(await hold_customer("C1", "F1", held, "marie", MORNING - timedelta(days=5)), list)
    await clock.start(Mode.STEPPED, MORNING)
    case = (await rows("SELECT id FROM cases"))[0][0]
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    placed = await asking.ask(case, lease.token, MORNING, MAIL, write_step, describe)
    assert isinstance(placed, Lead)
    asked = await questions.read(placed.question)
    assert asked is not None
    given = {"decision": f"Withdraw the claim · {asked.fingerprint}", "note": "our mistake"}
    assert await doors.answer_directly(asked.id, MARIE, "terminal", given) is None


@pytest.mark.parametrize(
    ("stage", "told"),
    [("formal_notice", "notice_withdrawn F1 0 10000"), ("second_reminder", "")],
)
async def test_who_got_a_notice_hears_that_it_is_withdrawn_and_who_was_only_reminded_hears_nothing(
    stage: str, told: str
) -> None:
    await reminded("F1", kind=stage)
    await withdraw()
    assert await tell() == told
    assert await rows("SELECT kind FROM correspondence") == [("notice_withdrawn",)] * bool(told)


@pytest.mark.parametrize("kind", ["insolvency", "complaint", "opt_out"])
async def test_nobody_is_told_or_written_anything_under_insolvency_complaint_or_opt_out(kind: str) -> None:
    await reminded("F1", "F2")
    await bank(line("F1", 10_000, on="2026-03-02"), at=MORNING)
    words = HoldWords("why", kind, since="2026-03-01", channels="email" if kind == "opt_out" else "")
    assert not isinstance(await hold_customer("C1", "F2", words, "marie", MORNING), list)
    assert await tell() == ""
    written = await write_to_customer("C1", "Hello", "How are you?", "", "marie", LATER)
    assert "nothing is written to it" in refused(written)[0]


async def test_a_hold_between_writing_and_sending_stops_the_sending() -> None:
    await reminded("F1", "F2")
    await bank(line("F1", 5_000, on="2026-03-02"), at=MORNING)
    token = await a_lease()
    told = await prepare(LATER, token)
    assert told is not None
    await hold_customer("C1", "F2", HoldWords("judgment", "insolvency", since="2026-03-01"), "marie", LATER)
    assert not await ledger.begin_handing_over(told.message, token, LATER)
    assert await tell(LATER) == ""
    assert await waiting() == [("payment_received", "dropped", "on hold: insolvency")]


async def test_a_payment_that_comes_back_between_writing_and_sending_is_looked_at_anew() -> None:
    await reminded("F1")
    await bank(line("F1", 10_000, on="2026-03-02", end_to_end_id="E1"), at=MORNING)
    token = await a_lease()
    told = await prepare(LATER, token)
    assert told is not None
    await bank(line("F1", -10_000, on="2026-03-03", end_to_end_id="E1", return_reason="AC04", invoices=()), at=MORNING)
    assert not await ledger.begin_handing_over(told.message, token, LATER)
    assert await tell(LATER) == "payment_bounced F1 10000 10000"


async def test_two_runs_at_once_reserve_one_message() -> None:
    await reminded("F1")
    await bank(line("F1", 10_000, on="2026-03-02"), at=MORNING)
    tokens = [await a_lease() for _ in range(4)]
    told = await asyncio.gather(*(prepare(LATER, token) for token in tokens))
    assert len([one for one in told if one is not None]) == 1
    assert await rows("SELECT count(*) FROM message WHERE kind <> 'step'") == [(1,)]


async def test_refused_for_now_is_tried_again_later_refused_for_good_and_ambiguous_never() -> None:
    await reminded("F1", "F2")
    await bank(line("F1", 10_000, on="2026-03-02"), at=MORNING)
    token = await a_lease()
    told = await prepare(LATER, token)
    assert told is not None
    assert await ledger.begin_handing_over(told.message, token, LATER)
    await ledger.settle(told.message, EffectState.REFUSED, "451 greylisted", LATER, temporary=True)
    assert await tell(LATER) == ""
    token, half = await a_lease(), LATER + timedelta(minutes=30)
    told = await prepare(half, token)
    assert told is not None
    assert await ledger.begin_handing_over(told.message, token, half)
    await ledger.settle(told.message, EffectState.AMBIGUOUS, "no answer", half)
    assert await tell(LATER + timedelta(days=1)) == ""
    await bank(line("F2", 10_000, on="2026-03-04"), at=LATER + timedelta(days=1))
    token, next_day = await a_lease(), LATER + timedelta(days=1, hours=2)
    told = await prepare(next_day, token)
    assert told is not None
    assert await ledger.begin_handing_over(told.message, token, next_day)
    await ledger.settle(told.message, EffectState.REFUSED, "550 unknown", next_day)
    assert await tell(LATER + timedelta(days=2)) == ""
    assert await waiting() == [("payment_received", "told", ""), ("payment_received", "dropped", "550 unknown")]


async def test_of_a_run_that_died_what_was_reserved_is_told_anew_and_what_was_handed_over_is_ambiguous() -> None:
    await reminded("F1", "F2")
    await bank(line("F1", 10_000, on="2026-03-02"), at=MORNING)
    first = await a_lease()
    assert await prepare(LATER, first) is not None
    await do("DELETE FROM lease")
    await leases.free_dead(7, LATER)
    assert await rows("SELECT state FROM message WHERE kind <> 'step'") == [("voided",)]
    second = await a_lease()
    told = await prepare(LATER, second)
    assert told is not None
    assert not await ledger.begin_handing_over(told.message, first, LATER)  # the dead one wakes up
    told = await prepare(LATER, second)
    assert told is not None
    assert await ledger.begin_handing_over(told.message, second, LATER)
    await do("DELETE FROM lease")
    await leases.free_dead(7, LATER)
    await ledger.settle(told.message, EffectState.REFUSED, "late answer", LATER, temporary=True)
    assert await tell(LATER + timedelta(days=1)) == ""
    states = await rows("SELECT state FROM message WHERE kind <> 'step' ORDER BY id")
    assert states == [("voided",), ("voided",), ("ambiguous",)]


async def test_news_is_no_contact_and_what_a_person_writes_or_a_bounce_is() -> None:
    await reminded("F1", "F2")
    await bank(line("F1", 10_000, on="2026-03-02"), at=MORNING)
    assert await tell()
    customer = (await rows("SELECT id FROM customer"))[0][0]

    async def heard() -> list[date]:
        async with reading() as connection:
            return [one.on for one in (await contacts_of(connection, [customer], LATER)).get(customer, ())]

    assert await heard() == [date(2026, 2, 20)]
    assert not isinstance(await write_to_customer("C1", "Hello", "See you", "F2", "marie", LATER), list)
    assert await tell(LATER) == "See you"
    assert await heard() == [date(2026, 2, 20), date(2026, 3, 3)]


async def test_the_same_words_leave_once_a_day_and_bad_ones_never() -> None:
    await reminded("F1")
    assert not isinstance(await write_to_customer("C1", "Hello", "See you", "", "marie", LATER), list)
    again = await write_to_customer("C1", "Hello", " See you\n", "", "paul", LATER)
    assert refused(again) == ["These very words were written to this customer today already."]
    for subject, words, why in (
        ("", "x", "Write the subject of the message."),
        ("a\nb", "x", "Write the subject on one line, without control characters."),
        ("Hello", " \n ", "Write the text of the message."),
        ("Hello", "a\x07b", "Write the text without control characters."),
        ("Hello", "a\u202eb", "Write the text without control characters."),
        ("Hello", "x" * 5001, "Write at most 5000 characters; these are 5001."),
        ("x" * 151, "x", "Write at most 150 characters; these are 151."),
    ):
        assert refused(await write_to_customer("C1", subject, words, "", "marie", LATER)) == [why]
    assert await tell(LATER) == "See you"
    assert await tell(LATER) == ""


async def test_a_full_cap_refuses_what_a_person_writes_with_the_day_from_which_it_may() -> None:
    await reminded("F1")
    for nth in range(4):
        written = await write_to_customer("C1", "Hello", f"Part {nth}", "", "marie", LATER)
        if isinstance(written, list):
            break
        assert await tell(LATER) == f"Part {nth}"
    assert "it can be written to from" in refused(written)[0]


async def test_what_cannot_be_written_is_said_and_tried_again_until_somebody_has_mended_it() -> None:
    def cannot(facts: BesideFacts, recipient: str, copies: Sequence[Copy] = ()) -> Written:
        raise ValueError("“x” is not an e-mail address; correct it and ask again.")

    await reminded("F1")
    assert not isinstance(await write_to_customer("C1", "Hello", "See you", "", "marie", LATER), list)
    customer = (await rows("SELECT id FROM customer"))[0][0]
    stuck = await telling.prepare(customer, await a_lease(), LATER, MAIL, cannot)
    assert stuck == Stuck("“x” is not an e-mail address; correct it and ask again.")
    assert await tell(LATER) == ""
    assert await tell(LATER + timedelta(hours=1)) == "See you"


async def test_the_stored_file_is_sent_again_and_where_there_is_none_a_sentence_says_so() -> None:
    await reminded("F1", "F2")
    await do(
        "UPDATE invoice SET document = 'x', document_name = 'F1.pdf', document_type = 'application/pdf' WHERE number = 'F1'"
    )
    assert not isinstance(await resend_invoice("F1", "", "marie", LATER), list)
    assert refused(await resend_invoice("F1", "C1", "marie", LATER)) == ["A copy of F1 is on its way already."]
    assert refused(await resend_invoice("F2", "", "marie", LATER))[0].startswith("No file of F2 is stored")
    assert refused(await resend_invoice("F9", "", "marie", LATER))[0].startswith("No case of an invoice F9 is known")
    assert await tell(LATER) == "invoice_copy F1 0 10000; F1.pdf"


async def test_what_bounced_after_it_had_left_is_not_sent_again() -> None:
    await reminded("F1")
    await bank(line("F1", 5_000, on="2026-03-02"), at=MORNING)
    assert await tell()
    message = (await rows("SELECT id FROM message WHERE kind <> 'step'"))[0][0]
    async with transaction() as connection:
        await not_delivered(connection, message, "mailbox full", LATER, for_good=False)
    assert await tell(LATER + timedelta(days=1)) == ""
    assert await waiting() == [("payment_received", "dropped", "mailbox full")]


async def test_who_was_only_reminded_on_the_sink_hears_no_news_in_earnest() -> None:
    await reminded("F1")
    await bank(line("F1", 4_000, on="2026-03-02"), at=MORNING)
    await do("UPDATE creditor SET live = true")
    assert await tell() == ""
    assert await waiting() == [("payment_received", "dropped", "the customer has heard of no reminder of it")]


async def test_who_was_reminded_in_earnest_hears_news_in_earnest() -> None:
    await reminded("F1")
    await do("UPDATE message SET route = 'live'")
    await bank(line("F1", 4_000, on="2026-03-02"), at=MORNING)
    await do("UPDATE creditor SET live = true")
    assert await tell() == "payment_received F1 4000 6000"


async def test_a_reminder_that_came_back_before_the_news_left_was_none() -> None:
    await reminded("F1")
    await bank(line("F1", 4_000, on="2026-03-02"), at=MORNING)
    message = (await rows("SELECT id FROM message"))[0][0]
    async with transaction() as connection:
        await not_delivered(connection, message, "no such mailbox", MORNING, for_good=True)
    assert await tell() == ""
    assert await waiting() == [("payment_received", "dropped", "the customer has heard of no reminder of it")]


async def test_a_plan_of_the_customer_is_told_in_the_currency_it_was_agreed_in_whatever_case_came_last() -> None:
    await bill(invoice("F1", "2026-02-10", 10_000), invoice("F2", "2026-02-11", 10_000, currency="USD"))
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    await do("UPDATE cases SET closed_at = :at, outcome = 'written_off' WHERE currency = 'USD'", at=MORNING)
    words = HoldWords("agreed", HoldKind.PLAN.value, payments="2026-04-01=50.00; 2026-05-01=50.00")
    assert not isinstance(await hold_customer("C1", "", words, "marie", MORNING), list)
    assert await tell() == "plan_accepted  10000 10000"
    assert await rows("SELECT currency FROM message WHERE kind = 'plan_accepted'") == [("EUR",)]


async def test_a_plan_of_the_customer_that_ended_after_its_news_was_written_is_not_told() -> None:
    await bill(invoice("F1", "2026-02-10", 10_000))
    await open_cases(MORNING)
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    words = HoldWords("agreed", HoldKind.PLAN.value, payments="2026-04-01=50.00; 2026-05-01=50.00")
    assert not isinstance(await hold_customer("C1", "", words, "marie", MORNING), list)
    token = await a_lease()
    told = await prepare(LATER, token)
    assert told is not None
    assert not isinstance(await release_customer("C1", "", "marie", LATER), list)
    assert not await ledger.begin_handing_over(told.message, token, LATER)


async def test_who_writes_is_told_whether_it_leaves_in_earnest_and_when_there_is_room() -> None:
    await reminded("F1")
    written = await write_to_customer("C1", "Hello", "See you", "", "marie", LATER)
    assert not isinstance(written, list)
    assert written.words == "customer · leaves at once, to the local sink"
    await go_live((await ensure_creditor()).id, [], 1, "marie", MORNING, "ab12")
    assert await tell(LATER) == "See you"
    written = await write_to_customer("C1", "Hello", "And thank you", "", "marie", LATER)
    assert not isinstance(written, list)
    assert written.words == "customer · leaves 4 Mar at 09:00"


async def test_a_dead_address_is_stood_in_for_and_never_written_to() -> None:
    await reminded("F1")
    await do("UPDATE contact SET email_dead_at = :at", at=MORNING)
    await do(
        "INSERT INTO contact (customer_id, role, name, email, phone) "
        "SELECT id, 'management', 'Mme Faure', 'direction@c1.example', '' FROM customer"
    )
    await bank(line("F1", 4_000, on="2026-03-02"), at=MORNING)
    assert await tell() == "payment_received F1 4000 6000"
    assert await rows("SELECT recipient FROM message WHERE kind <> 'step'") == [("direction@c1.example",)]
