"""Deadlines as people look at them: the last day, the article, what it is about and what is still owed of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.deadline import DEADLINE_LAWS, Deadline, DeadlineKind
from policies.deadline_warnings import next_warning, warning_due
from storage.deadlines import BY, SETTLED
from storage.dispute_sums import OPEN
from storage.session import reading


@dataclass(frozen=True, slots=True)
class DeadlineCovered:
    """A case a deadline concerns; `open` in minor units of its currency."""

    case: int
    invoice: str
    currency: str
    open: int
    is_closed: bool


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """One deadline with whom it concerns. `today` is the customer's day."""

    deadline: Deadline
    creditor: int
    customer: int
    customer_number: str
    customer_name: str
    owner: str
    state: str
    set_on: date
    ended_on: date | None
    ended_how: str
    ended_by: str
    today: date
    cases: tuple[DeadlineCovered, ...] = ()
    goes_on: bool = False
    """It is of a court file that goes on for interest and costs though its principal is paid."""

    @property
    def currency(self) -> str:
        """The currency of its cases; empty where it has none, or several."""
        known = {one.currency for one in self.cases}
        return known.pop() if len(known) == 1 else ""

    @property
    def open(self) -> int:
        """What is open of its cases, in minor units of `currency`; 0 where that is not one."""
        return sum(one.open for one in self.cases) if self.currency else 0

    @property
    def is_over(self) -> bool:
        """Every case it concerns is closed, and it matters no longer."""
        outlives = DEADLINE_LAWS[self.deadline.kind].outlives
        return bool(self.cases) and not outlives and not self.goes_on and all(one.is_closed for one in self.cases)

    @property
    def warning(self) -> int | None:
        """The warning that is due today; None: nobody is asked."""
        return None if self.state != "standing" or self.is_over else warning_due(self.deadline, self.today)

    @property
    def next_ask(self) -> date | None:
        """The next day on which a person is asked; None: never again."""
        return None if self.state != "standing" or self.is_over else next_warning(self.deadline, self.today)


_GOES_ON = """EXISTS (SELECT FROM question q JOIN legal_file f ON q.subject = 'legal_file:' || f.id
    WHERE q.subject = x.subject AND q.kind = 'court_paid' AND q.state = 'answered' AND f.ended_on IS NULL)"""
_SELECT = f"""
    SELECT x.id, x.kind, x.subject, x.what, x.last_day, x.article, x.first, x.second, x.state, x.set_on, x.ended_on,
           x.ended_how, x.ended_by, x.creditor_id, x.customer_id, d.number, d.name,
           coalesce(nullif(d.owner, ''), r.owner) AS owner,
           (CAST(:as_of AS timestamptz) AT TIME ZONE d.zone)::date AS today, {_GOES_ON} AS goes_on,
           ARRAY(SELECT q.step FROM question q WHERE q.subject = 'deadline:' || x.id AND q.kind = 'deadline'
                 AND q.state = 'answered') AS seen
    FROM deadline x JOIN customer d ON d.id = x.customer_id JOIN creditor r ON r.id = x.creditor_id
"""  # noqa: S608 - no outside text
_STANDING = text(f"{_SELECT} WHERE x.state = 'standing' ORDER BY x.last_day, x.id")
_AWAKING = text(
    f"""
    {_SELECT} WHERE x.state = 'dropped' AND x.ended_by = '{BY}' AND x.ended_how = '{SETTLED}' AND ({_GOES_ON} OR EXISTS (
        SELECT FROM deadline_case k JOIN cases c ON c.id = k.case_id WHERE k.deadline_id = x.id AND c.closed_at IS NULL))
    ORDER BY x.id
    """
)
"""Those that were dropped because everything was settled, and no longer is."""
_ALL = text(f"{_SELECT} ORDER BY x.last_day, x.id")
_ONE = text(f"{_SELECT} WHERE x.id = :id")
_OF_CASE = text(
    f"""
    {_SELECT} WHERE EXISTS (SELECT FROM deadline_case k WHERE k.deadline_id = x.id AND k.case_id = :case)
        OR x.customer_id = (SELECT customer_id FROM cases WHERE id = :case)
        AND NOT EXISTS (SELECT FROM deadline_case k WHERE k.deadline_id = x.id)
    ORDER BY x.last_day, x.id
    """  # noqa: S608 - no outside text
)
_COVERED = text(
    f"""
    SELECT k.deadline_id, c.id, i.number, i.currency, {OPEN} AS open, c.closed_at IS NOT NULL AS closed
    FROM deadline_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE k.deadline_id = ANY(:ids) ORDER BY i.due, c.id
    """  # noqa: S608 - no outside text
)


async def standing(as_of: datetime) -> tuple[DeadlineView, ...]:
    """Every deadline that stands, the nearest first."""
    async with reading() as connection:
        return await standing_in(connection, as_of)


async def standing_in(connection: AsyncConnection, as_of: datetime) -> tuple[DeadlineView, ...]:
    """The same within a transaction."""
    return await _views(connection, (await connection.execute(_STANDING, {"as_of": as_of})).mappings().all())


async def awaking_in(connection: AsyncConnection, as_of: datetime) -> tuple[DeadlineView, ...]:
    """Those dropped when everything was settled, of which something is open again or goes on."""
    return await _views(connection, (await connection.execute(_AWAKING, {"as_of": as_of})).mappings().all())


async def every(as_of: datetime) -> tuple[DeadlineView, ...]:
    """Every deadline there is or was, by its last day."""
    async with reading() as connection:
        return await _views(connection, (await connection.execute(_ALL, {"as_of": as_of})).mappings().all())


async def one_in(connection: AsyncConnection, number: int, as_of: datetime) -> DeadlineView | None:
    """The deadline numbered `number`."""
    rows = (await connection.execute(_ONE, {"as_of": as_of, "id": number})).mappings().all()
    return next(iter(await _views(connection, rows)), None)


async def of_case(case: int, as_of: datetime) -> tuple[DeadlineView, ...]:
    """The deadlines that concern a case, those of its whole customer too: also what is met or dropped."""
    async with reading() as connection:
        rows = (await connection.execute(_OF_CASE, {"as_of": as_of, "case": case})).mappings().all()
        return await _views(connection, rows)


async def _views(connection: AsyncConnection, rows: Iterable[RowMapping]) -> tuple[DeadlineView, ...]:
    found = list(rows)
    covered: dict[int, list[DeadlineCovered]] = {row["id"]: [] for row in found}
    if found:
        for one in await connection.execute(_COVERED, {"ids": list(covered)}):
            covered[one.deadline_id].append(
                DeadlineCovered(one.id, one.number, one.currency, max(one.open, 0), one.closed)
            )
    return tuple(_view(row, tuple(covered[row["id"]])) for row in found)


def _view(row: RowMapping, cases: tuple[DeadlineCovered, ...]) -> DeadlineView:
    deadline = Deadline(
        row["id"], DeadlineKind(row["kind"]), row["last_day"], row["article"], row["first"], row["second"], row["what"],
        row["subject"], frozenset(int(step) for step in row["seen"] if step),
    )  # fmt: skip
    return DeadlineView(
        deadline, row["creditor_id"], row["customer_id"], row["number"], row["name"], row["owner"], row["state"],
        row["set_on"], row["ended_on"], row["ended_how"], row["ended_by"], row["today"], cases, row["goes_on"],
    )  # fmt: skip
