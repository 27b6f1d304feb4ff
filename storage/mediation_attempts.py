"""Attempts to agree: that they took place, with whom and when, and their result; never what was said in them."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.mediation import Attempt, MediationOutcome, StartedBy

_ATTEMPTS = text(
    """
    SELECT m.id, m.route, m.mediator, m.started_by, m.proposed_on, m.compulsory, m.ended_on, m.outcome,
           array_agg(k.case_id ORDER BY k.case_id) AS cases
    FROM mediation m JOIN mediation_case k ON k.mediation_id = m.id
    WHERE k.case_id = ANY(:cases) AND m.state <> 'drafted' AND m.outcome <> 'taken_back'
    GROUP BY m.id ORDER BY m.proposed_on, m.id
    """
)


async def attempts(connection: AsyncConnection, cases: Iterable[int]) -> tuple[Attempt, ...]:
    """Every attempt to agree about these cases, the oldest first; those taken back are none."""
    rows = (await connection.execute(_ATTEMPTS, {"cases": sorted(set(cases))})).all()
    return tuple(
        Attempt(
            row.id, tuple(row.cases), row.route, row.mediator, StartedBy(row.started_by), row.proposed_on, row.compulsory,
            row.ended_on, MediationOutcome(row.outcome) if row.outcome else None,
        )
        for row in rows
    )  # fmt: skip
