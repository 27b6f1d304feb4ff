"""Nothing is given up beyond what was decided: where more of a case is open than that, the rest is owed."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.dispute_sums import OPEN

OWED_BEYOND = f"""c.written_off_by = '' AND {OPEN} > (SELECT sum(t.amount) FROM write_off_item t
    JOIN write_off w ON w.id = t.write_off_id WHERE t.case_id = c.id AND w.state = 'standing')"""  # noqa: S608 - no outside text
"""Whether more of a case `c` is open than is given up of it: money that had come before went back, or another part is owed again."""
_NARROW = text(
    f"""
    UPDATE write_off SET whole = false WHERE state = 'standing' AND whole AND id IN (
        SELECT o.write_off_id FROM write_off_item o JOIN cases c ON c.id = o.case_id JOIN invoice i ON i.id = c.invoice_id
        WHERE c.id = ANY(:cases) AND {OWED_BEYOND})
    """  # noqa: S608 - no outside text
)
_FREE = text(
    f"UPDATE cases c SET written_off = NULL FROM invoice i WHERE i.id = c.invoice_id AND c.id = ANY(:cases) AND {OWED_BEYOND}"  # noqa: S608
)


async def narrow(connection: AsyncConnection, cases: Sequence[int]) -> None:
    """Of cases of which more is open now than anybody gave up, what was decided stays written off, and the rest is owed."""
    await connection.execute(_NARROW, {"cases": list(cases)})
    await connection.execute(_FREE, {"cases": list(cases)})
