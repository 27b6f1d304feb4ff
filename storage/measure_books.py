"""The rows of commercial measures: written once, moved on by a statement that still finds the state it leaves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.measure import LiftedBy, MeasureKind, MeasureState, Origin
from storage import journal
from storage.bulk import rows_of
from storage.facts import lock, lock_debtor, open_cases_of, touch

SELECT = """
    SELECT m.*, d.number AS customer_number, d.name AS customer_name, d.company_number, d.zone, d.salesperson,
           coalesce(nullif(d.owner, ''), r.owner) AS owner, r.name AS creditor_name
    FROM measure m JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = m.creditor_id
"""
_READ = text(f"{SELECT} WHERE m.id = :id")
_STATE = text(f"{SELECT} WHERE m.state = :state ORDER BY m.id")
_INSERT = text(
    """
    INSERT INTO measure (creditor_id, customer_id, currency, kind, lifted_by, lower_limit, clause, why, origin, renews, review_on,
        review_days, state, proposed_by, proposed_at)
    SELECT d.creditor_id, d.id, :currency, :kind, :lifted_by, :lower_limit, :clause, :why, :origin, :renews, :review_on,
        :review_days, 'proposed', :by, :at
    FROM customer d WHERE d.id = :customer AND NOT EXISTS (
        SELECT FROM measure m WHERE m.customer_id = d.id AND m.currency = :currency AND m.kind = :kind
        AND m.state IN ('proposed', 'taken'))
    RETURNING id
    """
)
_COVER = text("INSERT INTO measure_case (measure_id, case_id) VALUES (:measure, :case)")
_COVERED = text("SELECT case_id FROM measure_case WHERE measure_id = :measure ORDER BY case_id")
_DECIDE = text(
    """
    UPDATE measure SET state = :state, decided_by = :by, decided_at = :at, decided_on = :on, overdue = :overdue,
        clause = coalesce(nullif(CAST(:clause AS text), ''), clause), review_on = coalesce(CAST(:review_on AS date), review_on),
        ended_how = :how
    WHERE id = :id AND state = 'proposed'
    """
)
_END = text(
    "UPDATE measure SET state = :state, ended_by = :by, ended_at = :at, ended_on = :on, ended_how = :how "
    "WHERE id = :id AND state = :before"
)


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with its customer, as it stands."""

    number: int
    creditor: int
    creditor_name: str
    customer: int
    customer_number: str
    customer_name: str
    company_number: str
    zone: str
    owner: str
    salesperson: str
    currency: str
    kind: MeasureKind
    lifted_by: LiftedBy
    lower_limit: int | None
    clause: str
    why: str
    origin: Origin
    renews: int | None
    review_on: date | None
    review_days: int | None
    state: MeasureState
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_on: date | None
    overdue: int
    ended_by: str
    ended_on: date | None
    ended_how: str

    @property
    def subject(self) -> str:
        """As questions and deadlines name it."""
        return f"measure:{self.number}"

    def today(self, at: datetime) -> date:
        """The customer's day."""
        return at.astimezone(ZoneInfo(self.zone)).date()


@dataclass(frozen=True, slots=True)
class NewMeasure:
    """What is proposed. `lower_limit` in minor units of `currency`."""

    customer: int
    currency: str
    kind: MeasureKind
    lifted_by: LiftedBy
    origin: Origin
    by: str
    lower_limit: int | None = None
    clause: str = ""
    why: str = ""
    renews: int | None = None
    review_on: date | None = None
    review_days: int | None = None


async def propose(connection: AsyncConnection, new: NewMeasure, cases: Iterable[int], at: datetime) -> int | None:
    """Write it down for these cases; None: one of its kind is proposed or stands. The customer is locked."""
    values = {
        "customer": new.customer, "currency": new.currency, "kind": new.kind, "lifted_by": new.lifted_by, "by": new.by,
        "lower_limit": new.lower_limit, "clause": new.clause, "why": new.why, "origin": new.origin, "renews": new.renews,
        "review_on": new.review_on, "review_days": new.review_days, "at": at,
    }  # fmt: skip
    number: int | None = await connection.scalar(_INSERT, values)
    if number is None:
        return None
    for case in sorted(set(cases)):
        await connection.execute(_COVER, {"measure": number, "case": case})
    await note(
        connection, number, new.customer, "measure_proposed", {"measure": number, "kind": new.kind, "actor": new.by}, at
    )
    return number


async def read(connection: AsyncConnection, number: int) -> MeasureRow | None:
    """The measure of this number."""
    rows = await rows_of(connection, _READ, {"id": number})
    return row_of(rows[0]) if rows else None


async def standing(connection: AsyncConnection, state: MeasureState) -> tuple[MeasureRow, ...]:
    """Every measure in this state."""
    return tuple(row_of(row) for row in await rows_of(connection, _STATE, {"state": state}))


async def cases_of(connection: AsyncConnection, number: int) -> tuple[int, ...]:
    """The cases it was proposed for."""
    return tuple(await connection.scalars(_COVERED, {"measure": number}))


async def open_of(connection: AsyncConnection, row: MeasureRow) -> tuple[int, ...]:
    """Those of its cases that are open."""
    still_open = set(await open_cases_of(connection, row.customer))
    return tuple(case for case in await cases_of(connection, row.number) if case in still_open)


async def lock_about(connection: AsyncConnection, row: MeasureRow) -> None:
    """Lock the cases of the measure with the open ones of its customer, then the customer."""
    await lock(connection, {*await cases_of(connection, row.number), *await open_cases_of(connection, row.customer)})
    await lock_debtor(connection, row.customer)


async def decide(
    connection: AsyncConnection, row: MeasureRow, state: MeasureState, by: str, at: datetime, *, overdue: int = 0,
    clause: str = "", review_on: date | None = None, how: str = "",
) -> bool:  # fmt: skip
    """A proposal is taken, refused or dropped; False: somebody was quicker."""
    values = {
        "id": row.number, "state": state, "by": by, "at": at, "on": row.today(at), "overdue": overdue, "clause": clause,
        "review_on": review_on, "how": how,
    }  # fmt: skip
    return bool((await connection.execute(_DECIDE, values)).rowcount)


async def end(connection: AsyncConnection, row: MeasureRow, by: str, how: str, at: datetime) -> bool:
    """A measure that stands is lifted; False: it stands no more."""
    values = {
        "id": row.number, "state": MeasureState.LIFTED, "before": MeasureState.TAKEN, "by": by, "at": at, "on": row.today(at),
        "how": how,
    }  # fmt: skip
    return bool((await connection.execute(_END, values)).rowcount)


async def note(
    connection: AsyncConnection, number: int, customer: int, kind: str, facts: Mapping[str, object], at: datetime,
    *, closed_too: bool = False,
) -> None:  # fmt: skip
    """In the customer's chain and in those of its cases that are open, which look again.

    `closed_too`: in those of its closed cases as well; the caller has locked them (`lock_about`).
    """
    still_open = set(await open_cases_of(connection, customer))
    cases = await cases_of(connection, number)
    for case in cases:
        if closed_too or case in still_open:
            await journal.append(connection, "case", case, kind, facts, at)
    await journal.append(connection, "customer", customer, kind, facts, at)
    await touch(connection, [case for case in cases if case in still_open])


def row_of(row: Mapping[str, Any]) -> MeasureRow:
    """A row of `SELECT`."""
    own = {
        name: row[name]
        for name in MeasureRow.__dataclass_fields__
        if name not in ("number", "creditor", "customer", "kind", "lifted_by", "origin", "state")
    }
    return MeasureRow(
        number=row["id"], creditor=row["creditor_id"], customer=row["customer_id"], kind=MeasureKind(row["kind"]),
        lifted_by=LiftedBy(row["lifted_by"]), origin=Origin(row["origin"]), state=MeasureState(row["state"]), **own,
    )  # fmt: skip
