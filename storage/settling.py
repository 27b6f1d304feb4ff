"""Setting money against invoices: what stands is brought to what the law of settlement says, and cases learn of it."""

from asyncio import to_thread
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.settlement import Settlement
from storage import credit_decisions, open_credits
from storage.bulk import chunks
from storage.facts import cases_of, lock, touch
from storage.importing import importing
from storage.line_matches import changed_lines, tell_matches
from storage.match_decisions import creditors_unsettled, note_settled, to_settle
from storage.reopening import Moved, open_again, reopen, tell_cases
from storage.settling_books import Books, Place, read_books
from storage.settling_lines import Settled, settled, used

_LOCK = text("SELECT id FROM invoice WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE")
"""Whoever holds a case may write a row that names its invoice meanwhile: that needs the key alone, and waits for nobody."""
_UNDO = text(
    """
    UPDATE allocation SET undone_at = g.at
    FROM unnest(CAST(:ids AS bigint[]), CAST(:moments AS timestamptz[])) AS g(id, at) WHERE allocation.id = g.id
    """
)
_ALLOCATE = text(
    """
    INSERT INTO allocation (kind, payment_id, credit_note_id, invoice_id, amount, value_date, why)
    SELECT g.kind, CASE WHEN g.kind <> 'credit_note' THEN g.row END, CASE g.kind WHEN 'credit_note' THEN g.row END,
           g.invoice, g.amount, g.value_date, g.why
    FROM unnest(CAST(:kinds AS text[]), CAST(:rows AS bigint[]), CAST(:invoices AS bigint[]),
        CAST(:amounts AS bigint[]), CAST(:days AS date[]), CAST(:whys AS text[]))
        AS g(kind, row, invoice, amount, value_date, why)
    """
)
_SUMS = text(
    """
    UPDATE invoice SET paid = s.paid, credited = s.credited FROM (
        SELECT i.id, coalesce(sum(a.amount) FILTER (WHERE a.kind = 'payment'), 0) AS paid,
               coalesce(sum(a.amount) FILTER (WHERE a.kind <> 'payment'), 0) AS credited
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
    """Bring allocations to what the laws of matching and settlement say for everything known of the creditor.

    Since that is a function of all facts, and of what persons decided, lines and invoices may come in any order, late or
    back-dated. Only differences are written; the cases of the invoices concerned are journalled, reopened where needed,
    and woken. Answers what is set against invoices per payment, in minor units (negative: a return that undid one).
    """
    decisions, said = await to_settle(connection, creditor), await credit_decisions.to_settle(connection, creditor)
    books = await read_books(connection, creditor)
    done = await to_thread(settled, books)  # a hundred thousand lines take seconds, and others go on
    gone = [place for place, row in books.standing.items() if done.wanted.get(place) != row.amount]
    made = [place for place, share in done.wanted.items() if _stood(books, place) != share]
    invoices = sorted({invoice for _, invoice, _ in (*gone, *made)})
    if invoices:
        await connection.execute(_LOCK, {"ids": invoices})
        await _undo(connection, books, gone, done.settlement, at)
        await _allocate(connection, books, made, done)
        for part in chunks(invoices):
            await connection.execute(_SUMS, {"ids": list(part)})
    taken = used(books, done)
    await _write_used(connection, books, {books.origins[line].row: amount for line, amount in taken.items()})
    changed = await changed_lines(connection, creditor, books, done, taken)
    again = await open_again(connection, creditor)
    cleared = await open_credits.cleared(connection, creditor)
    await _lock_cases(connection, {*invoices, *changed.invoices}, {*cleared, *(one.case for one in again)})
    if invoices:
        await tell_cases(connection, _moves(books, done, {*gone, *made}), at)
    await tell_matches(connection, creditor, changed, at)
    await reopen(connection, again, at)
    await touch(connection, cleared)
    await note_settled(connection, decisions)
    await credit_decisions.note_settled(connection, said)
    return {books.origins[line].row: amount for line, amount in taken.items()}


async def _lock_cases(connection: AsyncConnection, invoices: Iterable[int], cases: Iterable[int]) -> None:
    """Lock every case that will hear of it at once and in one order: two facts that lock by and by wait for each other."""
    await lock(connection, {*(await cases_of(connection, invoices)).all, *cases})


async def settle_decided(at: datetime) -> None:
    """Settle the books of every creditor with decisions they do not rest on yet. Called twice it does nothing more."""
    for creditor in await creditors_unsettled():
        async with importing(creditor) as connection:
            await settle_all(connection, creditor, at)


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
        moments = [
            datetime.combine(returned_on[line], time(), UTC) if line in returned_on else at for line, _, _ in part
        ]
        ids = [books.standing[place].id for place in part]
        await connection.execute(_UNDO, {"ids": ids, "moments": moments})


async def _allocate(connection: AsyncConnection, books: Books, made: Sequence[Place], done: Settled) -> None:
    for part in chunks(made):
        origins = [books.origins[line] for line, _, _ in part]
        values = {
            "kinds": [kind for _, _, kind in part],
            "rows": [origin.row for origin in origins],
            "invoices": [invoice for _, invoice, _ in part],
            "amounts": [done.wanted[place] for place in part],
            "days": [origin.value_date for origin in origins],
            "whys": [done.why(place) for place in part],
        }
        await connection.execute(_ALLOCATE, values)


async def _write_used(connection: AsyncConnection, books: Books, amounts: Mapping[int, int]) -> None:
    different = [(row, amount) for row, amount in amounts.items() if books.allocated[row] != amount]
    for part in chunks(different):
        values = {"ids": [row for row, _ in part], "allocated": [amount for _, amount in part]}
        await connection.execute(_USED, values)


def _moves(books: Books, done: Settled, places: set[Place]) -> list[Moved]:
    """What changed, line by line, in the order of the lines' value dates."""
    moves = []
    for place in sorted(places, key=lambda place: (books.origins[place[0]].value_date, place)):
        line, invoice, how = place
        origin = books.origins[line]
        change = done.wanted.get(place, 0) - _stood(books, place)
        kind = _kind(how, change, line in done.settlement.returned)
        moves.append(Moved(invoice, kind, origin.kind, origin.row, abs(change), origin.value_date))
    return moves


def _kind(how: str, change: int, returned: bool) -> str:
    if how == "difference":
        return "difference_let_go" if change > 0 else "difference_owed_again"
    if how == "credit_note":
        return "credited" if change > 0 else "credit_moved"
    if change > 0:
        return "paid"
    return "payment_returned" if returned else "payment_moved"
