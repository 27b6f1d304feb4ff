"""What may or may not have left, and is no step's, is settled by a person: once, and it is never sent again by itself."""

from datetime import timedelta
from uuid import UUID

import pytest

from policies.case import EffectState
from storage import journal, ledger, resending
from storage.doubts import DoubtSettled, settle_doubt
from storage.writing_by_hand import write_to_customer
from tests.storage import test_telling as tellings
from tests.storage.books import bank, do, line, refused, rows
from tests.storage.test_resending import LATER, a_reminder_that_left, answer, ask, why_not

pytestmark = pytest.mark.usefixtures("database_url")

KNOWN = "he read it to me on the telephone"


async def a_resend_in_doubt() -> tuple[int, int, int]:
    """The case, the message, and its second time, after which the server did not answer."""
    case, token, message = await a_reminder_that_left()
    question = await ask(message)
    assert await answer(question) is None
    draft = await resending.reserve(question, token, LATER)
    assert isinstance(draft, int)
    await end_ambiguous(draft, token)
    return case, message, draft


async def end_ambiguous(message: int, token: UUID) -> None:
    assert await ledger.begin_handing_over(message, token, LATER)
    await ledger.settle(message, EffectState.AMBIGUOUS, "no answer", LATER)


async def good_news_in_doubt() -> int:
    """A payment after a reminder was told, and the server did not answer."""
    await tellings.reminded("F1")
    await bank(line("F1", 4_000, on="2026-03-02"), at=tellings.MORNING)
    token = await tellings.a_lease()
    told = await tellings.prepare(token=token)
    assert told is not None
    await end_ambiguous(told.message, token)
    return told.message


async def settle(message: int, outcome: str, reason: str = KNOWN) -> DoubtSettled | list[str]:
    done = await settle_doubt(message, outcome, reason, "marie", LATER + timedelta(hours=1))
    return done if isinstance(done, DoubtSettled) else refused(done)


async def decisions() -> list[tuple[object, ...]]:
    """What the journals of customers say of doubts."""
    return await rows(
        "SELECT facts->>'message', facts->>'state', facts->>'actor' FROM journal WHERE kind = 'doubt_settled'"
    )


async def test_a_resend_that_arrived_is_confirmed_and_the_step_stays_as_it_was() -> None:
    case, _, draft = await a_resend_in_doubt()
    done = await rows("SELECT step, occurrence FROM step_done ORDER BY id")
    to = "compta@dupont.example"
    assert await settle(draft, "delivered") == DoubtSettled(draft, to, EffectState.CONFIRMED, before=False)
    assert await settle(draft, "delivered") == DoubtSettled(draft, to, EffectState.CONFIRMED, before=True)
    assert await rows("SELECT state, words FROM message WHERE id = :id", id=draft) == [
        ("confirmed", f"decided by marie: {KNOWN}")
    ]
    assert await rows("SELECT state FROM effect ORDER BY id") == [("confirmed",), ("confirmed",)]
    assert await rows("SELECT step, occurrence FROM step_done ORDER BY id") == done
    assert await decisions() == [(f"{draft}", "confirmed", "marie")]
    assert journal.first_broken(await journal.entries("case", case)) is None


async def test_a_resend_that_did_not_arrive_may_be_asked_for_anew() -> None:
    _, message, draft = await a_resend_in_doubt()
    assert await why_not(message) == f"message {draft}, the last time it was sent, may have left or is about to."
    assert isinstance(await settle(draft, "not-delivered"), DoubtSettled)
    assert await rows("SELECT state FROM effect ORDER BY id") == [("confirmed",), ("refused",)]
    assert isinstance(await ask(message), int)


@pytest.mark.parametrize(
    ("outcome", "state", "told"), [("delivered", "confirmed", "told"), ("not-delivered", "refused", "dropped")]
)
async def test_good_news_in_doubt_is_settled_and_not_told_again(outcome: str, state: str, told: str) -> None:
    message = await good_news_in_doubt()
    assert isinstance(await settle(message, outcome), DoubtSettled)
    assert await rows("SELECT state FROM message WHERE kind <> 'step'") == [(state,)]
    assert await rows("SELECT state FROM correspondence") == [(told,)]
    assert await tellings.tell(LATER + timedelta(days=1)) == ""


async def test_words_of_a_person_in_doubt_are_settled_too() -> None:
    await tellings.reminded("F1")
    assert not isinstance(await write_to_customer("C1", "Hello", "How are you?", "", "marie", tellings.MORNING), list)
    token = await tellings.a_lease()
    told = await tellings.prepare(token=token)
    assert told is not None
    await end_ambiguous(told.message, token)
    assert isinstance(await settle(told.message, "delivered"), DoubtSettled)
    assert await decisions() == [(f"{told.message}", "confirmed", "marie")]


async def test_what_was_settled_one_way_is_not_settled_the_other_way() -> None:
    message = await good_news_in_doubt()
    assert isinstance(await settle(message, "not-delivered"), DoubtSettled)
    assert await settle(message, "delivered") == [
        f"Message {message} is refused: there is no doubt about it to settle."
    ]
    assert len(await decisions()) == 1


async def test_the_message_of_a_step_is_left_to_its_question() -> None:
    _, _, message = await a_reminder_that_left()
    assert await settle(message, "delivered") == [
        f"Message {message} is confirmed: there is no doubt about it to settle."
    ]
    await do("UPDATE message SET state = 'ambiguous'")
    await do("UPDATE effect SET state = 'ambiguous'")
    assert await settle(message, "delivered") == [
        f"Message {message} carries a step: its case asks whether it arrived, ./relance inbox, and no longer once it is over."
    ]
    assert await rows("SELECT state FROM effect") == [("ambiguous",)]


async def test_a_wrong_number_an_unknown_outcome_and_no_reason_are_sentences() -> None:
    assert await settle(99, "delivered") == ["There is no message 99. See ./relance outbox list."]
    assert await settle(99, "lost") == ["“lost” is no outcome: say delivered or not-delivered."]
    assert await settle(99, "delivered", " ") == [
        "Say how you know: --reason “the customer read it to me on the telephone”."
    ]
