"""The insurance of cases with what the insurer agreed to, for many at once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.insurance import ConsentFor
from policies.insured_case import InsuredCase
from policies.insurer_consent import GIVEN, ConsentState
from storage.insured_invoices import insured_of_each
from storage.insurer_consents import OF_TIME

_CONSENTS = text(
    """
    SELECT k.case_id, s.about, s.state, s.until FROM insurer_consent_case k JOIN insurer_consent s ON s.id = k.consent_id
    WHERE k.case_id = ANY(:cases) AND s.state IN ('asked', 'granted', 'not_needed') ORDER BY s.id
    """
)


async def of_customers(connection: AsyncConnection, customers: Iterable[int]) -> dict[int, InsuredCase]:
    """By case, for every open case of these customers whose creditor has a policy."""
    found = await insured_of_each(connection, customers)
    insured = {one.invoice.case: one for each in found.values() for one in each if one.invoice.case}
    if not insured:
        return {}
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in await connection.execute(_CONSENTS, {"cases": sorted(insured)}):
        rows[row.case_id].append(row)
    return {case: _with(one, rows.get(case, ())) for case, one in insured.items()}


def _with(one: Any, rows: Iterable[Any]) -> InsuredCase:
    found = list(rows)
    given = [row for row in found if row.state in GIVEN]
    put_off = [row.until for row in given if row.until is not None and ConsentFor(row.about) in OF_TIME]
    return InsuredCase(
        one,
        any(row.state == ConsentState.ASKED for row in found),
        frozenset(ConsentFor(row.about) for row in given),
        max(put_off, default=None),
    )
