"""What persons said credit notes are for: rows of their own, beside what files say. The books are settled afterwards."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.bulk import rows_of

_FORGET = text("DELETE FROM credit_decision WHERE credit_note_id = ANY(:notes)")
_SAY = text(
    """
    INSERT INTO credit_decision (creditor_id, credit_note_id, invoice_id, actor, at)
    SELECT n.creditor_id, n.id, i.id, :actor, :at FROM invoice n
    LEFT JOIN unnest(CAST(:invoices AS bigint[])) AS i(id) ON true WHERE n.id = ANY(:notes) ORDER BY n.id, i.id
    """
)
_NOT_ASIDE = text("UPDATE invoice SET aside_why = '', aside_by = '', aside_used = 0 WHERE id = ANY(:notes)")
_ASIDE = text(
    """
    UPDATE invoice SET aside_why = :why, aside_by = :actor, aside_used = coalesce((SELECT sum(a.amount) FROM allocation a
        WHERE a.credit_note_id = invoice.id AND a.undone_at IS NULL), 0) WHERE id = ANY(:notes)
    """
)
_SAID = text(
    "SELECT credit_note_id AS note, invoice_id AS invoice FROM credit_decision "
    "WHERE creditor_id = :creditor AND invoice_id IS NOT NULL"
)
_TO_SETTLE = text("SELECT id FROM credit_decision WHERE creditor_id = :creditor AND to_settle ORDER BY id")
_SETTLED = text("UPDATE credit_decision SET to_settle = false WHERE id = ANY(:ids)")


async def set_against(
    connection: AsyncConnection, notes: Collection[int], invoices: Collection[int], actor: str, at: datetime
) -> None:
    """The credit notes are for these invoices, besides those their files name; the oldest takes first."""
    await connection.execute(_FORGET, {"notes": list(notes)})
    await connection.execute(_NOT_ASIDE, {"notes": list(notes)})
    await connection.execute(_SAY, {"notes": list(notes), "invoices": list(invoices), "actor": actor, "at": at})


async def leave(connection: AsyncConnection, notes: Collection[int], why: str, actor: str, at: datetime) -> None:
    """What is left of the credit notes settles nothing; what they have settled stays."""
    await connection.execute(_ASIDE, {"notes": list(notes), "why": why, "actor": actor})
    await connection.execute(_SAY, {"notes": list(notes), "invoices": [], "actor": actor, "at": at})


async def said_of_notes(connection: AsyncConnection, creditor: int) -> dict[int, frozenset[int]]:
    """The invoices persons said each credit note is for."""
    found: dict[int, set[int]] = defaultdict(set)
    for row in await rows_of(connection, _SAID, {"creditor": creditor}):
        found[row["note"]].add(row["invoice"])
    return {note: frozenset(invoices) for note, invoices in found.items()}


async def to_settle(connection: AsyncConnection, creditor: int) -> tuple[int, ...]:
    """What was said of credit notes that the books do not rest on yet; ask before the books are read."""
    return tuple(await connection.scalars(_TO_SETTLE, {"creditor": creditor}))


async def note_settled(connection: AsyncConnection, said: Sequence[int]) -> None:
    """The books now rest on it."""
    await connection.execute(_SETTLED, {"ids": list(said)})
