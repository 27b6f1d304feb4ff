"""Why a named agency may not be given a file, whatever a person approves: it has no written mandate, or takes no file so small."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.agency_eligibility import AgencyTerms, against_agency
from policies.stages import Stage
from storage.agencies import agency_for
from storage.dispute_sums import DEMANDED

_CLAIMED = text(
    f"""
    SELECT c.customer_id, c.currency, coalesce(d.country, '') AS country, sum(greatest({DEMANDED}, 0))::bigint AS total
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    WHERE c.id = ANY(:cases) GROUP BY c.customer_id, c.currency, d.country ORDER BY c.customer_id, c.currency
    """  # noqa: S608 - no outside text
)


async def why_not_by_agency(connection: AsyncConnection, cases: Iterable[int], stage: Stage | None) -> str:
    """The first reason against the agency that would get these cases; empty: there is none, or they go to no agency."""
    if stage is not Stage.AGENCY:
        return ""
    for row in (await connection.execute(_CLAIMED, {"cases": sorted(set(cases))})).all():
        agency = await agency_for(connection, row.customer_id)
        if agency is None:
            continue
        terms = AgencyTerms(agency.name, agency.mandate_on, agency.minimum, agency.currency)
        if found := against_agency(terms, row.country, row.currency, row.total):
            return found[0]
    return ""
