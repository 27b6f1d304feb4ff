"""Plans as people look at them: what was written, what was approved, what became of each case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from policies.migration import Move
from policies.problems import Problem
from storage.planned_case import PlannedCase
from storage.session import reading


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan; `state` is *waits*, *approved*, *carried out* or *not approved*."""

    id: int
    old_policy: str
    old_hash: str
    new_policy: str
    new_hash: str
    written_at: datetime
    written_by: str
    approved_by: str
    question: int
    state: str
    cases: int
    moved: int
    left: int


@dataclass(frozen=True, slots=True)
class PlanCaseView(PlannedCase):
    """One line of a plan; `outcome` is empty while the plan waits."""

    acts: Mapping[str, Any]
    """The first act of each way, as it was foreseen when the plan was written."""
    outcome: str


_PLANS = text(
    """
    SELECT p.id, o.ladder AS old_policy, p.old_hash, n.ladder AS new_policy, p.new_hash, p.written_at, p.written_by,
           p.approved_by, coalesce(q.id, 0) AS question,
           CASE WHEN p.approved_at IS NULL THEN CASE WHEN q.state = 'open' THEN 'waits' ELSE 'not approved' END
                WHEN l.todo > 0 THEN 'approved' ELSE 'carried out' END AS state,
           l.cases, l.moved, l.remained AS left
    FROM policy_plan p JOIN policy o ON o.hash = p.old_hash JOIN policy n ON n.hash = p.new_hash
    LEFT JOIN LATERAL (SELECT id, state FROM question WHERE kind = 'migration' AND creditor_id = p.creditor_id
                       AND step = p.id::text ORDER BY id DESC LIMIT 1) q ON true
    CROSS JOIN LATERAL (
        SELECT count(*) AS cases, count(*) FILTER (WHERE outcome = '') AS todo,
               count(*) FILTER (WHERE outcome = 'moved') AS moved,
               count(*) FILTER (WHERE outcome NOT IN ('', 'moved', 'stays')) AS remained
        FROM policy_plan_case WHERE plan_id = p.id) l
    WHERE CAST(:plan AS bigint) IS NULL OR p.id = :plan ORDER BY p.id
    """
)
_CASES = text(
    """
    SELECT l.case_id AS case, i.number AS invoice, d.number AS customer_number, d.name AS customer_name, l.move, l.anchor,
           l.foreseen ->> 'why' AS why, l.foreseen -> 'acts' AS acts, l.outcome
    FROM policy_plan_case l JOIN cases c ON c.id = l.case_id JOIN invoice i ON i.id = c.invoice_id
    JOIN customer d ON d.id = c.customer_id WHERE l.plan_id = :plan ORDER BY d.name, i.due, i.number
    """
)


async def list_plans() -> tuple[PlanView, ...]:
    """Every plan, oldest first."""
    async with reading() as connection:
        return tuple(PlanView(**row) for row in (await connection.execute(_PLANS, {"plan": None})).mappings())


async def show_plan(plan: int) -> tuple[PlanView, tuple[PlanCaseView, ...]] | list[Problem]:
    """A plan with its cases."""
    async with reading() as connection:
        found = (await connection.execute(_PLANS, {"plan": plan})).mappings().first()
        if found is None:
            return [Problem("command", None, "plan", f"There is no plan {plan}. See ./relance policy plan.")]
        rows = (await connection.execute(_CASES, {"plan": plan})).mappings()
        return PlanView(**found), tuple(PlanCaseView(**{**row, "move": Move(row["move"])}) for row in rows)
