"""A customer whose invoices climb two ladders (the policy was changed between them): each keeps its own."""

from datetime import timedelta
from uuid import UUID

import pytest

from policies.decisions import Act
from policies.ladder_file import load_ladder
from policies.stages import Stage
from storage import asking, collecting, handing, policy_store
from storage.handing import NotNow, Reserved
from storage.question_subject import Follow, Lead
from tests.storage.books import do, rows
from tests.storage.test_asking import (
    LARGE,
    MAIL,
    MORNING,
    SMALL,
    answer,
    approvals,
    asked,
    at_the_formal_notice,
    describe,
    gathered,
    reviewed,
    write,
)

pytestmark = pytest.mark.usefixtures("database_url")


async def on_the_changed_ladder(case: int, was: str, now: str) -> None:
    """Pin the case to the shipped ladder with one change."""
    content = policy_store.shipped("fr-b2b").replace(was.encode(), now.encode())
    ladder = load_ladder(content, "changed")
    assert not isinstance(ladder, list)
    await do(
        "INSERT INTO policy (hash, ladder, text) VALUES (:hash, :ladder, :text)",
        hash=ladder.hash, ladder=ladder.id, text=content,
    )  # fmt: skip
    await do("UPDATE cases SET policy_hash = :hash WHERE id = :case", hash=ladder.hash, case=case)


async def two_at_the_formal_notice() -> tuple[tuple[int, UUID], tuple[int, UUID]]:
    """Two invoices of one customer; the second gives twelve days to pay, not ten."""
    first = await at_the_formal_notice("F1", LARGE)
    second = await at_the_formal_notice("F2", LARGE)
    await on_the_changed_ladder(second[0], "pay_within = 10", "pay_within = 12")
    return first, second


async def reserve(case: int, token: UUID) -> tuple[int, ...]:
    reserved = await handing.prepare(case, token, MORNING, MAIL, write)
    assert isinstance(reserved, Reserved)
    return reserved.messages


async def test_two_ladders_do_not_take_the_question_from_each_other() -> None:
    first, second = await two_at_the_formal_notice()
    question = await asked(*first)
    placed = await asking.ask(*second, MORNING, MAIL, write, describe)
    assert placed == Follow(first[0], "with F1, same customer")
    assert (await asked(*first)).id == question.id
    assert await rows("SELECT id, state FROM question") == [(question.id, "open")]


async def test_the_second_ladder_asks_when_the_first_has_its_answer() -> None:
    first, second = await two_at_the_formal_notice()
    question = await asked(*first)
    await asking.ask(*second, MORNING, MAIL, write, describe)
    assert await answer(question.id, "Send the formal notice") is None
    placed = await asking.ask(*second, MORNING, MAIL, write, describe)
    assert isinstance(placed, Lead)
    assert placed.question != question.id
    assert await approvals() == [("F1", "")]


async def test_a_question_of_the_other_ladder_that_no_longer_says_what_is_true_does_not_stand_in_the_way() -> None:
    first, second = await two_at_the_formal_notice()
    await asked(*first)
    await do("UPDATE cases SET written_off = 'small' WHERE id = :case", case=first[0])
    placed = await asking.ask(*second, MORNING, MAIL, write, describe)
    assert isinstance(placed, Lead)


async def test_a_review_approves_each_line_for_the_step_of_its_own_ladder() -> None:
    first, second = await at_the_formal_notice("F1", SMALL), await at_the_formal_notice("F2", SMALL, "C2")
    await on_the_changed_ladder(second[0], 'id = "formal_notice"', 'id = "mise_en_demeure"')
    await gathered(*first)
    await gathered(*second)
    opened = await reviewed()
    assert opened is not None
    assert await answer(opened, "Send all") is None
    for case, token in (first, second):
        found = await collecting.consider(case, token, MORNING + timedelta(minutes=1), MAIL)
        assert isinstance(found.decision, Act)
        assert found.decision.step.stage is Stage.FORMAL_NOTICE


async def test_two_letters_a_person_agreed_to_leave_one_after_the_other() -> None:
    first, second = await two_at_the_formal_notice()
    for case in (first, second):
        question = await asked(*case)
        assert await answer(question.id, "Send the formal notice") is None
    [message] = await reserve(*first)
    assert await rows("SELECT text FROM message WHERE id = :id", id=message) == [(f"formal_notice {LARGE} 2026-03-04",)]
    assert await handing.prepare(*second, MORNING, MAIL, write) == NotNow(
        "one message a day and stage is enough", "tomorrow"
    )
    assert await approvals() == [("F1", ""), ("F2", "")]
