"""Whether an insured case may be handed over, or written off: not without the insurer's consent.

Asked when the question is put, when its answer is taken and when the file leaves; each time of the books as they stand.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.insurance import ConsentFor
from policies.insurance_refusals import OF_STAGE, why_not
from policies.stages import Stage
from storage.insured_invoices import insured_cases

_CONSENTED = text(
    """
    SELECT DISTINCT k.case_id FROM insurer_consent_case k JOIN insurer_consent s ON s.id = k.consent_id
    WHERE k.case_id = ANY(:cases) AND s.about = ANY(:about) AND s.state IN ('granted', 'not_needed')
      AND (CAST(:until AS date) IS NULL OR s.until >= :until)
    """
)


async def why_not_at(connection: AsyncConnection, cases: Iterable[int], stage: Stage | None) -> str:
    """The sentence that refuses handing these cases over at a stage (agency, legal); empty: nothing of the insurer stands against it."""
    what = OF_STAGE.get(stage) if stage is not None else None
    return "" if what is None else await why_not_for(connection, cases, what)


async def why_not_for(connection: AsyncConnection, cases: Iterable[int], what: ConsentFor) -> str:
    """The sentence that refuses `what` for these cases; empty: it may be done."""
    found = await insured_cases(connection, cases)
    if not found:
        return ""
    return why_not(what, found, await consented(connection, [one.invoice.case for one in found], (what,)))


async def consented(
    connection: AsyncConnection, cases: Iterable[int], about: Iterable[ConsentFor], until: date | None = None
) -> frozenset[int]:
    """Of these cases those for which the insurer agreed to it (by the day `until`, or a later one), or need not be asked."""
    values = {"cases": sorted(set(cases)), "about": [one.value for one in about], "until": until}
    return frozenset(await connection.scalars(_CONSENTED, values))
