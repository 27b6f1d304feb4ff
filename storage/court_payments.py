"""Where a procedure forbids payment until its outcome, nothing beside the ladder invites to pay what it is about.

FR, small claims by commissaire de justice: nothing may be paid before the officer has recorded the outcome (CPCE R125-7); where
there is a title, that is it.
"""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind
from policies.beside_holds import INVITES
from policies.court_life import TITLED
from policies.problems import Problem
from storage.whom import SOURCE

_FORBIDS = text(
    """
    SELECT min(f.forbids) FROM legal_file f JOIN legal_file_case k ON k.legal_file_id = f.id
    WHERE f.ended_on IS NULL AND f.forbids <> '' AND NOT f.state = ANY(:titled) AND k.case_id = ANY(:cases)
    """
)
_CASES = text("SELECT id FROM cases WHERE customer_id = :customer AND (CAST(:case AS bigint) IS NULL OR id = :case)")


async def forbidden(connection: AsyncConnection, cases: Iterable[int]) -> str:
    """The article that forbids paying something of these cases now; empty: none does."""
    return str(await connection.scalar(_FORBIDS, {"cases": sorted(set(cases)), "titled": sorted(TITLED)}) or "")


async def no_terms(connection: AsyncConnection, cases: Iterable[int]) -> list[Problem]:
    """Why no plan and no settlement is made of these cases now; empty: one may be."""
    article = await forbidden(connection, cases)
    reason = (
        f"Nothing of it may be paid until the officer has recorded the outcome ({article}): tell its court file of the title, or "
        "of its end, first."
    )
    return [Problem(SOURCE, None, "invoices", reason)] if article else []


async def why_untold(connection: AsyncConnection, kind: MessageKind, customer: int, case: int | None) -> str:
    """Why a message of this kind about a case, or about all a customer owes, is not told; empty: it may be."""
    if kind not in INVITES:
        return ""
    cases = list(await connection.scalars(_CASES, {"customer": customer, "case": case}))
    article = await forbidden(connection, cases)
    return f"nothing may be paid until the officer has recorded the outcome ({article})" if article else ""
