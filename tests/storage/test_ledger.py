"""What was reserved leaves only while it is true, and a channel carried besides leaves with the main one."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from policies.case import EffectState
from policies.message import MessageFacts
from policies.stages import Channel
from storage import handing, leases, ledger
from storage.bundles import Copy
from storage.handing import NotNow, Reserved, Written
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
