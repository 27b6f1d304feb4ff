"""A question nobody answers is passed on, as the days pass, and is the same question all the time."""

from datetime import UTC, datetime, timedelta

import pytest

from policies.question_deadlines import Waited
from policies.staff import Role, Signer
from storage import questions
from storage.creditor import ensure_creditor, update
from storage.journal import entries
from storage.question_deadlines import PassedOn, next_deadline, pass_on
from storage.question_moves import give
from storage.waiting_time import Waited as WaitedFor
from storage.waiting_time import waiting
from tests.storage.books import do, refused, rows
from tests.storage.test_asking import LARGE, MORNING, answer, asked, at_the_formal_notice

pytestmark = pytest.mark.usefixtures("database_url")

FRIDAY = datetime(2026, 3, 6, 15, tzinfo=UTC)  # two business days after Wednesday morning, four in the afternoon
TUESDAY = datetime(2026, 3, 10, 15, tzinfo=UTC)
NEXT_WEDNESDAY = datetime(2026, 3, 18, 15, tzinfo=UTC)
MARIE = Signer("marie", Role.AGENT)


async def account(login: str, role: Role, **more: object) -> None:
    values = {"absent_from": None, "absent_until": None, "disabled_at": None} | more
    await do(
        "INSERT INTO person (login, role, absent_from, absent_until, disabled_at) "
        "VALUES (:login, :role, CAST(:absent_from AS date), CAST(:absent_until AS date), CAST(:disabled_at AS timestamptz))",
        login=login, role=role.value, **values,
    )  # fmt: skip


async def team() -> None:
    assert await update((await ensure_creditor()).id, {"owner": "marie", "manager": "claire"}, "ann", MORNING) == []
    for login, role in (("marie", Role.AGENT), ("paul", Role.AGENT), ("claire", Role.MANAGER), ("ann", Role.ADMIN)):
        await account(login, role)


async def test_for_thirty_days_nobody_answers_and_nothing_is_approved_and_nothing_lost() -> None:
    await team()
    case, token = await at_the_formal_notice("F1", LARGE)
    await do("UPDATE cases SET policy_hash = policy_hash")
    question = await asked(case, token)
    assert (question.todo, await next_deadline()) == ("marie", FRIDAY)
    passed: list[PassedOn] = []
    for day in range(31):
        await do("UPDATE cases SET wake_at = NULL, version = 0")
        passed += await pass_on(MORNING + timedelta(days=day, hours=8))
        assert await pass_on(MORNING + timedelta(days=day, hours=8)) == ()
    assert passed == [
        PassedOn(question.id, Waited.REMINDED, "marie", "marie"),
        PassedOn(question.id, Waited.ESCALATED, "marie", "claire"),
        PassedOn(question.id, Waited.LAST, "claire", "ann"),
    ]
    (now,) = await questions.inbox()
    assert (now.id, now.todo, now.waited, now.due_at) == (question.id, "ann", Waited.LAST, None)
    assert await rows("SELECT count(*) FROM approval") == [(0,)]
    assert await rows("SELECT state FROM message") == [("draft",)]
    assert await rows("SELECT taken_from, given_to, why FROM question_move ORDER BY id") == [
        ("marie", "marie", "reminded"), ("marie", "claire", "escalated"), ("claire", "ann", "last"),
    ]  # fmt: skip
    told = [entry.kind for entry in await entries("case", case) if entry.kind.startswith("question_")]
    assert told == ["question_reminded", "question_escalated", "question_last"]
    assert await next_deadline() is None


async def test_who_has_it_next_is_woken_to_show_it() -> None:
    await team()
    case, token = await at_the_formal_notice("F1", LARGE)
    await asked(case, token)
    await pass_on(FRIDAY - timedelta(minutes=1))
    assert await rows("SELECT wake_at IS NOT NULL FROM cases") == [(False,)]
    await pass_on(FRIDAY)
    assert await rows("SELECT wake_at IS NOT NULL FROM cases") == [(True,)]
    same = await asked(case, token, FRIDAY)
    assert (same.todo, same.waited) == ("marie", Waited.REMINDED)


async def test_a_program_that_was_off_goes_at_once_to_where_it_has_come() -> None:
    await team()
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    assert await pass_on(NEXT_WEDNESDAY) == (PassedOn(question.id, Waited.LAST, "marie", "ann"),)


async def test_days_a_creditor_sets_count_for_what_is_open_too() -> None:
    await team()
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    assert await next_deadline() == FRIDAY
    assert await update((await ensure_creditor()).id, {"deadlines": "approve=1/2/3"}, "ann", MORNING) == []
    assert await next_deadline() == FRIDAY - timedelta(days=1)
    assert await pass_on(FRIDAY) == (PassedOn(question.id, Waited.ESCALATED, "marie", "claire"),)


async def test_while_the_owner_is_away_new_questions_go_to_the_backup_and_stay_there() -> None:
    await team()
    case, token = await at_the_formal_notice("F1", LARGE)
    await do("UPDATE customer SET backup = 'paul'")
    await do("UPDATE person SET absent_from = '2026-03-01', absent_until = '2026-03-04' WHERE login = 'marie'")
    question = await asked(case, token)
    assert question.todo == "paul"
    back = await asked(case, token, MORNING + timedelta(days=1))
    assert (back.id, back.todo) == (question.id, "paul")


async def test_an_account_that_was_closed_is_asked_nothing_any_more() -> None:
    await team()
    case, token = await at_the_formal_notice("F1", LARGE)
    await do("UPDATE person SET disabled_at = now() WHERE login = 'marie'")
    question = await asked(case, token)
    assert question.todo == "claire"


async def test_a_question_is_given_to_somebody_who_may_answer_it() -> None:
    await team()
    await account("vera", Role.VIEWER)
    case, token = await at_the_formal_notice("F1", LARGE)
    question = await asked(case, token)
    assert refused(await give(question.id, "nobody", MARIE, MORNING)) == [
        "There is no account “nobody”. Accounts: ann, claire, marie, paul, vera."
    ]
    assert refused(await give(question.id, "vera", MARIE, MORNING)) == [
        "vera is a viewer; this question is for an agent, a manager, the legal department or an administrator."
    ]
    assert refused(await give(question.id, "marie", MARIE, MORNING)) == ["Question 1 is with marie already."]
    assert await give(question.id, "paul", MARIE, MORNING) == "marie"
    given = await asked(case, token)
    assert (given.id, given.todo) == (question.id, "paul")
    assert await answer(question.id, "Send the formal notice") is None
    assert refused(await give(question.id, "paul", MARIE, MORNING)) == ["Question 1 is not open. See ./relance inbox."]


async def test_that_a_question_was_given_away_stands_in_the_journal_of_its_customer_where_it_covers_no_case() -> None:
    await team()
    await at_the_formal_notice("F1", LARGE)
    await do(
        "INSERT INTO question (creditor_id, customer_id, kind, stage, state, todo, asked_at) "
        "SELECT creditor_id, id, 'reply', '', 'open', 'marie', :at FROM customer",
        at=MORNING,
    )
    (customer, question) = (await rows("SELECT customer_id, id FROM question"))[0]
    assert await give(question, "paul", MARIE, MORNING) == "marie"
    told = [entry for entry in await entries("customer", customer) if entry.kind == "question_given"]
    assert [entry.facts for entry in told] == [
        {"question": question, "kind": "reply", "from": "marie", "to": "paul", "actor": "marie"}
    ]


async def test_how_long_people_let_questions_wait_is_told_by_kind_and_person() -> None:
    await team()
    first, token = await at_the_formal_notice("F1", LARGE)
    second, other = await at_the_formal_notice("F2", LARGE, "C2")
    one = await asked(first, token)
    await asked(second, other)
    await do("UPDATE question SET asked_at = asked_at - interval '2 days' WHERE id = :id", id=one.id)
    await give(one.id, "paul", MARIE, MORNING)
    assert await answer(one.id, "Send the formal notice") is None
    assert await waiting(MORNING.date(), MORNING.date()) == (WaitedFor("approve", "marie", 1, 2.0, 1, 0.6, 1),)
