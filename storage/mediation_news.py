"""The customer hears of a mediation that a person proposes: queued with the proposal, looked at anew when it leaves."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.beside import MessageKind, Piece
from policies.mediation import MediationState
from storage import mediation_books
from storage.correspondence import NOTIFY
from storage.dispute_sums import OPEN

_QUEUE = text(
    """
    INSERT INTO correspondence (creditor_id, customer_id, case_id, kind, currency, fact, origin_id, on_day, state, actor, at, next_at)
    SELECT creditor_id, customer_id, (SELECT min(case_id) FROM mediation_case WHERE mediation_id = m.id), :kind, currency,
           'mediation ' || m.id, m.id, proposed_on, 'waiting', proposed_by, :at, :at FROM mediation m WHERE m.id = :id
    """
)
_OWED = text(
    f"""
    SELECT string_agg(i.number, ', ' ORDER BY i.due, i.number) AS numbers, coalesce(sum({OPEN}), 0)::bigint AS open
    FROM mediation_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE k.mediation_id = :id AND {OPEN} > 0
    """  # noqa: S608 - no outside text
)


async def queue(connection: AsyncConnection, number: int, at: datetime) -> None:
    """Have it proposed to the customer, once."""
    await connection.execute(_QUEUE, {"id": number, "kind": MessageKind.MEDIATION_PROPOSED, "at": at})
    await connection.execute(NOTIFY)


async def piece_of(connection: AsyncConnection, number: int) -> Piece | str:
    """What is proposed now; or why it no longer is. `words` names the mediator, `on` is the last day for an answer."""
    row = await mediation_books.read(connection, number)
    if row is None or row["state"] != MediationState.PROPOSED:
        return "nothing is mediated any more"
    owed = (await connection.execute(_OWED, {"id": number})).one()
    if not owed.open:
        return "it is paid"
    on = row["last_day"] or row["proposed_on"]
    return Piece(MessageKind.MEDIATION_PROPOSED, owed.numbers, owed.open, owed.open, on, words=row["mediator"])
