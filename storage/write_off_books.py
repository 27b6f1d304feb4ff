"""A write-off in the books: proposed, standing, reversed; what of an invoice it covers, and what becomes of its case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DeadlineKind
from policies.write_off import WriteOffReason
from storage import approvals, deadlines, insolvency_holds, journal, write_off_limits
from storage.dispute_sums import LEFT, OPEN
from storage.facts import lock, touch

REOPENED = "closed_at = NULL, outcome = NULL, next_at = NULL"

_MAKE = text(
    """
    INSERT INTO write_off (creditor_id, customer_id, currency, reason, remark, whole, state, made_by, proposed_by, proposed_at,
        decided_by, decided_at, stands_since)
    VALUES (:creditor, :customer, :currency, :reason, :remark, :whole, :state, :made_by, :by, :at, :decided_by,
        CAST(:decided_at AS timestamptz), CAST(:since AS date)) RETURNING id
    """
)
_ITEM = text(
    """
    INSERT INTO write_off_item (write_off_id, invoice_id, case_id, amount, net, vat)
    SELECT :write_off, i.id, :case, :amount, CASE WHEN plain.all THEN i.net END, CASE WHEN plain.all THEN i.vat END
    FROM cases c JOIN invoice i ON i.id = c.invoice_id
    CROSS JOIN LATERAL (SELECT i.net + i.vat = i.total AND CAST(:amount AS bigint) = i.total AS all) plain WHERE c.id = :case
    """
)
"""Net and VAT are plain where all of an invoice that states both is lost; of a part a person enters them, never by a rate."""
_READ = text(
    "SELECT w.*, d.number AS customer_number, d.name AS customer_name, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner, "
    "r.country AS creditor_country "
    "FROM write_off w JOIN customer d ON d.id = w.customer_id JOIN creditor r ON r.id = w.creditor_id WHERE w.id = :id"
)
_CASES = text("SELECT case_id FROM write_off_item WHERE write_off_id = :id ORDER BY case_id")
_LOCK = text("SELECT state FROM write_off WHERE id = :id FOR UPDATE")
_STAND = text(
    "UPDATE write_off SET state = 'standing', decided_by = :actor, decided_at = :at, stands_since = :today WHERE id = :id"
)
_DECIDED = text(
    """
    UPDATE write_off_item t SET amount = g.amount, net = CASE g.amount WHEN t.amount THEN t.net WHEN 0 THEN 0 END,
        vat = CASE g.amount WHEN t.amount THEN t.vat WHEN 0 THEN 0 END
    FROM (SELECT id, CASE WHEN :whole THEN :left ELSE least(amount, :left) END AS amount FROM write_off_item
          WHERE write_off_id = :id AND case_id = :case) g WHERE t.id = g.id
    """
)
"""What was decided about is what the question showed: what is still open, not what was when it was proposed."""
_REFUSE = text("UPDATE write_off SET state = 'refused', decided_by = :actor, decided_at = :at WHERE id = :id")
_REVERSE = text(
    "UPDATE write_off SET state = 'reversed', reversed_by = :actor, reversed_at = :at, reversed_why = :why WHERE id = :id"
)
_GIVE_UP = text("UPDATE cases SET written_off = :reason, written_off_by = :by WHERE id = :case AND written_off IS NULL")
_OWED_AGAIN = text(
    f"""
    UPDATE cases SET written_off = NULL, written_off_by = '', {REOPENED}
    WHERE id = ANY(:cases) AND (written_off IS NOT NULL OR outcome = 'written_off') AND withdrawn IS NULL AND NOT EXISTS (
        SELECT FROM write_off_item t JOIN write_off w ON w.id = t.write_off_id
        WHERE t.case_id = cases.id AND w.state = 'standing' AND w.whole) RETURNING id
    """  # noqa: S608 - no outside text
)
"""What is left of another write-off that stands as a whole stays given up."""
_OPEN = text(f"SELECT c.id, {OPEN} AS open FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases)")  # noqa: S608
_LEFT = text(
    f'SELECT c.id, {LEFT} AS "left" FROM cases c JOIN invoice i ON i.id = c.invoice_id WHERE c.id = ANY(:cases) '  # noqa: S608
    "ORDER BY c.id"
)
_OF_CASE = text(
    f'SELECT c.creditor_id, c.customer_id, c.currency, {LEFT} AS "left" FROM cases c JOIN invoice i ON i.id = c.invoice_id '  # noqa: S608
    "WHERE c.id = :case"
)
_OF_CASES = text(
    "SELECT DISTINCT w.id FROM write_off w JOIN write_off_item t ON t.write_off_id = w.id "
    "WHERE t.case_id = ANY(:cases) AND w.state = 'standing' AND w.made_by = :made_by ORDER BY w.id"
)
_UNDO = text("UPDATE write_off SET state = 'reversed', reversed_by = :by, reversed_at = :at WHERE id = ANY(:ids)")


@dataclass(frozen=True, slots=True)
class NewWriteOff:
    """What is given up of a customer, in one currency; `items`: minor units by case."""

    creditor: int
    customer: int
    currency: str
    reason: WriteOffReason
    remark: str
    whole: bool
    items: Mapping[int, int]
    made_by: str = ""


def subject_of(number: int) -> str:
    """What questions and deadlines call it."""
    return f"write_off:{number}"


def number_of(subject: str) -> int:
    """The number in `write_off:12`; 0: it is about something else."""
    kind, _, number = subject.partition(":")
    return int(number) if kind == "write_off" and number.isdigit() else 0


async def propose(connection: AsyncConnection, new: NewWriteOff, by: str, at: datetime) -> int:
    """Write it down; nothing is given up yet. Its cases are locked."""
    number = await _insert(connection, new, "proposed", by, at, None)
    for case, amount in new.items.items():
        facts = {"write_off": number, "amount": amount, "reason": new.reason.value, "actor": by}
        await journal.append(connection, "case", case, "write_off_proposed", facts, at)
    return number


async def book(connection: AsyncConnection, new: NewWriteOff, by: str, today: date, at: datetime) -> int:
    """Write down one that stands already: its cases say so themselves, and their journal."""
    return await _insert(connection, new, "standing", by, at, today)


async def book_case(
    connection: AsyncConnection, case: int, reason: WriteOffReason, remark: str, made_by: str, by: str, today: date,
    at: datetime,
) -> None:  # fmt: skip
    """The same of one case, as a whole."""
    row = (await connection.execute(_OF_CASE, {"case": case})).one()
    new = NewWriteOff(
        row.creditor_id, row.customer_id, row.currency, reason, remark, True, {case: max(0, row.left)}, made_by
    )
    await book(connection, new, by, today, at)


async def _insert(
    connection: AsyncConnection, new: NewWriteOff, state: str, by: str, at: datetime, since: date | None
) -> int:
    decided = since is not None
    values: dict[str, Any] = {
        "creditor": new.creditor, "customer": new.customer, "currency": new.currency, "reason": new.reason.value,
        "remark": new.remark, "whole": new.whole, "state": state, "made_by": new.made_by, "by": by, "at": at,
        "decided_by": by if decided else "", "decided_at": at if decided else None, "since": since,
    }  # fmt: skip
    number = int(await connection.scalar(_MAKE, values))
    for case, amount in new.items.items():
        await connection.execute(_ITEM, {"write_off": number, "case": case, "amount": amount})
    return number


async def read(connection: AsyncConnection, number: int) -> RowMapping | None:
    """The row, with its customer; None: there is none of this number."""
    return (await connection.execute(_READ, {"id": number})).mappings().first()


async def cases_of(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    """The cases it is about."""
    return tuple(await connection.scalars(_CASES, {"id": number}))


async def state_of(connection: AsyncConnection, number: int) -> str:
    """Where it stands; its row is locked until the end of the transaction."""
    return str(await connection.scalar(_LOCK, {"id": number}) or "")


async def stand(connection: AsyncConnection, number: int, actor: str, today: date, at: datetime) -> None:
    """A person decided: its cases are given up, as a whole or in the part named, and end at their next look."""
    cases = await cases_of(connection, number)
    await lock(connection, cases)
    row = await read(connection, number)
    if row is None or await state_of(connection, number) != "proposed":
        return
    left = await left_of(connection, cases)
    for case in cases:
        values = {"id": number, "case": case, "left": left.get(case, 0), "whole": row["whole"]}
        await connection.execute(_DECIDED, values)
    await connection.execute(_STAND, {"id": number, "actor": actor, "at": at, "today": today})
    for case, principal in await _open(connection, cases):
        if row["whole"]:
            await connection.execute(_GIVE_UP, {"case": case, "reason": _words(row), "by": ""})
        facts = {"actor": actor, "principal": principal, "write_off": number, "reason": row["reason"]}
        await journal.append(connection, "case", case, "written_off" if row["whole"] else "written_off_part", facts, at)
    await approvals.void(connection, cases, "written off", at)
    await touch(connection, cases)


async def refuse(connection: AsyncConnection, number: int, actor: str, at: datetime) -> None:
    """It is not given up; nothing changes. What is decided already stays so."""
    cases = await cases_of(connection, number)
    await lock(connection, cases)
    if await state_of(connection, number) != "proposed":
        return
    await connection.execute(_REFUSE, {"id": number, "actor": actor, "at": at})
    for case in cases:
        facts = {"write_off": number, "actor": actor}
        await journal.append(connection, "case", case, "write_off_refused", facts, at)


async def reverse(connection: AsyncConnection, number: int, actor: str, why: str, today: date, at: datetime) -> None:
    """It is owed again: its cases go on at their age, at the step they had reached. Its deadline for the VAT is dropped."""
    cases = await cases_of(connection, number)
    await lock(connection, cases)
    await connection.execute(_REVERSE, {"id": number, "actor": actor, "at": at, "why": why})
    await write_off_limits.narrow(connection, cases)
    again = set(await connection.scalars(_OWED_AGAIN, {"cases": list(cases)}))
    for case, left in await _open(connection, cases):
        await journal.append(
            connection, "case", case, "write_off_reversed", {"write_off": number, "actor": actor, "principal": left}, at
        )
        if case in again:
            await journal.append(connection, "case", case, "reopened", {"principal": left}, at)
    await insolvency_holds.follow(connection, sorted(again), at)
    await deadlines.drop(
        connection, subject_of(number), "the write-off was reversed", today, actor, at, kind=DeadlineKind.VAT_RECOVERY
    )
    await touch(connection, cases)


async def undo_made_by(connection: AsyncConnection, cases: Iterable[int], made_by: str, at: datetime) -> None:
    """What `made_by` wrote off is owed again by the same word; the cases are told by whoever calls."""
    values = {"cases": sorted(cases), "made_by": made_by}
    ids = list(await connection.scalars(_OF_CASES, values))
    if ids:
        await connection.execute(_UNDO, {"ids": ids, "by": made_by, "at": at})


async def left_of(connection: AsyncConnection, cases: Iterable[int]) -> dict[int, int]:
    """What is open of each and not written off in part, in minor units, by case."""
    return {row.id: row.left for row in await connection.execute(_LEFT, {"cases": sorted(cases)}) if row.left > 0}


async def _open(connection: AsyncConnection, cases: Sequence[int]) -> list[tuple[int, int]]:
    rows = await connection.execute(_OPEN, {"cases": list(cases)})
    return sorted((row.id, row.open) for row in rows)


def _words(row: RowMapping) -> str:
    return f"{row['reason']}: {row['remark']}" if row["remark"] else str(row["reason"])
