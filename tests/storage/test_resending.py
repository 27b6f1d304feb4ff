"""A message leaves once more only after a person agreed, only while every word is true, and never to who has paid."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from policies.case import EffectState
from policies.hold_form import HoldWords
from policies.stages import Channel
from storage import clock, collecting, doors, handing, ledger, questions, resending
from storage.clock import Mode
from storage.dossier import Dossier
from storage.facts import lock
from storage.hold_deeds import hold_customer
from storage.question_subject import Wording
from storage.resend_questions import ask_resend
from storage.resending import Original
from storage.session import transaction
from tests.engine.staff import JEAN
from tests.storage.books import bank, bill, do, invoice, line, refused, rows
from tests.storage.test_ledger import MORNING, a_second_reminder, write
from tests.storage.test_one_order_of_locks import somebody_waits

pytestmark = pytest.mark.usefixtures("database_url")

LATER = MORNING + timedelta(days=2)
MAIL = frozenset({Channel.EMAIL})


def again(raw: bytes, key: str, at: object) -> bytes:
    return raw + b" again"


def describe(original: Original, members: Sequence[Dossier], reason: str, actor: str) -> Wording:
    return Wording(f"{reason} ({actor})", original.row["recipient"], "shown")


async def a_reminder_that_left() -> tuple[int, UUID, int]:
    """A case, the lease on it, and its second reminder, which left on Tuesday morning."""
    case, token = await a_second_reminder()
    await clock.start(Mode.STEPPED, LATER)
    done = await handing.prepare(case, token, MORNING, MAIL, write)
    assert isinstance(done, handing.Reserved)
    [message] = done.messages
    assert await ledger.begin_handing_over(message, token, MORNING)
    await ledger.settle(message, EffectState.CONFIRMED, "250 Ok", MORNING, sender=case)
    return case, token, message


async def ask(message: int, reason: str = "another mailbox") -> int:
    asked = await ask_resend(message, reason, "marie", LATER, again, describe)
    assert isinstance(asked, int), asked
    return asked


async def answer(question: int, sentence: str = "Send it once more") -> str | None:
    found = await questions.read(question)
    assert found is not None
    return await doors.answer_directly(question, JEAN, "terminal", {"decision": f"{sentence} · {found.fingerprint}"})


async def reserved_again(message: int, token: UUID) -> tuple[int, int]:
    """Asked about, agreed to and reserved: the question and the message."""
    question = await ask(message)
    assert await answer(question) is None
    draft = await resending.reserve(question, token, LATER)
    assert isinstance(draft, int)
    return question, draft


async def left_again(
    case: int, token: UUID, message: int, ended: EffectState = EffectState.CONFIRMED
) -> tuple[int, int]:
    """The same, handed over as well."""
    question, draft = await reserved_again(message, token)
    assert await ledger.begin_handing_over(draft, token, LATER)
    await ledger.settle(draft, ended, "what the server said", LATER, sender=case)
    return question, draft


async def why_not(message: int) -> str:
    [why] = refused(await ask_resend(message, "another mailbox", "marie", LATER, again, describe))
    return why.removeprefix(f"Message {message} cannot leave once more: ")


async def messages() -> list[tuple[int, str, int | None, bytes]]:
    found = await rows("SELECT occurrence, state, resend_of, raw FROM message ORDER BY id")
    return [(occurrence, state, of, bytes(raw)) for occurrence, state, of, raw in found]


async def test_what_a_person_agreed_to_leaves_as_an_act_of_its_own_and_once() -> None:
    case, token, message = await a_reminder_that_left()
    question, _ = await left_again(case, token, message)
    first = b"email second_reminder 10000"
    assert await messages() == [(1, "confirmed", None, first), (2, "confirmed", message, first + b" again")]
    assert await rows("SELECT step, occurrence, state FROM effect ORDER BY id") == [
        ("second_reminder", 1, "confirmed"), (f"resend-{message}-2", 2, "confirmed"),
    ]  # fmt: skip
    assert await rows("SELECT step, occurrence FROM step_done ORDER BY id") == [
        ("courtesy_reminder", 1),
        ("second_reminder", 1),
    ]
    assert (
        await resending.reserve(question, token, LATER) == "it was not agreed to for every invoice, or has left already"
    )
    found = await collecting.consider(case, token, LATER, MAIL)
    assert [one.channel for one in found.dossier.case.contacts] == [Channel.EMAIL, Channel.EMAIL]


async def test_the_age_of_the_first_does_not_void_what_was_agreed_to() -> None:
    case, token, message = await a_reminder_that_left()
    await do("UPDATE message SET calculated_at = calculated_at - interval '20 days'")
    question = await ask(message)
    assert await answer(question) is None
    await collecting.consider(case, token, LATER, MAIL)
    assert isinstance(await resending.reserve(question, token, LATER), int)


async def test_of_two_drafts_only_the_newest_can_leave() -> None:
    """The run of the first broke off after the answer; its message was asked about anew."""
    _, token, message = await a_reminder_that_left()
    first = await ask(message)
    assert await answer(first) is None
    second = await ask(message)
    assert await answer(second) is None
    assert await resending.reserve(first, token, LATER) == "a newer question about it was asked since"
    assert isinstance(await resending.reserve(second, token, LATER), int)


async def test_a_question_asked_while_the_first_waits_for_its_cases_is_the_newer_one() -> None:
    case, token, message = await a_reminder_that_left()
    first = await ask(message)
    assert await answer(first) is None
    async with transaction() as elsewhere:
        await lock(elsewhere, [case])
        asking = asyncio.create_task(ask(message))
        await somebody_waits()
        leaving = asyncio.create_task(resending.reserve(first, token, LATER))
        await somebody_waits(2)
    await asking
    assert await leaving == "a newer question about it was asked since"


async def test_the_agreement_is_to_nothing_but_this_message() -> None:
    """A step of a ladder that comes again must not find a person's agreement to it."""
    _, _, message = await a_reminder_that_left()
    question = await ask(message)
    assert await answer(question) is None
    assert await rows("SELECT step, message_id FROM approval") == [(f"resend-{message}-2", message + 1)]


async def test_what_was_agreed_to_before_its_run_began_still_gets_one() -> None:
    _, _, message = await a_reminder_that_left()
    question = await ask(message)
    assert await answer(question) is None
    assert await questions.without_run() == (question,)


async def test_nothing_leaves_that_nobody_agreed_to() -> None:
    _, token, message = await a_reminder_that_left()
    question = await ask(message)
    assert (
        await resending.reserve(question, token, LATER) == "it was not agreed to for every invoice, or has left already"
    )
    assert await answer(question, "Do not send it") is None
    assert (
        await resending.reserve(question, token, LATER) == "it was not agreed to for every invoice, or has left already"
    )
    assert [state for _, state, _, _ in await messages()] == ["confirmed", "voided"]


async def test_who_has_paid_is_never_written_to_again() -> None:
    _, token, message = await a_reminder_that_left()
    question = await ask(message)
    await bank(line("F1", 10_000))
    refusal = await answer(question)
    assert refusal is not None
    assert "has changed" in refusal
    assert (await why_not(message)).startswith("Question") or "payments or credits" in await why_not(message)
    reserved = await resending.reserve(question, token, LATER)
    assert reserved == "payments or credits have changed the account since it was written"


async def test_a_part_paid_after_the_agreement_stops_it_before_it_leaves() -> None:
    _, token, message = await a_reminder_that_left()
    question, draft = await reserved_again(message, token)
    await bank(line("F1", 4_000))
    assert not await ledger.begin_handing_over(draft, token, LATER)
    assert (await messages())[1][1] in ("draft", "voided")
    reserved = await resending.reserve(question, token, LATER)
    assert reserved == "payments or credits have changed the account since it was written"


async def test_another_invoice_paid_makes_its_list_of_items_untrue() -> None:
    _, _, message = await a_reminder_that_left()
    await bill(invoice("F2", "2026-03-20", 5_000))
    await bank(line("F2", 5_000))
    assert await why_not(message) == "payments or credits have changed the account since it was written."


async def test_a_gentler_message_does_not_leave_again_after_a_harder_one() -> None:
    case, _, message = await a_reminder_that_left()
    question = await ask(message)
    assert await answer(question) is None
    await do(
        "INSERT INTO step_done (case_id, step, stage, done_on, how) "
        "VALUES (:case, 'formal_notice', 'formal_notice', '2026-03-04', 'confirmed')",
        case=case,
    )
    token = (await rows("SELECT token FROM lease"))[0][0]
    assert await resending.reserve(question, token, LATER) == "F1: a harder message has left since"


async def test_a_notice_of_what_will_be_due_does_not_leave_again_once_it_is() -> None:
    _, _, message = await a_reminder_that_left()
    await do("UPDATE message SET step = 'upcoming', stage = 'upcoming'")
    await do("DELETE FROM step_done")
    assert await why_not(message) == "F1: it is due by now, and the message says it will be."


async def test_a_hold_stops_it() -> None:
    _, _, message = await a_reminder_that_left()
    await hold_customer("C1", "", HoldWords("wrong price", "dispute"), "marie", LATER)
    assert (await why_not(message)).startswith("F1: on hold (dispute: wrong price)")


async def test_who_wants_no_email_gets_none_again_and_a_wish_for_no_letters_says_nothing_of_email() -> None:
    _, token, message = await a_reminder_that_left()
    await hold_customer("C1", "", HoldWords("no paper", "opt_out", channels="letter"), "marie", LATER)
    question = await ask(message)
    assert await answer(question) is None
    await hold_customer("C1", "", HoldWords("no mail", "opt_out", channels="email"), "marie", LATER)
    assert await resending.reserve(question, token, LATER) == "F1: the customer does not want e-mail"


async def test_it_counts_as_a_contact_and_under_a_full_cap_it_does_not_leave() -> None:
    case, token, message = await a_reminder_that_left()
    for _ in range(2):
        await left_again(case, token, message)
    question = await ask(message)
    refusal = await answer(question)
    assert refusal is not None
    assert "the customer has heard from us often enough until 2026-03-" in refusal


async def test_on_a_full_first_day_the_agreement_waits() -> None:
    _, _, message = await a_reminder_that_left()
    question = await ask(message)
    await do("UPDATE message SET handed_at = :at", at=LATER - timedelta(hours=1))
    await do("UPDATE creditor SET live = true")
    await do("INSERT INTO live_start (creditor_id, at, first_day) SELECT id, :at, 1 FROM creditor", at=LATER)
    await do("UPDATE message SET route = 'live' WHERE state = 'confirmed'")
    assert await answer(question) == "It cannot leave now: all 1 messages of this day have left or are about to."
    await do("UPDATE live_start SET first_day = 2")
    assert await answer(question) is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE message SET state = 'ambiguous'", "it is ambiguous, and only what surely left leaves again."),
        ("UPDATE message SET state = 'handing_over'", "it is handing over, and only what surely left leaves again."),
        ("UPDATE message SET channel = 'sms'", "only e-mails of a ladder are sent again as they are."),
        (
            "UPDATE contact SET email_dead_at = now()",
            "compta@dupont.example is no living address of the customer any more.",
        ),
    ],
)
async def test_what_did_not_surely_leave_or_has_no_living_address_is_not_sent_again(change: str, why: str) -> None:
    _, _, message = await a_reminder_that_left()
    await do(change)
    assert await why_not(message) == why


async def test_what_may_have_left_again_is_not_sent_a_third_time_and_holds_no_other_message_up() -> None:
    case, token, message = await a_reminder_that_left()
    _, draft = await left_again(case, token, message, EffectState.AMBIGUOUS)
    assert await why_not(message) == f"message {draft}, the last time it was sent, may have left or is about to."
    found = await collecting.consider(case, token, LATER, MAIL)
    assert found.dossier.case.harder is None


async def test_at_night_the_agreement_is_refused_with_the_reason() -> None:
    _, _, message = await a_reminder_that_left()
    question = await ask(message)
    await do("UPDATE clock SET at = :at", at=LATER.replace(hour=22))
    assert await answer(question) == "It cannot leave now: nothing leaves at this hour; answer again when it may."


async def test_a_second_question_and_a_reason_of_nothing_are_sentences() -> None:
    _, _, message = await a_reminder_that_left()
    assert refused(await ask_resend(message, " ", "marie", LATER, again, describe))[0].startswith(
        "Say why it is to leave"
    )
    assert refused(await ask_resend(99, "x", "marie", LATER, again, describe)) == [
        "There is no message 99. See ./relance outbox list."
    ]
    question = await ask(message)
    assert refused(await ask_resend(message, "x", "marie", LATER, again, describe)) == [
        f"Question {question} asks already whether a message to this customer leaves again."
    ]


async def test_without_the_lease_it_is_void_and_agreed_to_still() -> None:
    """The program ended between reserving and sending: nothing left."""
    from storage import leases

    _, token, message = await a_reminder_that_left()
    await reserved_again(message, token)
    await do("DELETE FROM lease")
    await leases.free_dead(8, LATER)
    assert [state for _, state, _, _ in await messages()] == ["confirmed", "draft"]
