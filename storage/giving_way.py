"""Who gives way to a harder stage of the same customer looks again when it opens and when it is over (design 4.11)."""

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.bundle import OF_A_MESSAGE
from policies.decisions import Reason
from storage.facts import lock, touch
from storage.session import transaction

_BESIDE = text(
    "SELECT DISTINCT o.id FROM cases o JOIN cases c ON c.customer_id = o.customer_id AND c.currency = o.currency "
    "WHERE c.id = ANY(:cases) AND NOT o.id = ANY(:cases) AND o.closed_at IS NULL"
)
_GIVE_WAY = text(
    """
    SELECT c.id FROM cases c WHERE c.id = ANY(:cases) AND (c.waits_for = :harder OR EXISTS (SELECT FROM question q JOIN question_case k ON k.question_id = q.id WHERE k.case_id = c.id
        AND q.customer_id IS NOT NULL AND q.state IN ('open', 'gathering') AND q.kind = ANY(:kinds)))
    """
)


async def look_again_beside(cases: Iterable[int]) -> None:
    """A stage of `cases` came to its end: who gave way to it, or asks whether it may write, looks again.

    A transaction of its own, after the one that ended it: whoever decides meanwhile holds its row, and is seen here.
    """
    async with transaction() as connection:
        await touch_beside(connection, cases)


async def touch_beside(connection: AsyncConnection, cases: Iterable[int]) -> None:
    """The same in a transaction that has locked all cases of the customer, or none."""
    beside = list(await connection.scalars(_BESIDE, {"cases": sorted(set(cases))}))
    if beside:
        await lock(connection, beside)
        kinds = sorted(kind.value for kind in OF_A_MESSAGE)
        values = {"cases": beside, "harder": Reason.HARDER_STAGE_OPEN.value, "kinds": kinds}
        await touch(connection, list(await connection.scalars(_GIVE_WAY, values)))
