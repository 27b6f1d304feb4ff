"""What happens to a court file: its state, its deadlines and the life of its claims move with each event."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.consequences import RecordAct
from policies.court_event import EVENT_WORDS, CourtEvent
from policies.court_follows import CourtFollows, follows
from policies.court_life import ENDED, CourtState
from policies.court_told import CourtFile, Told
from policies.court_turns import ORDERED, SAID_AS_EVENTS, SAID_AT_DEADLINES, why_not_done
from policies.deadline import DeadlineKind
from policies.facts import DebtorKind, HoldKind
from policies.law.contact_rules import Route
from policies.law.rules import KindLaw
from policies.problems import Problem
from storage import deadlines, holds, journal, limitation_acts
from storage.court_files import cases_of, end_file, file_of, open_cases_of, subject_of
from storage.court_routes import kind_law, plain_route, route_of
from storage.deadlines import NewDeadline
from storage.facts import lock, touch
from storage.holiday_sets import holidays_around

_FILE = text(
    """
    SELECT f.*, d.kind, d.zone, d.number AS customer_number, d.name AS customer_name, d.region,
           coalesce(nullif(d.country, ''), r.country) AS country, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM legal_file f JOIN customer d ON d.id = f.customer_id JOIN creditor r ON r.id = f.creditor_id
    WHERE f.id = :file FOR UPDATE OF f
    """
)
_HAPPENED = text("SELECT event, on_day FROM legal_event WHERE legal_file_id = :file ORDER BY id")
_UNTIL = text("SELECT DISTINCT ON (kind) kind, last_day FROM deadline WHERE subject = :subject ORDER BY kind, id DESC")
_RECORD = text(
    "INSERT INTO legal_event (legal_file_id, event, on_day, last_day, amount, words, actor, at) "
    "VALUES (:file, :event, :on, :last_day, :amount, :words, :actor, :at) RETURNING id"
)
_MOVE = text(
    """
    UPDATE legal_file SET state = :state, order_on = coalesce(CAST(:order_on AS date), order_on),
        ordered = coalesce(CAST(:ordered AS bigint), ordered), docket = coalesce(nullif(:docket, ''), docket),
        court = coalesce(nullif(:court, ''), court)
    WHERE id = :file
    """
)


@dataclass(frozen=True, slots=True)
class Heard:
    """An event with what belongs to it beside its day: an amount in minor units, words, the court and its number."""

    told: Told
    amount: int | None = None
    words: str = ""
    docket: str = ""
    court: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What was recorded, for whoever started it."""

    file: int
    customer_number: str
    customer_name: str
    title: str
    cases: tuple[int, ...]
    follows: CourtFollows


async def record_in(
    connection: AsyncConnection, file: int, heard: Heard, actor: str, at: datetime
) -> Happened | list[Problem]:
    """Record an event in the caller's transaction, or say what is wrong with it. Locks the cases, then the file."""
    cases = await cases_of(connection, file)
    await lock(connection, cases)
    row = (await connection.execute(_FILE, {"file": file})).mappings().first()
    if row is None:
        return [Problem("form", None, "", f"There is no court file {file}. See ./relance court list.")]
    today = at.astimezone(ZoneInfo(row["zone"])).date()
    law = kind_law(row["law"], DebtorKind(row["kind"]), today)
    outcome = await _follows(connection, row, heard.told, law, today)
    if isinstance(outcome, list):
        return outcome
    await _write(connection, row, heard, outcome, actor, at)
    await _deadlines(connection, row, heard.told, outcome, today, actor, at)
    await _act(connection, row, heard, outcome, actor, at)
    if outcome.state in ENDED:
        await end_file(connection, file, outcome.state, heard.told.on, actor, at)
    if outcome.state is CourtState.PAID:
        await _await_money(connection, row, today, at)
    await touch(connection, cases)
    return Happened(file, row["customer_number"], row["customer_name"], row["title"], cases, outcome)


def route_in(row: RowMapping, law: KindLaw | None) -> Route:
    """The route of a file's row."""
    return route_of(law, row["route"], plain_route(row["title"], row["article"], row["sheet"], row["route"]))


async def _follows(
    connection: AsyncConnection, row: RowMapping, told: Told, law: KindLaw | None, today: date
) -> CourtFollows | list[Problem]:
    happened = (await connection.execute(_HAPPENED, {"file": row["id"]})).all()
    until = (await connection.execute(_UNTIL, {"subject": subject_of(row["id"])})).all()
    file = CourtFile(
        CourtState(row["state"]), route_in(row, law), row["opened_on"], row["order_on"],
        tuple((CourtEvent(one.event), one.on_day) for one in happened),
        {DeadlineKind(one.kind): one.last_day for one in until},
    )  # fmt: skip
    holidays = holidays_around(row["country"], told.on, row["region"])
    return follows(file, told, law, today, holidays)


async def _write(
    connection: AsyncConnection, row: RowMapping, heard: Heard, outcome: CourtFollows, actor: str, at: datetime
) -> None:
    told, file = heard.told, row["id"]
    event = {
        "file": file, "event": told.event, "on": told.on, "last_day": told.last_day, "amount": heard.amount,
        "words": heard.words.strip(), "actor": actor, "at": at,
    }  # fmt: skip
    number = int(await connection.scalar(_RECORD, event))
    ordered = told.event in ORDERED
    moved = {
        "file": file, "state": outcome.state, "order_on": told.on if ordered else None,
        "ordered": heard.amount if ordered else None, "docket": heard.docket.strip(), "court": heard.court.strip(),
    }  # fmt: skip
    await connection.execute(_MOVE, moved)
    facts = {
        "file": file, "event": number, "how": told.event.value, "on": told.on, "state": outcome.state.value,
        "amount": heard.amount, "actor": actor,
    }  # fmt: skip
    for case in await cases_of(connection, file):
        await journal.append(connection, "case", case, "court_event", facts, at)


async def _deadlines(
    connection: AsyncConnection, row: RowMapping, told: Told, outcome: CourtFollows, today: date, actor: str,
    at: datetime,
) -> None:  # fmt: skip
    subject, how, cases = subject_of(row["id"]), EVENT_WORDS[told.event], await cases_of(connection, row["id"])
    for kind in sorted(outcome.meets):
        await deadlines.meet(connection, subject, kind, how, told.on, actor, at)
    for kind in sorted(outcome.drops):
        await deadlines.drop(connection, subject, how, told.on, actor, at, kind=kind)
    for one in outcome.begins:
        what = one.what or " ".join(part for part in (row["title"], row["docket"]) if part)
        new = NewDeadline(one.kind, subject, one.last_day, one.article, what)
        await deadlines.set_deadline(connection, new, row["customer_id"], cases, today, actor, at)


async def _act(
    connection: AsyncConnection, row: RowMapping, heard: Heard, outcome: CourtFollows, actor: str, at: datetime
) -> None:
    """The claims' own life: a court act or a title, for each case that is still open, and each whose act is put right; what was
    one before may be none."""
    file = f"court file {row['id']}: "
    words = f"{file}{EVENT_WORDS[heard.told.event]}"
    cases, concerned = await cases_of(connection, row["id"]), set(await open_cases_of(connection, row["id"]))
    if outcome.corrects:
        concerned |= await limitation_acts.take_back_of(connection, cases, words, f"{words}, on another day", actor, at)
    if outcome.undoes:
        await limitation_acts.take_back_of(connection, cases, f"{file}%", words, actor, at)
    if outcome.act is None:
        return
    for case in sorted(concerned):
        await limitation_acts.record_in(connection, case, RecordAct(outcome.act, heard.told.on, words), actor, at)


async def _await_money(connection: AsyncConnection, row: RowMapping, today: date, at: datetime) -> None:
    """Paid, says somebody, and our books do not know: nothing asks for it again until its owner has answered."""
    reason = f"court file {row['id']}: said to be paid, the money is not here yet"
    for case in await open_cases_of(connection, row["id"]):
        await holds.place(
            connection,
            row["customer_id"],
            case,
            HoldKind.MANUAL,
            reason,
            today,
            None,
            row["owner"],
            at,
            must_answer=True,
        )


async def _learns(
    event: CourtEvent, connection: AsyncConnection, subject: str, on: date, actor: str, at: datetime
) -> None:
    """A person says of a deadline that it was done on a day. Of one that belongs to no file the deadline alone is met."""
    await record_in(connection, file_of(subject), Heard(Told(event, on)), actor, at)


async def why_not_learnt(connection: AsyncConnection, subject: str, kind: DeadlineKind, on: date, at: datetime) -> str:
    """Why the file cannot learn that what the deadline asks for was done on that day; empty: it can."""
    if kind in SAID_AS_EVENTS:
        return why_not_done(kind, file_of(subject))
    event = SAID_AT_DEADLINES.get(kind)
    return "" if event is None else await why_not_told(connection, file_of(subject), event, on, at)


async def why_not_told(connection: AsyncConnection, file: int, event: CourtEvent, on: date, at: datetime) -> str:
    """Why an event of that day would be refused; empty: it would not, or there is no such file."""
    row = (await connection.execute(_FILE, {"file": file})).mappings().first()
    if row is None:
        return ""
    today = at.astimezone(ZoneInfo(row["zone"])).date()
    law = kind_law(row["law"], DebtorKind(row["kind"]), today)
    outcome = await _follows(connection, row, Told(event, on), law, today)
    return " ".join(one.reason for one in outcome) if isinstance(outcome, list) else ""


FOLLOWS_OF_COURT = {kind: partial(_learns, event) for kind, event in SAID_AT_DEADLINES.items()}
