"""What is declared in proceedings: every older invoice, as it stood at the end of the day before the judgment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.claim_file import ClaimFile, FileChoice
from policies.stages import Channel
from policies.write_off import WAIVED
from storage.accessories import statement_of
from storage.claim_file import claim_file
from storage.dossier import load
from storage.insolvency_views import InsolvencyView, show_in
from storage.session import reading

NO_CHANNELS: frozenset[Channel] = frozenset()


@dataclass(frozen=True, slots=True)
class Declared:
    """One invoice of the declaration, in minor units of its currency. `interest` None: it is declared in words, no rate is known."""

    invoice: str
    case: int | None
    issued: date | None
    due: date
    currency: str
    total: int
    open: int
    interest: int | None
    flat: int


_OLDER = text(
    """
    SELECT * FROM (
        SELECT i.number AS invoice, max(c.id) AS case, i.issued, i.due, i.currency, i.total, i.total - i.prepaid - coalesce((
            SELECT sum(a.amount) FROM allocation a LEFT JOIN invoice n ON n.id = a.credit_note_id
            WHERE a.invoice_id = i.id AND a.undone_at IS NULL
              AND (a.value_date <= :eve OR a.kind = 'credit_note' AND coalesce(n.source, '') <> 'set-off')), 0)::bigint - coalesce((
            SELECT sum(t.amount) FROM write_off_item t JOIN write_off w ON w.id = t.write_off_id WHERE t.invoice_id = i.id
              AND w.state = 'standing' AND NOT w.whole AND w.reason = ANY(:waived)), 0)::bigint AS open
        FROM invoice i LEFT JOIN cases c ON c.invoice_id = i.id
        WHERE i.customer_id = :customer AND i.kind = 'invoice' AND (i.issued IS NULL OR i.issued <= :eve)
          AND NOT EXISTS (SELECT FROM cases x WHERE x.invoice_id = i.id AND (x.withdrawn IS NOT NULL
              OR x.written_off IS NOT NULL AND NOT EXISTS (SELECT FROM write_off_item t JOIN write_off w ON w.id = t.write_off_id
                  WHERE t.case_id = x.id AND w.state = 'standing' AND NOT w.reason = ANY(:waived))))
        GROUP BY i.id
    ) one WHERE open > 0 ORDER BY due, invoice
    """
)
"""A credit note says that so much was never owed, whatever its day. What is written off in our books is owed all the same,
and declared, unless the customer was let off it or it can be claimed no more."""
_WAIVED = [reason.value for reason in WAIVED]


async def principal_of(connection: AsyncConnection, found: InsolvencyView) -> tuple[Declared, ...]:
    """The older invoices with what was open of each, without interest: a matter of one query."""
    rows = await connection.execute(_OLDER, {"customer": found.customer, "eve": found.eve, "waived": _WAIVED})
    return tuple(Declared(**row, interest=0, flat=0) for row in rows.mappings())


def content_of(lines: Sequence[Declared]) -> str:
    """What is declared, as it is compared with the books later."""
    return "; ".join(f"{line.invoice}={line.open} {line.currency}" for line in lines)


def has_changed(found: InsolvencyView, lines: Sequence[Declared]) -> bool:
    """Whether something else stands in the books than what was approved, declared or given up."""
    return found.claim != "open" and bool(found.claimed) and found.claimed != content_of(lines)


async def claim_of(connection: AsyncConnection, found: InsolvencyView, at: datetime) -> tuple[Declared, ...]:
    """The same with interest and flat sums as the law allows them up to that day (C. com. L622-28)."""
    lines = await principal_of(connection, found)
    dossiers = await load(connection, [one.case for one in lines if one.case is not None], at, NO_CHANNELS)
    said = []
    for one in lines:
        dossier = None if one.case is None else dossiers.get(one.case)
        statement = None if dossier is None else await statement_of(connection, dossier, found.eve, whole=True)
        if statement is None:
            said.append(one)
            continue
        interest = 0 if statement.interest is None and one.due >= found.eve else statement.interest
        said.append(replace(one, interest=interest, flat=statement.flat or 0))
    return tuple(said)


async def claim_for(number: int, at: datetime) -> tuple[InsolvencyView, tuple[Declared, ...]] | None:
    """Proceedings with what is declared in them; None: there are none of this number."""
    async with reading() as connection:
        found = await show_in(connection, number)
        return None if found is None else (found, await claim_of(connection, found, at))


async def file_for(number: int, at: datetime) -> tuple[InsolvencyView, tuple[Declared, ...], ClaimFile] | str:
    """Everything the file of a declaration is made of, or the sentence why there is none."""
    async with reading() as connection:
        found = await show_in(connection, number)
        if found is None:
            return f"There are no proceedings {number}. See ./relance insolvency list."
        lines = await claim_of(connection, found, at)
        cases = [one.case for one in lines if one.case is not None]
        if not cases:
            return "Nothing older than the judgment is open: there is nothing to declare."
        if len({one.currency for one in lines}) > 1:
            return "The claim is in several currencies: declare each by itself, with ./relance insolvency show."
        choice = FileChoice("fr", receiver=found.representative.name, reference=found.proceedings)
        return found, lines, await claim_file(connection, cases, _end_of(found), choice)


def _end_of(found: InsolvencyView) -> datetime:
    """The last moment before the judgment, where the customer is."""
    return datetime.combine(found.eve, time(23, 59), ZoneInfo(found.zone))


def totals(lines: Sequence[Declared]) -> dict[str, int]:
    """What is declared altogether, by currency, with the interest and flat sums that have a figure."""
    sums: dict[str, int] = {}
    for one in lines:
        sums[one.currency] = sums.get(one.currency, 0) + one.open + (one.interest or 0) + one.flat
    return sums
