"""Setting money against invoices: what stands is brought to what the law of settlement says, and cases learn of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.settlement import Settlement, settle
from storage.bulk import chunks
from storage.reopening import Moved, reopen_unsettled, tell_cases
from storage.settling_books import NAMED, Books, Place, read_books

_LOCK = text("SELECT id FROM invoice WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")
_UNDO = text(
    """
    UPDATE allocation SET undone_at = g.at
    FROM unnest(CAST(:ids AS bigint[]), CAST(:moments AS timestamptz[])) AS g(id, at) WHERE allocation.id = g.id
    """
)
_ALLOCATE = text(
    """
    INSERT INTO allocation (kind, payment_id, credit_note_id, invoice_id, amount, value_date, why)
    SELECT g.kind, CASE g.kind WHEN 'payment' THEN g.row END, CASE g.kind WHEN 'credit_note' THEN g.row END, g.invoice,
           g.amount, g.value_date, :why
    FROM unnest(CAST(:kinds AS text[]), CAST(:rows AS bigint[]), CAST(:invoices AS bigint[]),
    CAST(:amounts AS bigint[]),
        CAST(:days AS date[])) AS g(kind, row, invoice, amount, value_date)
    """
)
_SUMS = text(
    """
    UPDATE invoice SET paid = s.paid, credited = s.credited FROM (
        SELECT i.id, coalesce(sum(a.amount) FILTER (WHERE a.kind = 'payment'), 0) AS paid,
               coalesce(sum(a.amount) FILTER (WHERE a.kind = 'credit_note'), 0) AS credited
        FROM invoice i LEFT JOIN allocation a ON a.invoice_id = i.id AND a.undone_at IS NULL
        WHERE i.id = ANY(:ids) GROUP BY i.id
    ) s WHERE invoice.id = s.id
    """
)
_USED = text(
    """
    UPDATE payment SET allocated = g.allocated
    FROM unnest(CAST(:ids AS bigint[]), CAST(:allocated AS bigint[])) AS g(id, allocated) WHERE payment.id = g.id
    """
)


async def settle_all(connection: AsyncConnection, creditor: int, at: datetime) -> Mapping[int, int]:
    """Bring allocations to what the law of settlement says for everything known of the creditor.

    Since that is a function of all facts, lines and invoices may come in any order, late or back-dated. Only
    differences are written; the cases of the invoices concerned are journalled, reopened where needed, and woken.
    Answers what is set against invoices per payment, in minor units (negative: a return that undid a payment).
    """
    books = await read_books(connection, creditor)
    result = settle(books.items, books.lines)
    gone = [place for place, row in books.standing.items() if result.shares.get(place) != row.amount]
    made = [place for place, share in result.shares.items() if _stood(books, place) != share]
    invoices = sorted({invoice for _, invoice in (*gone, *made)})
    if invoices:
        await connection.execute(_LOCK, {"ids": invoices})
        await _undo(connection, books, gone, result, at)
        await _allocate(connection, books, made, result)
        for part in chunks(invoices):
            await connection.execute(_SUMS, {"ids": list(part)})
    used = _used(books, result)
    await _write_used(connection, books, used)
    if invoices:
        await tell_cases(connection, _moves(books, result, {*gone, *made}), at)
    await reopen_unsettled(connection, creditor, at)
    return used


def _stood(books: Books, place: Place) -> int:
    row = books.standing.get(place)
    return row.amount if row else 0


async def _undo(
    connection: AsyncConnection, books: Books, gone: Sequence[Place], result: Settlement, at: datetime
) -> None:
    """What stands no longer is undone: on the value date of the return that took it back, else now."""
    returned_on: dict[str, date] = {}
    for back, payment in result.returns.items():
        returned_on[payment] = max(books.origins[back].value_date, returned_on.get(payment, date.min))
    for part in chunks(gone):
        moments = [datetime.combine(returned_on[line], time(), UTC) if line in returned_on else at for line, _ in part]
        ids = [books.standing[place].id for place in part]
        await connection.execute(_UNDO, {"ids": ids, "moments": moments})


async def _allocate(connection: AsyncConnection, books: Books, made: Sequence[Place], result: Settlement) -> None:
    for part in chunks(made):
        origins = [books.origins[line] for line, _ in part]
        values = {
            "kinds": [origin.kind for origin in origins],
            "rows": [origin.row for origin in origins],
            "invoices": [invoice for _, invoice in part],
            "amounts": [result.shares[place] for place in part],
            "days": [origin.value_date for origin in origins],
            "why": NAMED,
        }
        await connection.execute(_ALLOCATE, values)


def _used(books: Books, result: Settlement) -> dict[int, int]:
    """What of each payment has found its place: set against invoices, decided by a person, or gone back."""
    sums: dict[str, int] = defaultdict(int)
    for (line, _), share in result.shares.items():
        sums[line] += share
    for line, amount in (*books.fixed.items(), *result.returned.items()):
        sums[line] += amount
    for back in result.returns:
        sums[back] += books.origins[back].amount
    return {origin.row: sums[line] for line, origin in books.origins.items() if origin.kind == "payment"}


async def _write_used(connection: AsyncConnection, books: Books, used: Mapping[int, int]) -> None:
    different = [(row, amount) for row, amount in used.items() if books.allocated[row] != amount]
    for part in chunks(different):
        values = {"ids": [row for row, _ in part], "allocated": [amount for _, amount in part]}
        await connection.execute(_USED, values)


def _moves(books: Books, result: Settlement, places: set[Place]) -> list[Moved]:
    """What changed, line by line, in the order of the lines' value dates."""
    moves = []
    for line, invoice in sorted(places, key=lambda place: (books.origins[place[0]].value_date, place)):
        origin = books.origins[line]
        change = result.shares.get((line, invoice), 0) - _stood(books, (line, invoice))
        kind = _kind(origin.kind, change, line in result.returned)
        moves.append(Moved(invoice, kind, origin.kind, origin.row, abs(change), origin.value_date))
    return moves


def _kind(origin: str, change: int, returned: bool) -> str:
    if origin == "credit_note":
        return "credited" if change > 0 else "credit_moved"
    if change > 0:
        return "paid"
    return "payment_returned" if returned else "payment_moved"
