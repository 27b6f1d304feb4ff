"""What is reported of our messages after they have left: each report once, in the message's history and its cases' journals."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.delivery import UNDONE, DeliveryKind
from storage import journal
from storage.facts import lock
from storage.session import reading


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `provider_ref` tells two of one kind apart: a report that comes twice counts once."""

    kind: DeliveryKind
    at: datetime
    provider_ref: str
    address: str = ""
    status: str = ""
    """Enhanced status code (RFC 3463) or the provider's own."""
    words: str = ""
    incoming: int | None = None
    """The message that brought it."""


_NOTE = text(
    "INSERT INTO delivery_event (message_id, incoming_id, kind, provider_ref, address, status, words, at) "
    "VALUES (:message, :incoming, :kind, :ref, :address, :status, :words, :at) ON CONFLICT DO NOTHING RETURNING id"
)
_EFFECTS = text("SELECT DISTINCT case_id, step, channel FROM effect WHERE message_id = :message ORDER BY case_id, step")
_OF = text(
    "SELECT message_id, kind, at, provider_ref, address, status, words, incoming_id FROM delivery_event "
    "WHERE message_id = ANY(:messages) ORDER BY at, id"
)


async def note(connection: AsyncConnection, message: int, report: Report) -> bool:
    """Keep the report; False: it was known. What undoes a step is told by the step itself."""
    values = {
        "message": message, "incoming": report.incoming, "kind": report.kind, "ref": report.provider_ref,
        "address": report.address, "status": report.status, "words": report.words, "at": report.at,
    }  # fmt: skip
    if await connection.scalar(_NOTE, values) is None:
        return False
    if report.kind not in UNDONE:
        rows = (await connection.execute(_EFFECTS, {"message": message})).all()
        await lock(connection, [row.case_id for row in rows])
        for row in rows:
            facts = {"message": message, "step": row.step, "channel": row.channel, "report": report.kind.value}
            await journal.append(connection, "case", row.case_id, "reported", facts, report.at)
    return True


async def reports_of(messages: Iterable[int]) -> dict[int, tuple[Report, ...]]:
    """What was reported of these messages, in the order it happened."""
    async with reading() as connection:
        return await reports_in(connection, messages)


async def reports_in(connection: AsyncConnection, messages: Iterable[int]) -> dict[int, tuple[Report, ...]]:
    """The same in the caller's transaction."""
    found: dict[int, tuple[Report, ...]] = {}
    for row in await connection.execute(_OF, {"messages": sorted(set(messages))}):
        one = Report(
            DeliveryKind(row.kind), row.at, row.provider_ref, row.address, row.status, row.words, row.incoming_id
        )
        found[row.message_id] = (*found.get(row.message_id, ()), one)
    return found
