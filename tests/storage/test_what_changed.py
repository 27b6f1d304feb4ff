"""A change asks again, says what has changed, and goes on waiting for the same answer."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from policies.fingerprint import decision_text
from policies.message import MessageFacts
from policies.question_deadlines import Waited
from policies.staff import Role, Signer
from policies.stages import Channel
from storage import asking, doors, questions
from storage.bundles import Copy
from storage.creditor import ensure_creditor, update
from storage.handing import Written
from storage.question_deadlines import pass_on
from storage.question_subject import Lead
from storage.questions import Question
from tasks.question_text import describe
from tests.storage.books import bank, do, line
from tests.storage.test_asking import LARGE, MAIL, MORNING, at_the_formal_notice

pytestmark = pytest.mark.usefixtures("database_url")

FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)


def write(facts: MessageFacts, channel: Channel, recipient: str, copies: Sequence[Copy] = ()) -> Written:
    words = f"{facts.stage.value} {facts.demanded}"
    return Written("compta@us.example", recipient, words, words, words.encode())


async def asked(case: int, token: object, at: datetime) -> Question:
    placed = await asking.ask(case, token, at, MAIL, write, describe)  # type: ignore[arg-type]
    assert isinstance(placed, Lead)
    found = await questions.read(placed.question)
    assert found is not None
    return found


async def test_an_amount_that_changed_is_told_with_the_signature_it_takes_away() -> None:
    assert await update((await ensure_creditor()).id, {"owner": "marie"}, "ann", MORNING) == []
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token, MORNING)
    assert "What has changed" not in question.description
    await do(
        "INSERT INTO signature (question_id, fingerprint, choice, terms, actor, role, at) "
        "VALUES (:id, :print, 'send', '{}', 'paul', 'manager', now())",
        id=question.id, print=question.fingerprint,
    )  # fmt: skip
    await pass_on(FRIDAY)
    await bank(line("F1", 100_000), at=FRIDAY)
    changed = await asked(case, token, FRIDAY + timedelta(hours=1))
    assert changed.id != question.id
    (told,) = [line for line in changed.description.splitlines() if line.startswith("**What has changed**")]
    assert told.replace("\u202f", " ").replace("\xa0", " ") == (
        "**What has changed** since this was last asked: F1: 8 000,00 € open instead of 9 000,00 €; "
        "the signature of paul no longer counts."
    )
    assert (changed.since, changed.waited, changed.todo, changed.signed) == (MORNING, Waited.REMINDED, "marie", ())


async def test_an_answered_question_is_nothing_to_compare_with() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token, MORNING)
    given = {"decision": decision_text("Wait 7 days", "", question.fingerprint)}
    assert await doors.answer_directly(question.id, Signer("marie", Role.AGENT), "terminal", given) is None
    await bank(line("F1", 100_000), at=FRIDAY)
    again = await asked(case, token, MORNING + timedelta(days=9))
    assert "What has changed" not in again.description
    assert again.since == again.asked_at
