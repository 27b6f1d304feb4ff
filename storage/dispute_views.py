"""Disputes as people look at them: what is disputed, how it stands, what was sent meanwhile, which files belong to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.dispute import STANDING_STATES, Dispute, DisputeState, is_answered, set_aside
from policies.dispute_verdict import Owed, in_dispute
from storage.dispute_sums import OPEN
from storage.session import reading
from storage.standing_disputes import COLUMNS, dispute_from


@dataclass(frozen=True, slots=True)
class Document:
    """A file of a dispute."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A step that is behind the disputed invoice."""

    step: str
    how: str
    on: date


@dataclass(frozen=True, slots=True)
class DisputeView:
    """One dispute; amounts in minor units of its currency. Without an invoice it is about all the customer owes."""

    number: int
    creditor: int
    customer: int
    customer_number: str
    customer_name: str
    segment: str
    case: int | None
    run: UUID | None
    invoice: str
    due: date | None
    currency: str
    original: int
    open: int
    """What is open of the invoice, disputed or not."""
    credited: int
    dispute: Dispute
    claimed: int
    """What was disputed when it was opened."""
    lines: str
    text: str
    source: str
    opened_by: str
    opened_at: datetime
    deadline: date
    ask_on: date | None
    decided_by: str
    decided_on: date | None
    why: str
    closed: str | None
    """How the case ended; None: it has not."""
    today: date
    """The customer's day."""
    documents: tuple[Document, ...] = ()
    sent: tuple[Sent, ...] = ()

    @property
    def set_aside(self) -> int:
        """What of the invoice is not demanded."""
        if self.dispute.state is DisputeState.OPEN and self.dispute.amount is None:
            return max(self.open, 0)
        return set_aside(self.dispute, self.open, self.credited)

    @property
    def disputed(self) -> int:
        """What it is about now."""
        if not self.invoice:
            return self.claimed
        return in_dispute(self.dispute, Owed(self.open, self.credited, self.currency))

    @property
    def standing(self) -> str:
        """How it stands: `open`, `credit_awaited`, `credited`, `rejected`, `withdrawn`, `ended`, `paid`."""
        state = self.dispute.state
        if state is DisputeState.ACCEPTED and is_answered(self.dispute, self.credited):
            return "credited"
        if state in STANDING_STATES and self.invoice and self.open <= 0:
            return "paid"
        if state in STANDING_STATES and self.closed is not None:
            return "ended"
        return "credit_awaited" if state is DisputeState.ACCEPTED else state.value

    @property
    def is_asked(self) -> bool:
        """Whether its owner is to be asked today."""
        waits = self.standing in ("open", "credit_awaited") and self.closed is None
        return waits and self.ask_on is not None and self.ask_on <= self.today


_SELECT = f"""
    SELECT {COLUMNS}, x.creditor_id, x.customer_id, d.number AS customer_number, d.name AS customer_name,
           d.segment, x.case_id, c.run_id, coalesce(i.number, '') AS invoice, i.due, x.currency,
           coalesce(i.total, 0) AS original, coalesce({OPEN}, 0) AS open, coalesce(i.credited, 0) AS credited, x.claimed,
           x.lines, x.text, x.source, x.opened_by, x.opened_at, x.deadline, x.ask_on, x.decided_by, x.decided_on, x.why,
           CASE WHEN c.closed_at IS NOT NULL THEN c.outcome END AS closed,
           (CAST(:as_of AS timestamptz) AT TIME ZONE d.zone)::date AS today
    FROM dispute x JOIN customer d ON d.id = x.customer_id LEFT JOIN cases c ON c.id = x.case_id
    LEFT JOIN invoice i ON i.id = x.invoice_id
"""  # noqa: S608 - no outside text
_ALL = text(f"{_SELECT} WHERE :all OR x.state IN ('open', 'accepted') ORDER BY x.deadline, x.id")
_SOME = text(f"{_SELECT} WHERE x.id = ANY(:ids) ORDER BY x.id")
_TO_ASK = text(f"{_SELECT} WHERE x.ask_on IS NOT NULL ORDER BY x.id")
_DOCUMENTS = text(
    "SELECT dispute_id, name, length(content) AS size, sha256, actor, at FROM dispute_document "
    "WHERE dispute_id = ANY(:ids) ORDER BY id"
)
_SENT = text("SELECT case_id, step, how, done_on FROM step_done WHERE case_id = ANY(:cases) ORDER BY done_on, id")


async def listing(as_of: datetime, *, every: bool = False) -> tuple[DisputeView, ...]:
    """Disputes by their deadline: those that are undecided or await a credit note, or every one there ever was."""
    async with reading() as connection:
        found = await _views(connection, (await connection.execute(_ALL, {"as_of": as_of, "all": every})).mappings())
    return tuple(one for one in found if every or one.standing in ("open", "credit_awaited"))


async def show(number: int, as_of: datetime) -> DisputeView | None:
    """One dispute; None: there is none of this number."""
    async with reading() as connection:
        return await show_in(connection, number, as_of)


async def show_in(connection: AsyncConnection, number: int, as_of: datetime) -> DisputeView | None:
    """The same in the caller's transaction."""
    rows = (await connection.execute(_SOME, {"as_of": as_of, "ids": [number]})).mappings()
    return next(iter(await _views(connection, rows)), None)


async def to_ask(connection: AsyncConnection, as_of: datetime) -> tuple[DisputeView, ...]:
    """Every dispute about which its owner is, or will be, asked."""
    rows = (await connection.execute(_TO_ASK, {"as_of": as_of})).mappings()
    found = await _views(connection, rows)
    return tuple(one for one in found if one.standing in ("open", "credit_awaited") and one.closed is None)


async def _views(connection: AsyncConnection, rows: Iterable[RowMapping]) -> Sequence[DisputeView]:
    read = list(rows)
    ids = {"ids": [row["id"] for row in read], "cases": [row["case_id"] for row in read if row["case_id"]]}
    documents: dict[int, list[Document]] = defaultdict(list)
    sent: dict[int, list[Sent]] = defaultdict(list)
    for one in (await connection.execute(_DOCUMENTS, ids)).mappings() if read else ():
        documents[one["dispute_id"]].append(Document(one["name"], one["size"], one["sha256"], one["actor"], one["at"]))
    for one in (await connection.execute(_SENT, ids)).mappings() if read else ():
        sent[one["case_id"]].append(Sent(one["step"], one["how"], one["done_on"]))
    return [_view(row, documents.get(row["id"], ()), sent.get(row["case_id"], ())) for row in read]


def _view(row: RowMapping, documents: Sequence[Document], sent: Sequence[Sent]) -> DisputeView:
    same = (
        "customer_number", "customer_name", "segment", "invoice", "due", "currency", "original", "open", "credited",
        "claimed", "lines", "text", "source", "opened_by", "opened_at", "deadline", "ask_on", "decided_by", "decided_on",
        "why", "closed", "today",
    )  # fmt: skip
    told: dict[str, Any] = {name: row[name] for name in same}
    return DisputeView(
        number=row["id"], creditor=row["creditor_id"], customer=row["customer_id"], case=row["case_id"],
        run=row["run_id"], dispute=dispute_from(row), documents=tuple(documents), sent=tuple(sent), **told,
    )  # fmt: skip
