"""Questions that are no longer asked: what they showed has changed, or their case has moved on."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.decisions import Ask, Decision
from storage import journal
from storage.facts import lock, touch
from storage.giving_way import look_again_beside
from storage.session import transaction

_VOID = text(
    "UPDATE question SET state = 'voided', ended_at = :at, ended_why = :why, wake_at = clock_timestamp() "
    "WHERE id = ANY(:ids) AND state IN ('open', 'gathering') RETURNING id"
)
_OF_CASE = text(
    "SELECT q.id FROM question q JOIN question_case c ON c.question_id = q.id "
    "WHERE c.case_id = :case AND q.customer_id IS NOT NULL AND q.state IN ('open', 'gathering') "
    "AND (q.kind, q.stage) IS DISTINCT FROM (CAST(:kind AS text), CAST(:stage AS text)) "
    "AND (q.lead_id IS NOT NULL OR :ends)"
)
_COVERED = text("SELECT DISTINCT case_id FROM question_case WHERE question_id = ANY(:ids)")
_DROP_DRAFTS = text(
    "UPDATE message SET state = 'voided', words = :why WHERE state = 'draft' "
    "AND id IN (SELECT message_id FROM question_case WHERE question_id = ANY(:ids))"
)
_DROP_UNUSED = text(
    "UPDATE message SET state = 'voided', words = 'not approved' WHERE state = 'draft' "
    "AND id IN (SELECT message_id FROM question_case WHERE question_id = :question) "
    "AND NOT EXISTS (SELECT FROM approval a WHERE a.message_id = message.id AND a.voided_at IS NULL)"
)
_EMPTY_REVIEWS = text(
    """
    UPDATE question r SET state = 'voided', ended_at = :at, ended_why = 'nothing is left to approve',
        wake_at = clock_timestamp()
    WHERE r.kind = 'daily_review' AND r.customer_id IS NULL AND r.state = 'open' AND NOT EXISTS (
        SELECT FROM question g WHERE g.creditor_id = r.creditor_id AND g.kind = r.kind AND g.state = 'gathering')
    """
)


async def void(connection: AsyncConnection, questions: list[int], why: str, at: datetime, *, wake: bool = True) -> None:
    """These questions are no longer asked; the cases they covered look again."""
    ids = list(await connection.scalars(_VOID, {"ids": questions, "why": why, "at": at}))
    if not ids:
        return
    await connection.execute(_DROP_DRAFTS, {"ids": ids, "why": why})
    await connection.execute(_EMPTY_REVIEWS, {"at": at})
    covered = list(await connection.scalars(_COVERED, {"ids": ids}))
    for case in sorted(covered):
        await journal.append(connection, "case", case, "question_voided", {"questions": ids, "why": why}, at)
    if wake:
        await touch(connection, covered)


async def void_questions(connection: AsyncConnection, case: int, why: str, at: datetime, *, ends: bool = False) -> None:
    """A case takes no more part in what its run asked, or `ends`: void that; the other cases covered ask again."""
    await void(connection, await outlived(connection, case, None, ends=ends), why, at)


async def outlived(
    connection: AsyncConnection, case: int, decision: Decision | None, *, ends: bool = False
) -> list[int]:
    """The questions that cover the case and that its decision no longer asks: all of them, unless it asks one.

    A question with a run of its own (a claim that will soon be dead) is asked beside whatever the case does, to its end.
    """
    kind, stage = None, None
    if isinstance(decision, Ask):
        kind, stage = decision.question.value, decision.step.stage.value if decision.step else ""
    return list(await connection.scalars(_OF_CASE, {"case": case, "kind": kind, "stage": stage, "ends": ends}))


async def let_go(questions: list[int], at: datetime) -> None:
    """A hold, money or a new decision went past these questions: nobody is asked what no longer matters."""
    async with transaction() as connection:
        covered = list(await connection.scalars(_COVERED, {"ids": questions}))
        await lock(connection, covered)
        await void(connection, questions, "the case has moved on", at)
    await look_again_beside(covered)


async def drop_unused_drafts(connection: AsyncConnection, question: int) -> None:
    """The drafts of an answered question that nobody approved: they never leave."""
    await connection.execute(_DROP_UNUSED, {"question": question})
