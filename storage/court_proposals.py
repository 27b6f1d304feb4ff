"""What the books know about a debt, for the law that proposes its ways to court."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.court_life import LOST
from policies.court_proposal import CourtMatter, CourtProposal, propose
from policies.law.freshness import all_on_day
from policies.law.jurisdiction import Jurisdiction
from storage.accessories import statement_of
from storage.court_routes import court_law
from storage.dossier import Dossier
from storage.law_store import EU
from storage.mediation_attempts import attempts

_CREDITOR = text("SELECT country FROM creditor WHERE id = :creditor")
_NOTICE = text(
    """
    SELECT count(*) FROM unnest(CAST(:cases AS bigint[])) AS k(id) WHERE NOT EXISTS (
        SELECT FROM step_done s WHERE s.case_id = k.id AND s.stage = 'formal_notice' AND s.how IN ('confirmed', 'elsewhere')
          AND coalesce(s.pay_by, s.done_on) < :today)
    """
)
_BARE = text(
    "SELECT i.number FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases) AND i.document IS NULL "
    "ORDER BY i.due, i.number"
)
_TRIED = text(
    "SELECT f.route, f.is_attempt, f.state, k.case_id FROM legal_file f JOIN legal_file_case k ON k.legal_file_id = f.id "
    "WHERE k.case_id = ANY(:cases) AND f.ended_on IS NOT NULL"
)


async def proposal_for(
    connection: AsyncConnection, members: Sequence[Dossier], as_of: datetime
) -> tuple[Jurisdiction, CourtProposal] | None:
    """The law of these cases of one debtor, and its ways to court; None where no law is known."""
    case = members[0].case
    found = court_law(case.country or "", case.region)
    if found is None:
        return None
    today = case.calendar.day(as_of)
    law = all_on_day(found, today)
    return law, propose(law, await matter_of(connection, members, today))


async def _interest(connection: AsyncConnection, members: Sequence[Dossier], today: date) -> int:
    """Interest on these cases as of today, in minor units; what no rate is known for counts as none."""
    found = [await statement_of(connection, one, today) for one in members]
    return sum(one.interest or 0 for one in found if one is not None)


async def matter_of(connection: AsyncConnection, members: Sequence[Dossier], today: date) -> CourtMatter:
    """The debt of these cases: thresholds are tested on everything overdue."""
    case, cases = members[0].case, [one.case.id for one in members]
    tried = (await connection.execute(_TRIED, {"cases": cases})).all()
    attempted = {each for one in await attempts(connection, cases) if one.failed for each in one.cases}
    attempted |= {row.case_id for row in tried if row.is_attempt and row.state in ("refused", "lapsed")}
    dying = [one.case.dies_on for one in members if one.case.dies_on is not None]
    return CourtMatter(
        kind=case.kind,
        owed=max(case.customer_overdue, sum(one.case.principal for one in members)),
        currency=case.currency,
        today=today,
        claimed=sum(one.case.principal for one in members),
        interest=await _interest(connection, members, today),
        debtor_country=(case.country or "").upper(),
        creditor_country=str(await connection.scalar(_CREDITOR, {"creditor": members[0].creditor}) or "").upper(),
        members=EU,
        contested=any(one.case.disputed for one in members),
        attempted=attempted >= set(cases),
        notice_over=not await connection.scalar(_NOTICE, {"cases": cases, "today": today}),
        without_document=tuple(await connection.scalars(_BARE, {"cases": cases})),
        lost=frozenset(row.route for row in tried if row.state in LOST),
        dies_on=min(dying, default=None),
    )
