"""A person is asked what became of a mediation outside the ladder, and whom to propose where several may mediate.

Every round takes back what is no longer so and asks anew; a mediation of which nothing is open any more is over.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.mediation import MediationOutcome, StartedBy
from policies.questions import QuestionKind
from storage import mediation_books
from storage.beside_cases import put
from storage.dispute_sums import OPEN
from storage.facts import lock_debtor
from storage.question_subject import Wording
from storage.session import reading, transaction
from storage.voiding import void

SOON = timedelta(minutes=1)
MORNING = time(6)
"""When the stepped clock stops to ask (UTC)."""
CHANGED = "the mediation, or what is owed, has changed"


@dataclass(frozen=True, slots=True)
class MediationView:
    """A mediation as it is asked about. `invoices`: number, due date and what is open (minor units), oldest first."""

    number: int
    creditor: int
    customer: int
    customer_number: str
    customer_name: str
    zone: str
    owner: str
    currency: str
    started_by: StartedBy
    state: str
    route: str
    mediator: str
    compulsory: str
    proposed_on: date
    last_day: date | None
    last_day_from: str
    ask_on: date | None
    outcome: str
    ended_on: date | None
    invoices: tuple[tuple[str, date, int], ...]

    @property
    def open(self) -> int:
        """What is open of its invoices, in minor units."""
        return sum(amount for _, _, amount in self.invoices)


Describe = Callable[[MediationView], Wording]

_VIEWS = text(
    f"""
    SELECT m.id, m.creditor_id, m.customer_id, d.number, d.name, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner, m.currency,
           m.started_by, m.state, m.route, m.mediator, m.compulsory, m.proposed_on, m.last_day, m.last_day_from, m.ask_on, m.outcome,
           m.ended_on, array_agg(i.number ORDER BY i.due, i.number) AS numbers, array_agg(i.due ORDER BY i.due, i.number) AS dues,
           array_agg(CASE WHEN c.closed_at IS NULL THEN {OPEN} ELSE 0 END ORDER BY i.due, i.number) AS amounts,
           bool_or(c.closed_at IS NULL) AS stands
    FROM mediation m JOIN customer d ON d.id = m.customer_id JOIN creditor r ON r.id = m.creditor_id
    JOIN mediation_case k ON k.mediation_id = m.id JOIN cases c ON c.id = k.case_id JOIN invoice i ON i.id = c.invoice_id
    WHERE m.state <> 'drafted' AND (:all OR m.state <> 'ended') AND (CAST(:number AS bigint) IS NULL OR m.id = :number)
    GROUP BY m.id, d.id, r.id ORDER BY m.id DESC LIMIT CASE WHEN :all THEN 500 END
    """  # noqa: S608 - no outside text
)
_OPEN = text("SELECT id, subject, fingerprint FROM question WHERE kind = 'mediation' AND state = 'open' ORDER BY id")
_SUBJECT = text("SELECT subject FROM question WHERE id = :id")


async def ask_about_mediations(as_of: datetime, describe: Describe) -> int:
    """One round; answers how many were asked."""
    async with reading() as connection:
        rows = (await connection.execute(_VIEWS, {"all": False, "number": None})).mappings().all()
        asked = (await connection.execute(_OPEN)).all()
    for row in rows:
        if not row["stands"]:
            await _over(row, as_of)
    due = {mediation_books.subject(one.number): one for one in _due(rows, as_of)}
    gone = [one.id for one in asked if one.subject not in due or content_of(due[one.subject]) != one.fingerprint]
    if gone:
        async with transaction() as connection:
            await void(connection, gone, CHANGED, as_of, wake=False)
    stand = {one.subject for one in asked if one.id not in gone}
    return sum([await _ask(one, describe, as_of) for subject, one in due.items() if subject not in stand])


async def next_question(now: datetime) -> datetime | None:
    """When the next round has something to do; None while everybody is asked."""
    async with reading() as connection:
        rows = (await connection.execute(_VIEWS, {"all": False, "number": None})).mappings().all()
        asked = {(row.subject, row.fingerprint) for row in await connection.execute(_OPEN)}
    if asked ^ {(mediation_books.subject(one.number), content_of(one)) for one in _due(rows, now)}:
        return now + SOON
    if any(not row["stands"] for row in rows):
        return now + SOON
    coming = [row["ask_on"] for row in rows if row["ask_on"] is not None and row["started_by"] != StartedBy.LADDER]
    later = [datetime.combine(on, MORNING, UTC) for on in coming]
    return min((one for one in later if one > now), default=None)


async def show(number: int | None = None, *, every: bool = False) -> tuple[MediationView, ...]:
    """Mediations that are not over, or (`every`) all; the latest first."""
    async with reading() as connection:
        rows = (
            (await connection.execute(_VIEWS, {"all": every or number is not None, "number": number})).mappings().all()
        )
    return tuple(_view(row) for row in rows)


async def is_still_so(connection: AsyncConnection, question: int, shown: str, at: datetime) -> bool:
    """Whether the mediation goes on and what is owed is what the question shows."""
    subject = str(await connection.scalar(_SUBJECT, {"id": question}))
    number = int(subject.partition(":")[2])
    rows = (await connection.execute(_VIEWS, {"all": False, "number": number})).mappings().all()
    return any(content_of(one) == shown for one in _due(rows, at))


def content_of(one: MediationView) -> str:
    """The fingerprint of what is asked about."""
    invoices = [f"{number}={amount}" for number, _, amount in one.invoices]
    return fingerprint(
        ["mediation", str(one.number), one.state, one.mediator, str(one.last_day), str(one.ask_on), *invoices]
    )


def _due(rows: Sequence[RowMapping], at: datetime) -> list[MediationView]:
    """Those outside the ladder a person is asked about now; a step of a ladder asks for itself."""
    views = [_view(row) for row in rows if row["stands"] and row["started_by"] != StartedBy.LADDER]
    return [one for one in views if one.ask_on is None or one.ask_on <= at.astimezone(ZoneInfo(one.zone)).date()]


def _view(row: RowMapping) -> MediationView:
    return MediationView(
        row["id"], row["creditor_id"], row["customer_id"], row["number"], row["name"], row["zone"], row["owner"], row["currency"],
        StartedBy(row["started_by"]), row["state"], row["route"], row["mediator"], row["compulsory"], row["proposed_on"],
        row["last_day"], row["last_day_from"], row["ask_on"], row["outcome"], row["ended_on"],
        tuple(zip(row["numbers"], row["dues"], row["amounts"], strict=True)),
    )  # fmt: skip


async def _ask(one: MediationView, describe: Describe, at: datetime) -> bool:
    about = {
        "creditor": one.creditor, "customer": one.customer, "currency": one.currency, "amount": one.open, "todo": one.owner,
        "subject": mediation_books.subject(one.number),
    }  # fmt: skip
    return await put(QuestionKind.MEDIATION, about, describe(one), content_of(one), at)


async def _over(row: RowMapping, at: datetime) -> None:
    """Paid, credited or given up meanwhile: nothing is left to mediate."""
    async with transaction() as connection:
        await lock_debtor(connection, row["customer_id"])
        if await mediation_books.is_running(connection, row["id"]):
            today = at.astimezone(ZoneInfo(row["zone"])).date()
            await mediation_books.end(connection, row["id"], MediationOutcome.TAKEN_BACK, "", "relance", today, at)
