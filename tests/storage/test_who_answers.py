"""An answer counts only from somebody whose role may give it; who tries is written down all the same."""

from uuid import uuid4

import pytest

from policies.fingerprint import decision_text
from policies.staff import Role, Signer
from storage import doors, journal, questions
from storage.journal import canonical
from storage.questions import Question
from tests.storage.books import do, rows
from tests.storage.test_asking import LARGE, asked, at_the_formal_notice

pytestmark = pytest.mark.usefixtures("database_url")

NOT_FOR_AGENTS = (
    "“Write it off” is for a manager or an administrator to decide; you are an agent. "
    "Nothing was done: ask one of them, or choose another answer."
)
VIEWERS = "A viewer reads and decides nothing: nothing was done. Ask an administrator for another role."


async def at_the_end() -> tuple[int, Question]:
    """A case whose ladder is at its end: what becomes of it is asked."""
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    await do("UPDATE question SET kind = 'exhausted', stage = '' WHERE id = :id", id=question.id)
    found = await questions.read(question.id)
    assert found is not None
    return case, found


async def answered(question: Question, sentence: str, role: Role, **values: str) -> str | None:
    given = values | {"decision": decision_text(sentence, "", question.fingerprint)}
    return await doors.answer_directly(question.id, Signer("jean", role), "terminal", given)


async def test_an_agent_does_not_write_off_and_a_manager_does() -> None:
    case, question = await at_the_end()
    assert await answered(question, "Write it off", Role.AGENT, note="bankrupt") == NOT_FOR_AGENTS
    assert await rows("SELECT written_off FROM cases") == [(None,)]
    assert await answered(question, "Write it off", Role.MANAGER, note="bankrupt") is None
    assert await rows("SELECT written_off FROM cases") == [("bankrupt",)]
    assert await rows(
        "SELECT a.actor, a.role, v.accepted, v.words FROM answer a JOIN answer_verdict v ON v.answer_id = a.id ORDER BY a.id"
    ) == [("jean", "agent", False, NOT_FOR_AGENTS), ("jean", "manager", True, "accepted")]
    told = [entry for entry in await journal.entries("case", case) if entry.kind == "answered"]
    draft = (await rows("SELECT max(message_id) FROM question_case"))[0][0]
    assert [entry.facts for entry in told] == [
        {"question": question.id, "kind": "exhausted", "actor": "jean", "role": "manager", "choice": "write_off",
         "shown": question.fingerprint, "message": draft}
    ]  # fmt: skip


async def test_to_wait_is_for_agents_too() -> None:
    _, question = await at_the_end()
    assert await answered(question, "Wait 30 days", Role.AGENT) is None


async def test_a_viewer_is_refused_at_the_desk_before_the_server_hears_of_it() -> None:
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    run = uuid4()
    await do("UPDATE cases SET run_id = :run WHERE id = :case", run=run, case=case)
    given = {"decision": decision_text("Send the formal notice", "", question.fingerprint)}
    received = await doors.receive_answer(run, Signer("vera", Role.VIEWER), "desk", given)
    assert received.refusal == VIEWERS
    assert await rows("SELECT accepted, words FROM answer_verdict") == [(False, VIEWERS)]


async def test_an_answer_that_was_let_through_is_looked_at_again_when_it_is_taken() -> None:
    _, question = await at_the_end()
    given = canonical({"decision": decision_text("Write it off", "", question.fingerprint), "note": "no money"})
    await do(
        "INSERT INTO answer (question_id, attempt, actor, role, door, given, at) "
        "VALUES (:question, 0, 'jean', '', 'desk', CAST(:given AS jsonb), now())",
        question=question.id,
        given=given,
    )
    answer = (await rows("SELECT id FROM answer"))[0][0]
    assert await doors.settle_answer(answer, True, "accepted") == VIEWERS
    assert await rows("SELECT written_off FROM cases") == [(None,)]
