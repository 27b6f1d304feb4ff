"""Court files as people look at them: which way, how it stands, what happened, what runs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.court_event import CourtEvent
from policies.court_life import LAWS, CourtState
from policies.court_turns import why_not
from storage.court_files import subject_of
from storage.session import reading


@dataclass(frozen=True, slots=True)
class CourtEventView:
    """Something that happened; `amount` in minor units of the file's currency."""

    event: CourtEvent
    on: date
    last_day: date | None
    amount: int | None
    words: str
    actor: str


@dataclass(frozen=True, slots=True)
class CourtClaim:
    """An invoice of a file: what was claimed, and what is open now."""

    case: int
    invoice: str
    claimed: int
    open: int


@dataclass(frozen=True, slots=True)
class CourtDeadline:
    """A last day of the file; `state`: standing, met or dropped."""

    kind: str
    last_day: date
    article: str
    what: str
    state: str


@dataclass(frozen=True, slots=True)
class CourtFileView:
    """One file; amounts in minor units of its currency."""

    number: int
    customer: int
    customer_number: str
    customer_name: str
    currency: str
    law: str
    route: str
    title: str
    sheet: str
    article: str
    forbids: str
    """The article that forbids payment until the outcome; empty: none does."""
    court: str
    docket: str
    principal: int
    ordered: int | None
    state: CourtState
    opened_on: date
    opened_by: str
    order_on: date | None
    ended_on: date | None
    message: int | None
    claims: tuple[CourtClaim, ...] = ()
    events: tuple[CourtEventView, ...] = ()
    deadlines: tuple[CourtDeadline, ...] = ()

    @property
    def may_follow(self) -> tuple[CourtEvent, ...]:
        """What can be recorded next."""
        return tuple(one for one in LAWS if not why_not(self.state, one, self.sheet))

    @property
    def next_last_day(self) -> date | None:
        """The nearest last day that stands."""
        return min((one.last_day for one in self.deadlines if one.state == "standing"), default=None)


_SELECT = """
    SELECT f.id, f.customer_id, d.number, d.name, f.currency, f.law, f.route, f.title, f.sheet, f.article, f.forbids, f.court,
           f.docket, f.principal, f.ordered, f.state, f.opened_on, f.opened_by, f.order_on, f.ended_on, f.message_id
    FROM legal_file f JOIN customer d ON d.id = f.customer_id
"""
_ALL = text(f"{_SELECT} WHERE :every OR f.ended_on IS NULL ORDER BY f.id")
_ONE = text(f"{_SELECT} WHERE f.id = :file")
_CLAIMS = text(
    """
    SELECT k.legal_file_id AS file, k.case_id AS case, i.number AS invoice, k.principal AS claimed,
           greatest(i.total - i.prepaid - i.paid - i.credited, 0) AS open
    FROM legal_file_case k JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE k.legal_file_id = ANY(:files) ORDER BY i.due, i.number
    """
)
_EVENTS = text(
    "SELECT legal_file_id AS file, event, on_day AS on, last_day, amount, words, actor FROM legal_event "
    "WHERE legal_file_id = ANY(:files) ORDER BY id"
)
_DEADLINES = text(
    "SELECT split_part(subject, ':', 2)::bigint AS file, kind, last_day, article, what, state FROM deadline "
    "WHERE subject = ANY(:subjects) ORDER BY last_day, id"
)


async def listing(*, every: bool = False) -> tuple[CourtFileView, ...]:
    """The files that are not over; `every`: those that are, too."""
    async with reading() as connection:
        return await _views(connection, (await connection.execute(_ALL, {"every": every})).mappings().all())


async def show(file: int) -> CourtFileView | None:
    """One file."""
    async with reading() as connection:
        rows = (await connection.execute(_ONE, {"file": file})).mappings().all()
        return next(iter(await _views(connection, rows)), None)


async def _views(connection: AsyncConnection, rows: Iterable[RowMapping]) -> tuple[CourtFileView, ...]:
    found = list(rows)
    files = {"files": [row["id"] for row in found]}
    claims = (await connection.execute(_CLAIMS, files)).mappings().all()
    events = (await connection.execute(_EVENTS, files)).mappings().all()
    subjects = {"subjects": [subject_of(row["id"]) for row in found]}
    last_days = (await connection.execute(_DEADLINES, subjects)).mappings().all()
    return tuple(_view(row, claims, events, last_days) for row in found)


def _view(
    row: RowMapping, claims: Iterable[RowMapping], events: Iterable[RowMapping], last_days: Iterable[RowMapping]
) -> CourtFileView:
    def mine(rows: Iterable[RowMapping]) -> list[dict[str, object]]:
        return [
            {name: value for name, value in one.items() if name != "file"} for one in rows if one["file"] == row["id"]
        ]

    fields = {
        name: row[name] for name in row if name not in ("id", "customer_id", "number", "name", "state", "message_id")
    }
    return CourtFileView(
        number=row["id"], customer=row["customer_id"], customer_number=row["number"], customer_name=row["name"],
        state=CourtState(row["state"]), message=row["message_id"], **fields,
        claims=tuple(CourtClaim(**one) for one in mine(claims)),  # type: ignore[arg-type]
        events=tuple(CourtEventView(**one | {"event": CourtEvent(str(one["event"]))}) for one in mine(events)),  # type: ignore[arg-type]
        deadlines=tuple(CourtDeadline(**one) for one in mine(last_days)),  # type: ignore[arg-type]
    )  # fmt: skip
