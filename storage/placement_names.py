"""Which placement a person or an agency means: by its number, our reference, or what the agency calls it."""

from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.problems import Problem

SOURCE = "form"
_MEANT = text(
    """
    SELECT p.id, p.creditor_id, p.customer_id, p.reference, p.currency, p.agency_name, p.fee_percent, p.fee_flat, p.placed_on,
           p.ended_at IS NOT NULL AS over, d.number, d.name, d.owner, (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today
    FROM placement p JOIN customer d ON d.id = p.customer_id
    WHERE CAST(p.id AS text) = :said OR p.reference = :said OR p.their_reference = :said ORDER BY p.id
    """
)


async def placement_named(connection: AsyncConnection, said: str, at: datetime) -> RowMapping | list[Problem]:
    """The one placement that is meant. Of several of one reference that which is open; what fits two files is refused."""
    rows = (await connection.execute(_MEANT, {"said": said.strip(), "at": at})).mappings().all()
    if not rows:
        return _no(f"There is no placement “{said.strip()}”: see relance placement list.")
    if len(rows) == 1:
        return rows[0]
    still = [row for row in rows if not row["over"]]
    if len(still) == 1 and len({row["reference"] for row in rows}) == 1:
        return still[0]
    names = "; ".join(f"placement {row['id']}, {row['reference']} ({row['name']})" for row in rows)
    return _no(f"“{said.strip()}” fits several files: {names}. Say the number or the reference that fits one alone.")


def _no(reason: str) -> list[Problem]:
    return [Problem(SOURCE, None, "placement", reason)]
