"""A file before a court: born when it is handed over, holding its cases until it is over.

From its birth to its outcome nothing asks the debtor for these invoices beside the court: their holds end with the file.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.court_life import CourtState
from policies.facts import HoldKind
from policies.law.contact_rules import Route
from storage import deadlines, holds, journal, limitation_acts
from storage.facts import touch

_OPEN = text(
    """
    INSERT INTO legal_file (creditor_id, customer_id, currency, law, route, title, sheet, article, forbids, is_attempt, court,
        docket, principal, state, message_id, opened_on, opened_by, opened_at)
    SELECT d.creditor_id, d.id, :currency, :law, :route, :title, :sheet, :article, :forbids, :is_attempt, :court, :docket,
        :principal, 'handed_over', :message, :on, :by, :at
    FROM customer d WHERE d.id = :customer RETURNING id
    """
)
_COVER = text(
    "INSERT INTO legal_file_case (legal_file_id, case_id, principal) VALUES (:file, :case, :principal) "
    "ON CONFLICT DO NOTHING"
)
_CASES = text("SELECT case_id FROM legal_file_case WHERE legal_file_id = :file ORDER BY case_id")
_OWNER = text(
    "SELECT coalesce(nullif(d.owner, ''), r.owner) FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.id = :customer"
)
_IS_OPEN = text("SELECT id FROM cases WHERE id = ANY(:cases) AND closed_at IS NULL ORDER BY id")
_END = text("UPDATE legal_file SET state = :state, ended_on = :on WHERE id = :file")
_RELEASE = text(
    """
    UPDATE hold h SET ended_at = :at, ended_by = :by WHERE h.kind = 'court' AND h.ended_at IS NULL AND h.case_id = ANY(:cases)
      AND NOT EXISTS (SELECT FROM legal_file f JOIN legal_file_case k ON k.legal_file_id = f.id
                      WHERE k.case_id = h.case_id AND f.ended_on IS NULL)
    RETURNING h.id, h.case_id
    """
)
_SUNK = text(
    """
    SELECT DISTINCT f.id FROM legal_file f JOIN legal_file_case k ON k.legal_file_id = f.id JOIN message m ON m.id = f.message_id
    WHERE k.case_id = ANY(:cases) AND f.ended_on IS NULL AND m.route = 'sink' ORDER BY f.id
    """
)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be opened; amounts in minor units of `currency`."""

    customer: int
    currency: str
    law: str
    route: Route
    court: str
    claimed: Mapping[int, int]
    """Principal by case."""
    on: date
    by: str
    docket: str = ""
    message: int | None = None


def subject_of(file: int) -> str:
    """What deadlines and questions call the file."""
    return f"legal_file:{file}"


def file_of(subject: str) -> int:
    """The number of the file it is about."""
    return int(subject.partition(":")[2])


async def open_file(connection: AsyncConnection, new: NewFile, at: datetime) -> int:
    """Write the file down and hold its cases, which the caller has locked; answers its number."""
    way, route = new.route.at_court, new.route
    values = {
        "customer": new.customer, "currency": new.currency, "law": new.law, "route": route.id, "title": route.title,
        "sheet": way.sheet, "article": route.where.source, "forbids": way.forbids_payment, "is_attempt": way.is_attempt,
        "court": new.court or way.court, "docket": new.docket, "principal": sum(new.claimed.values()),
        "message": new.message, "on": new.on, "by": new.by, "at": at,
    }  # fmt: skip
    file = int(await connection.scalar(_OPEN, values))
    owner = str(await connection.scalar(_OWNER, {"customer": new.customer}))
    reason = f"court file {file}: {route.title}"
    for case, principal in sorted(new.claimed.items()):
        await connection.execute(_COVER, {"file": file, "case": case, "principal": principal})
        facts = {"file": file, "route": route.id, "principal": principal, "message": new.message, "by": new.by}
        await journal.append(connection, "case", case, "court_file_opened", facts, at)
        await holds.place(connection, new.customer, case, HoldKind.COURT, reason, new.on, None, owner, at)
    return file


async def cases_of(connection: AsyncConnection, file: int) -> tuple[int, ...]:
    """The cases of a file, in the order in which they are locked."""
    return tuple(await connection.scalars(_CASES, {"file": file}))


async def open_cases_of(connection: AsyncConnection, file: int) -> tuple[int, ...]:
    """Those of them that are not closed."""
    return tuple(await connection.scalars(_IS_OPEN, {"cases": list(await cases_of(connection, file))}))


async def end_file(connection: AsyncConnection, file: int, state: CourtState, on: date, by: str, at: datetime) -> None:
    """The procedure is over: what the file held goes on, unless another file stands."""
    await connection.execute(_END, {"file": file, "state": state, "on": on})
    cases = await cases_of(connection, file)
    for row in (await connection.execute(_RELEASE, {"cases": list(cases), "at": at, "by": by})).all():
        facts = {"hold": row.id, "actor": by, "file": file, "state": state.value}
        await journal.append(connection, "case", row.case_id, "released", facts, at)
    await touch(connection, cases)


async def forget_sunk(connection: AsyncConnection, cases: Iterable[int], on: date, why: str, at: datetime) -> None:
    """Files that only the local sink had are none: they are withdrawn, with their deadlines and what they gave the claims to live."""
    for file in await connection.scalars(_SUNK, {"cases": sorted(set(cases))}):
        await deadlines.drop(connection, subject_of(file), why, on, "relance", at)
        await limitation_acts.take_back_of(
            connection, await cases_of(connection, file), f"court file {file}: %", why, "relance", at
        )
        await end_file(connection, file, CourtState.WITHDRAWN, on, "relance", at)
