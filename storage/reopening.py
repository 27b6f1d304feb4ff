"""Cases learn what happened to their invoice's money; one whose principal is open again goes on where it stood."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import holds, insolvency_holds, news, write_off_books, write_off_limits
from storage.bulk import append_to_cases
from storage.dossier_queries import PRINCIPAL
from storage.facts import cases_of, lock, touch
from storage.promises import COUNTS


@dataclass(frozen=True, slots=True)
class Moved:
    """Money that came to an invoice or left it; `amount` in minor units, `kind` as the journal names it."""

    invoice: int
    kind: str
    origin: str
    row: int
    amount: int
    value_date: date


UNSETTLED = f"""EXISTS (SELECT FROM hold h JOIN agreement a ON a.id = h.agreement_id
    WHERE h.case_id = c.id AND a.kind = 'settlement' AND a.ended_how = 'kept' AND a.amount > (
        SELECT coalesce(sum(l.amount), 0) FROM agreement_case o JOIN cases p ON p.id = o.case_id JOIN allocation l ON l.invoice_id = p.invoice_id
        WHERE o.agreement_id = a.id AND l.kind = 'payment' AND l.undone_at IS NULL AND {COUNTS}))"""  # noqa: S608
"""Whether the money that settled a case `c` for less went back."""
_UNSETTLED = text(
    f"""
    SELECT c.id, {PRINCIPAL} AS principal FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE (c.creditor_id = :creditor AND c.closed_at IS NOT NULL AND (c.outcome IN ('paid', 'credited')
        OR c.written_off_by = 'settlement' AND {UNSETTLED})
    AND {PRINCIPAL} > 0 OR c.creditor_id = :creditor AND c.outcome = 'written_off' AND {PRINCIPAL} <= 0
    OR c.creditor_id = :creditor AND c.outcome = 'written_off' AND {write_off_limits.OWED_BEYOND})
      AND NOT EXISTS (SELECT FROM cases o WHERE o.invoice_id = i.id AND (o.closed_at IS NULL OR o.id > c.id))
    ORDER BY c.id
    """  # noqa: S608 - no outside text
)
_REOPEN = text(
    "UPDATE cases SET closed_at = NULL, outcome = NULL, next_at = NULL, "
    "written_off = CASE WHEN written_off_by <> 'settlement' THEN written_off END, "
    "written_off_by = CASE WHEN written_off_by <> 'settlement' THEN written_off_by ELSE '' END WHERE id = ANY(:ids)"
)


@dataclass(frozen=True, slots=True)
class OpenAgain:
    """A closed case that goes on: its principal is open again (minor units), or was written off and is paid all the same."""

    case: int
    principal: int


async def tell_cases(connection: AsyncConnection, moves: Sequence[Moved], at: datetime) -> None:
    """Journal each movement on the case of its invoice and wake the open ones.

    Other open cases of the same customers are not woken, but what was reserved for them is decided anew: their
    messages may tell of this invoice.
    """
    cases = await cases_of(connection, (move.invoice for move in moves))
    await lock(connection, cases.all)
    by_kind: dict[str, list[tuple[int, dict[str, object]]]] = defaultdict(list)
    for move in moves:
        if move.invoice in cases.latest:
            facts: dict[str, object] = {move.origin: move.row, "amount": move.amount, "value_date": move.value_date}
            by_kind[move.kind].append((cases.latest[move.invoice], facts))
    for kind, entries in by_kind.items():
        await append_to_cases(connection, kind, entries, at)
    told = [(move.kind, _happened(cases.latest[move.invoice], move)) for move in moves if move.invoice in cases.latest]
    await news.of_money(connection, told, at)
    await holds.returned(connection, [case for case, _ in by_kind.get("payment_returned", ())], at)
    woken = set(cases.open.values())
    await touch(connection, woken)
    await touch(connection, cases.beside - woken, wake=False)


def _happened(case: int, move: Moved) -> news.Happened:
    """What came back did so today; its value date is that of the payment it undid."""
    on = None if move.kind == "payment_returned" else move.value_date
    return news.Happened(case, move.origin, move.row, move.amount, on)


async def open_again(connection: AsyncConnection, creditor: int) -> tuple[OpenAgain, ...]:
    """The creditor's cases whose end is no longer what their principal says (design 4.4)."""
    rows = (await connection.execute(_UNSETTLED, {"creditor": creditor})).all()
    return tuple(OpenAgain(row.id, row.principal) for row in rows)


async def reopen(connection: AsyncConnection, cases: Sequence[OpenAgain], at: datetime) -> None:
    """They go on where they stood: same case, same age, same steps behind it. What a person wrote off and the money of which
    came after all ends as paid; should it go back, the write-off stands again, for what was decided and no more."""
    ids = [one.case for one in cases]
    if ids:
        await lock(connection, ids)
        await connection.execute(_REOPEN, {"ids": ids})
        await write_off_books.undo_made_by(connection, ids, "settlement", at)
        await write_off_limits.narrow(connection, ids)
        await append_to_cases(connection, "reopened", [(one.case, {"principal": one.principal}) for one in cases], at)
        await insolvency_holds.follow(connection, ids, at)
        await touch(connection, ids)
