"""Two people who answer at the same moment, through connections of their own."""

import asyncio
import itertools

import pytest

from policies.fingerprint import decision_text
from policies.staff import Role, Signer
from storage import doors, question_moves
from storage.question_deadlines import pass_on
from storage.questions import Question
from tests.storage.books import rows
from tests.storage.test_asking import MORNING
from tests.storage.test_question_deadlines import account
from tests.storage.test_signatures import MARIE, PAUL, now, of_a_write_off

pytestmark = pytest.mark.usefixtures("database_url")


async def write_off(question: Question, signer: Signer) -> str | None:
    given = {"decision": decision_text("Write it off", "", question.fingerprint), "note": f"says {signer.name}"}
    return await doors.answer_directly(question.id, signer, "terminal", given)


async def test_two_who_sign_at_the_same_moment_are_the_first_and_the_second() -> None:
    _, question = await of_a_write_off()
    assert await asyncio.gather(write_off(question, MARIE), write_off(question, PAUL)) == [None, None]
    assert await rows("SELECT count(*) FROM signature") == [(1,)]
    assert (await now(question.id)).state == "answered"


async def test_one_who_signs_twice_at_the_same_moment_is_one() -> None:
    _, question = await of_a_write_off()
    said = await asyncio.gather(*(write_off(question, MARIE) for _ in range(4)))
    assert sum(one is None for one in said) == 1
    assert await rows("SELECT count(*) FROM signature") == [(1,)]
    assert (await now(question.id)).state == "open"


async def test_two_rounds_at_once_pass_a_question_on_once() -> None:
    await of_a_write_off(owner="marie", manager="claire")
    for login in ("marie", "claire"):
        await account(login, Role.MANAGER)
    late = MORNING.replace(day=31)
    await asyncio.gather(*(pass_on(late) for _ in range(4)))
    assert len(await rows("SELECT why FROM question_move")) == 1


async def test_a_question_given_away_while_it_is_passed_on_moves_from_whom_it_was_with() -> None:
    _, question = await of_a_write_off(owner="marie", manager="claire")
    for login in ("marie", "claire", "paul"):
        await account(login, Role.MANAGER)
    late = MORNING.replace(day=31)
    await asyncio.gather(pass_on(late), question_moves.give(question.id, "paul", MARIE, late))
    moves = await rows("SELECT taken_from, given_to FROM question_move ORDER BY id")
    assert all(first[1] == second[0] for first, second in itertools.pairwise(moves))
    assert (await now(question.id)).todo == moves[-1][1]
