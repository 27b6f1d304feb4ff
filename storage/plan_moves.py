"""Carrying out an approved plan: customer by customer, each case as planned or left where it is (design 4.9)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.case import DoneHow
from policies.consequences import AddNote, Consequence, ReplacePolicy
from policies.migration import Move
from storage import approvals, journal, ledger, policy_store
from storage.dossier_queries import CLIMBED
from storage.facts import lock, touch
from storage.session import reading, transaction
from storage.voiding import void_questions


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """How many cases moved, and the invoices of those that were left because they changed since."""

    approved: bool
    moved: int
    left: tuple[str, ...]


MOVED, STAYS = "moved", "stays"
CLOSED, CHANGED = "closed meanwhile", "changed since the plan was written"
REPLACED = "the policy was replaced"

_APPROVE = text("UPDATE policy_plan SET approved_at = :at, approved_by = :actor, words = :words WHERE id = :plan")
_APPROVED = text("SELECT approved_at IS NOT NULL FROM policy_plan WHERE id = :plan")
_REMARK = text("UPDATE policy_plan SET words = :words WHERE id = :plan")
_TO_DO = text(
    """
    SELECT DISTINCT p.id AS plan, c.customer_id AS customer FROM policy_plan p JOIN policy_plan_case l ON l.plan_id = p.id
    JOIN cases c ON c.id = l.case_id WHERE p.approved_at IS NOT NULL AND l.outcome = '' ORDER BY p.id, c.customer_id
    """
)
_CASES = text(
    "SELECT l.case_id FROM policy_plan_case l JOIN cases c ON c.id = l.case_id "
    "WHERE l.plan_id = :plan AND c.customer_id = :customer AND l.outcome = ''"
)
_LINES = text(
    """
    SELECT l.id, l.case_id AS case, l.move, l.anchor, l.foreseen, p.old_hash, p.new_hash, p.approved_by,
           (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today, c.closed_at IS NOT NULL AS closed,
           (c.version, c.policy_hash) IS DISTINCT FROM (l.version, p.old_hash)
           OR l.steps <> (SELECT count(*) FROM step_done s WHERE s.case_id = c.id AND s.occurrence > c.occurrences_before)
           OR EXISTS (SELECT FROM effect e WHERE e.case_id = c.id AND e.state IN ('reserved', 'handing_over', 'ambiguous'))
           AS changed
    FROM policy_plan_case l JOIN policy_plan p ON p.id = l.plan_id JOIN cases c ON c.id = l.case_id
    JOIN customer d ON d.id = c.customer_id
    WHERE l.plan_id = :plan AND l.case_id = ANY(:cases) AND l.outcome = '' ORDER BY l.case_id
    """
)
_MOVE = text(
    f"""
    UPDATE cases c SET policy_hash = :new, anchor = :anchor,
        occurrences_before = CASE WHEN :anew THEN {CLIMBED} ELSE c.occurrences_before END
    WHERE c.id = :case
    """  # noqa: S608 - no outside text
)
_OUTCOME = text("UPDATE policy_plan_case SET outcome = :outcome WHERE id = :id")
_LEFT = text(
    """
    SELECT i.number, l.outcome FROM policy_plan_case l JOIN cases c ON c.id = l.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE l.plan_id = :plan ORDER BY i.number
    """
)


async def decided(
    connection: AsyncConnection, plan: int, outcome: Sequence[Consequence], actor: str, at: datetime
) -> None:
    """What a person said of the plan as a whole, in the transaction of the answer; moving the cases comes after."""
    remark = " ".join(one.text for one in outcome if isinstance(one, AddNote))
    if any(isinstance(one, ReplacePolicy) for one in outcome):
        await connection.execute(_APPROVE, {"plan": plan, "at": at, "actor": actor, "words": remark})
    elif remark:
        await connection.execute(_REMARK, {"plan": plan, "words": remark})


async def carry_out(at: datetime) -> None:
    """Move the cases of every approved plan that still wait for it. Called twice, or after a crash, it moves each once."""
    async with reading() as connection:
        waiting = [(row.plan, row.customer) for row in await connection.execute(_TO_DO)]
    for plan, customer in waiting:
        await _carry_out(plan, customer, at)


async def carried_out(plan: int) -> CarriedOut:
    """What became of the plan's cases."""
    async with reading() as connection:
        approved = bool(await connection.scalar(_APPROVED, {"plan": plan}))
        rows = [(row.number, row.outcome) for row in await connection.execute(_LEFT, {"plan": plan})]
    moved, left = sum(said == MOVED for _, said in rows), tuple(number for number, said in rows if said == CHANGED)
    return CarriedOut(approved, moved, left)


async def _carry_out(plan: int, customer: int, at: datetime) -> None:
    """The customer's cases together: they share letters and questions, so that moving one touches the others."""
    async with transaction() as connection:
        cases = list(await connection.scalars(_CASES, {"plan": plan, "customer": customer}))
        await lock(connection, cases)
        lines = (await connection.execute(_LINES, {"plan": plan, "cases": cases, "at": at})).mappings().all()
        outcomes = {line["id"]: _outcome(line) for line in lines}
        moving = [line for line in lines if outcomes[line["id"]] == MOVED]
        await approvals.void(connection, [line["case"] for line in moving], REPLACED, at)
        for line in moving:
            await _move(connection, plan, line, at)
        for id, outcome in outcomes.items():
            await connection.execute(_OUTCOME, {"id": id, "outcome": outcome})
        await touch(connection, [line["case"] for line in moving])


def _outcome(line: RowMapping) -> str:
    if line["closed"]:
        return CLOSED
    if line["move"] == Move.STAY:
        return STAYS
    return CHANGED if line["changed"] else MOVED


async def _move(connection: AsyncConnection, plan: int, line: RowMapping, at: datetime) -> None:
    case, anchor, today = int(line["case"]), line["anchor"], line["today"]
    await void_questions(connection, case, REPLACED, at)
    values: dict[str, Any] = {
        "case": case, "new": line["new_hash"], "anchor": anchor, "anew": line["move"] == Move.RESTART,
    }  # fmt: skip
    await connection.execute(_MOVE, values)
    await _leave_behind(connection, case, line, today)
    facts = {
        "plan": plan, "old": line["old_hash"], "new": line["new_hash"], "move": line["move"], "anchor": anchor,
        "actor": line["approved_by"],
    }  # fmt: skip
    await journal.append(connection, "case", case, "policy_replaced", facts, at)


async def _leave_behind(connection: AsyncConnection, case: int, line: RowMapping, today: date) -> None:
    """Steps of the new policy the case is past already."""
    ladder = await policy_store.pinned(connection, line["new_hash"])
    for step in line["foreseen"]["behind"]:
        why = "The case was past it when its policy was replaced."
        await ledger.step_behind(connection, case, ladder, step, None, today, DoneHow.PASSED_OVER, why)
