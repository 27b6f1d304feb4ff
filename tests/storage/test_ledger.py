"""What was reserved leaves only while it is true, and a channel carried besides leaves with the main one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from policies.case import EffectState
from policies.hold_form import HoldWords
from policies.message import MessageFacts
from policies.stages import Channel, Stage
from storage import handing, leases, ledger
from storage.bundles import Copy
from storage.handing import NotNow, Reserved, Written
from storage.hold_deeds import hold_customer
from tests.storage.books import bank, bill, do, invoice, line, open_cases, rows

pytestmark = pytest.mark.usefixtures("database_url")

MORNING = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
BOTH = frozenset({Channel.EMAIL, Channel.SMS})


def write(facts: MessageFacts, channel: Channel, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    """A message whose bytes say what it is."""
    words = f"{channel.value} {facts.stage.value} {facts.demanded}"
    return Written("compta@us.example", recipient, words, words, words.encode())


async def a_second_reminder() -> tuple[int, UUID]:
    """A case at its second reminder, which goes by e-mail and besides by SMS; its number and the lease on it."""
    await bill(invoice("F1", "2026-02-10", 10_000, phone="+33612345678"))
    await open_cases(MORNING)
    case = (await rows("SELECT id FROM cases"))[0][0]
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:case, 'courtesy_reminder', 'courtesy_reminder', '2026-02-13', 'confirmed')",
        case=case,
    )
    await do("INSERT INTO dispatcher (id, name) VALUES (7, 'a test')")
    lease = await leases.take(7, f"case:{case}", case, uuid4())
    assert lease is not None
    return case, lease.token


async def reserve(case: int, token: UUID) -> tuple[int, ...]:
    reserved = await handing.prepare(case, token, MORNING, BOTH, write)
    assert isinstance(reserved, Reserved)
    return reserved.messages


async def effects() -> list[tuple[str, str]]:
    found = await rows("SELECT channel, state FROM effect ORDER BY id")
    return [(channel, state) for channel, state in found]


async def test_the_sms_carried_besides_leaves_after_the_email() -> None:
    case, token = await a_second_reminder()
    mail, sms = await reserve(case, token)
    for message in (mail, sms):
        assert await ledger.begin_handing_over(message, token, MORNING)
        await ledger.settle(message, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
    assert await effects() == [("email", "confirmed"), ("sms", "confirmed")]


async def test_a_payment_after_the_email_stops_the_sms() -> None:
    case, token = await a_second_reminder()
    mail, sms = await reserve(case, token)
    assert await ledger.begin_handing_over(mail, token, MORNING)
    await bank(line("F1", 10_000))
    await ledger.settle(mail, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
    assert not await ledger.begin_handing_over(sms, token, MORNING)
    assert await effects() == [("email", "confirmed"), ("sms", "voided")]


async def test_a_payment_between_decision_and_sending_stops_the_sending() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    await bank(line("F1", 4_000))
    assert not await ledger.begin_handing_over(mail, token, MORNING)
    assert (await effects())[0] == ("email", "voided")


async def test_a_stranger_without_the_lease_sends_nothing() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    assert not await ledger.begin_handing_over(mail, uuid4(), MORNING)
    assert (await effects())[0] == ("email", "voided")


async def test_what_may_have_left_is_never_reserved_again() -> None:
    case, token = await a_second_reminder()
    mail, sms = await reserve(case, token)
    assert await ledger.begin_handing_over(mail, token, MORNING)
    await ledger.settle(mail, EffectState.AMBIGUOUS, "no answer", MORNING, sender=case)
    await ledger.drop(sms, "the main message did not leave", MORNING)
    again = await handing.prepare(case, token, MORNING, BOTH, write)
    assert isinstance(again, NotNow)
    assert await effects() == [("email", "ambiguous"), ("sms", "voided")]


async def test_a_switch_to_live_voids_what_was_meant_for_the_sink() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    await do("UPDATE creditor SET live = true")
    assert not await ledger.begin_handing_over(mail, token, MORNING)


async def test_one_day_and_stage_has_one_message() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    assert await ledger.begin_handing_over(mail, token, MORNING)
    await ledger.settle(mail, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
    copied = (
        "INSERT INTO message (creditor_id, customer_id, currency, stage, step, window_on, channel, state, route, raw, "
        "calculated_at) SELECT creditor_id, customer_id, currency, stage, step, window_on, channel, 'reserved', route, "
        "raw, calculated_at FROM message WHERE channel = 'email'"
    )
    with pytest.raises(IntegrityError, match="one_message_per_window"):
        await do(copied)


async def test_a_gentler_message_gives_way_to_a_harder_question_due_at_the_same_moment() -> None:
    case, token = await a_second_reminder()
    await bill(invoice("F2", "2026-01-15", 900_000))
    await open_cases(MORNING)
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) SELECT id, 'second_reminder', 'second_reminder', "
        "'2026-01-27', 'confirmed' FROM cases WHERE id <> :case",
        case=case,
    )
    answer = await handing.prepare(case, token, MORNING, BOTH, write)
    assert isinstance(answer, NotNow)
    assert answer.again == "soon"
    assert await effects() == []


async def test_a_reminder_asks_for_an_invoice_whose_promise_was_broken_whichever_run_is_faster() -> None:
    late, _ = await a_second_reminder()
    await do(
        "INSERT INTO hold (customer_id, case_id, kind, reason, since, until, owner) "
        "SELECT customer_id, id, 'promise', 'on the telephone', '2026-02-16', '2026-02-24', 'marie' FROM cases "
        "WHERE id = :case",
        case=late,
    )
    await bill(invoice("F2", "2026-03-06", 30_000))
    await open_cases(MORNING)
    coming = (await rows("SELECT id FROM cases WHERE id <> :case", case=late))[0][0]
    lease = await leases.take(7, f"case:{coming}", coming, uuid4())
    assert lease is not None
    message, *_ = await reserve(coming, lease.token)
    assert await rows("SELECT stage, demanded FROM message WHERE id = :id", id=message) == [("second_reminder", 10_000)]
    assert await rows("SELECT kind, word FROM hold") == [("promise", "broken")]


async def approve(case: int, message: int) -> None:
    """A person agreed to this very draft."""
    await do(
        "INSERT INTO question (creditor_id, kind, state, asked_at) SELECT creditor_id, 'approve', 'answered', :at "
        "FROM cases WHERE id = :case",
        case=case,
        at=MORNING,
    )
    await do(
        "INSERT INTO approval (case_id, step, kind, question_id, message_id, principal, agreed_on) "
        "SELECT :case, 'second_reminder', 'approve', max(id), :message, 10000, '2026-03-03' FROM question",
        case=case,
        message=message,
    )
    await do(
        "INSERT INTO question_case (question_id, case_id, principal, message_id) "
        "SELECT max(id), :case, 10000, :message FROM question",
        case=case,
        message=message,
    )


async def test_an_approved_draft_that_was_refused_for_now_is_tried_again_byte_for_byte() -> None:
    case, token = await a_second_reminder()
    mail, sms = await reserve(case, token)
    await approve(case, mail)
    assert await ledger.begin_handing_over(mail, token, MORNING)
    await ledger.settle(mail, EffectState.REFUSED, "451 later", MORNING, temporary=True, sender=case)
    await ledger.drop(sms, "the main message did not leave", MORNING)
    later = MORNING.replace(minute=45)
    again = await handing.prepare(case, token, later, BOTH, write)
    assert isinstance(again, Reserved)
    assert again.messages[0] == mail
    assert await ledger.begin_handing_over(mail, token, later)
    await ledger.settle(mail, EffectState.CONFIRMED, "250 Ok", later, sender=case)
    mails = await rows("SELECT attempt, state FROM effect WHERE channel = 'email' ORDER BY attempt")
    assert mails == [(1, "refused"), (2, "confirmed")]


async def test_an_approved_draft_stopped_by_a_fact_is_a_draft_again() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    await approve(case, mail)
    await do("UPDATE cases SET version = version + 1")
    assert not await ledger.begin_handing_over(mail, token, MORNING)
    assert await rows("SELECT state FROM message WHERE id = :id", id=mail) == [("draft",)]


async def test_what_an_execution_leaves_reserved_is_void_when_it_gives_its_lease_back() -> None:
    case, token = await a_second_reminder()
    await reserve(case, token)
    await leases.give_back(leases.Lease(f"case:{case}", token, case))
    assert await effects() == [("email", "voided"), ("sms", "voided")]


async def test_what_an_execution_was_handing_over_is_put_to_a_person_when_it_gives_its_lease_back() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    assert await ledger.begin_handing_over(mail, token, MORNING)
    await leases.give_back(leases.Lease(f"case:{case}", token, case))
    assert await effects() == [("email", "ambiguous"), ("sms", "voided")]


async def test_a_dispatcher_that_leaves_with_work_in_hand_is_buried_by_the_next_one() -> None:
    case, _ = await a_second_reminder()
    await do("DELETE FROM lease")
    leaving = leases.Registration.from_environment("leaving")
    await leaving.register()
    assert await leases.take(leaving.id, f"case:{case}", case, uuid4()) is not None
    await leaving.leave()
    following = leases.Registration.from_environment("following")
    await following.register()
    await leases.free_dead(following.id, MORNING)
    assert await rows("SELECT subject FROM lease") == []
    await following.leave()


async def test_a_hold_voids_an_approval() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    await approve(case, mail)
    await hold_customer("C1", "", HoldWords("they dispute it", until="2026-03-10"), "marie", MORNING)
    assert await rows("SELECT voided_why FROM approval") == [("on hold: manual",)]


async def test_a_changed_due_date_voids_an_approval() -> None:
    case, token = await a_second_reminder()
    mail, _ = await reserve(case, token)
    await approve(case, mail)
    await bill(invoice("F1", "2026-02-20", 10_000, phone="+33612345678"))
    assert await rows("SELECT voided_why FROM approval") == [("the invoice changed",)]


async def test_a_stage_reached_elsewhere_that_a_later_file_tells_of_counts_for_the_open_case() -> None:
    await a_second_reminder()
    await bill(
        invoice("F1", "2026-02-10", 10_000, reached_stage=Stage.FORMAL_NOTICE, reached_on=date(2026, 3, 1)), at=MORNING
    )
    found = await rows("SELECT step, how FROM step_done ORDER BY id")
    assert found == [
        ("courtesy_reminder", "confirmed"),
        ("upcoming", "elsewhere"),
        ("second_reminder", "elsewhere"),
        ("formal_notice", "elsewhere"),
    ]
