"""The holds of proceedings and stays: placed at once, on what is known now and on what comes later."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import HoldKind
from policies.insolvency_closing import GOES_ON_AS_BEFORE
from policies.stay import STAY_LAWS, StayKind
from storage import holds, journal

_END = text(
    "UPDATE hold SET ended_at = :at, ended_by = :by WHERE customer_id = :customer AND kind = 'insolvency' AND ended_at IS NULL "
    "AND (CAST(:origin AS text) IS NULL OR origin = :origin) RETURNING id, case_id"
)
_OLDER = text(
    """
    SELECT c.id, c.customer_id, n.id AS number, n.judgment, n.proceedings, coalesce(nullif(d.owner, ''), r.owner) AS owner,
           (CAST(:at AS timestamptz) AT TIME ZONE d.zone)::date AS today
    FROM cases c JOIN invoice i ON i.id = c.invoice_id JOIN customer d ON d.id = c.customer_id
    JOIN creditor r ON r.id = c.creditor_id JOIN insolvency n ON n.customer_id = c.customer_id
    WHERE c.id = ANY(:cases) AND n.state = 'closed' AND NOT n.closed_how = ANY(:over) AND (i.issued IS NULL OR i.issued < n.judgment)
      AND NOT EXISTS (SELECT FROM hold h WHERE h.case_id = c.id AND h.ended_at IS NULL AND h.origin = 'insolvency:' || n.id)
    ORDER BY c.id, n.id
    """
)
_STAYS = text(
    """
    SELECT c.id, c.customer_id, s.id AS number, s.kind, s.since, s.last_day, s.why AS words,
           coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM cases c JOIN stay_customer m ON m.customer_id = c.customer_id JOIN stay s ON s.id = m.stay_id AND s.state = 'open'
    JOIN customer d ON d.id = c.customer_id JOIN creditor r ON r.id = c.creditor_id
    WHERE c.id = ANY(:cases)
      AND NOT EXISTS (SELECT FROM hold h WHERE h.case_id = c.id AND h.ended_at IS NULL AND h.origin = 'stay:' || s.id)
    ORDER BY c.id, s.id
    """
)


async def place(
    connection: AsyncConnection, customer: int, case: int | None, kind: HoldKind, reason: str, since: date, owner: str,
    origin: str, at: datetime, until: date | None = None,
) -> int:  # fmt: skip
    """Place a hold that bears its origin; the cases are locked."""
    return await holds.place(connection, customer, case, kind, reason, since, until, owner, at, origin=origin)


async def end(connection: AsyncConnection, customer: int, origin: str | None, actor: str, at: datetime) -> None:
    """End the customer's holds of insolvency of one origin, or all of them."""
    values = {"customer": customer, "origin": origin, "by": actor, "at": at}
    for row in (await connection.execute(_END, values)).all():
        chain, id = ("customer", customer) if row.case_id is None else ("case", row.case_id)
        await journal.append(connection, chain, id, "released", {"hold": row.id, "actor": actor}, at)


async def follow(connection: AsyncConnection, cases: Sequence[int], at: datetime) -> None:
    """Cases that were just opened, or go on after their end: a stay of the customer holds them too, and what is older than a
    judgment whose proceedings are closed is a question for a person, never chased by itself. Done twice it holds once."""
    for row in (await connection.execute(_STAYS, {"cases": list(cases)})).all():
        await place(
            connection, row.customer_id, row.id, STAY_LAWS[StayKind(row.kind)].hold, row.words, row.since, row.owner,
            f"stay:{row.number}", at, row.last_day,
        )  # fmt: skip
    values = {"cases": list(cases), "at": at, "over": list(GOES_ON_AS_BEFORE)}
    for row in (await connection.execute(_OLDER, values)).all():
        await to_decide(
            connection, row.customer_id, row.id, row.number, row.proceedings, row.judgment, row.owner, row.today, at
        )


async def to_decide(
    connection: AsyncConnection, customer: int, case: int, number: int, proceedings: str, judgment: date, owner: str,
    today: date, at: datetime,
) -> None:  # fmt: skip
    """Proceedings are closed: what becomes of an older invoice is asked of its owner, and nothing leaves before the answer."""
    until, why = date.fromordinal(today.toordinal() - 1), over(proceedings, judgment)
    await place(
        connection, customer, case, HoldKind.INSOLVENCY, why, judgment, owner, f"insolvency:{number}", at, until
    )


def over(proceedings: str, judgment: date) -> str:
    """Why a person is asked once they are closed."""
    return f"{proceedings} of {judgment}, closed"
