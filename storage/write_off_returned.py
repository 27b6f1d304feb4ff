"""A page for the VAT that came back after it had left, or that only the local sink had: the debtor was not told, and it may be
sent again; its last date stands as before."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import deadlines, journal
from storage.live_route import GOES_LIVE
from storage.session import reading, transaction
from storage.write_off_vat import BY_MAIL, how_met, locked, set_last_date
from storage.write_off_views import WriteOffView, today_of

BY = "relance"
SUNK = "only the local sink had it"
_RETURNED = text(
    f"""
    SELECT w.id, k.id AS letter, CASE m.state WHEN 'confirmed' THEN '{SUNK}' ELSE m.words END AS why
    FROM write_off w JOIN customer d ON d.id = w.customer_id JOIN creditor r ON r.id = w.creditor_id
    CROSS JOIN LATERAL (SELECT k.id, k.message_id FROM correspondence k WHERE k.kind = 'vat_duplicate'
                        AND k.subject = 'write_off:' || w.id ORDER BY k.id DESC LIMIT 1) k
    JOIN message m ON m.id = k.message_id
    WHERE w.state = 'standing' AND w.vat_how = '{BY_MAIL}' AND w.vat_sent_on IS NOT NULL
      AND (m.state = 'refused' OR m.state = 'confirmed' AND m.route = 'sink' AND {GOES_LIVE}) ORDER BY w.id
    """  # noqa: S608 - no outside text
)
_UNSENT = text("UPDATE write_off SET vat_sent_on = NULL, vat_how = '' WHERE id = :id")
_GIVE_UP = text("UPDATE correspondence SET state = 'dropped', words = :why WHERE id = :letter")


async def note_returned(at: datetime) -> None:
    """One round; called twice it does nothing more."""
    async with reading() as connection:
        numbers = [row.id for row in (await connection.execute(_RETURNED)).all()]
    for number in numbers:
        async with transaction() as connection:
            view = await locked(connection, number)
            for row in (await connection.execute(_RETURNED)).all():
                if row.id == number and not isinstance(view, list):
                    await connection.execute(_GIVE_UP, {"letter": row.letter, "why": row.why})
                    await _back(connection, view, row.why, at)


async def is_to_note() -> bool:
    """Whether a round has something to do."""
    async with reading() as connection:
        return (await connection.execute(_RETURNED)).first() is not None


async def _back(connection: AsyncConnection, view: WriteOffView, why: str, at: datetime) -> None:
    await connection.execute(_UNSENT, {"id": view.number})
    customer, how = view.row["customer_id"], how_met(view.number, BY_MAIL)
    await deadlines.was_not_met(connection, customer, how, why, today_of(view, at), BY, at)
    if view.row["closed_on"] is not None:
        await set_last_date(connection, view, view.row["closed_on"], BY, at)
    for one in view.items:
        await journal.append(connection, "case", one.case, "vat_duplicate_returned", {"write_off": view.number}, at)
