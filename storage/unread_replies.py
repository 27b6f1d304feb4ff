"""What customers wrote that no person has dealt with, with what they owe, as it is put to a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.fingerprint import fingerprint
from policies.incoming import IncomingKind
from storage.bulk import rows_of


@dataclass(frozen=True, slots=True)
class Reply:
    """A message of a customer; the message of ours it answers is empty where that is not known."""

    id: int
    channel: str
    kind: IncomingKind
    reason: str
    """Why it was understood so."""
    sender: str
    subject: str
    text: str
    received_at: datetime
    our_stage: str
    our_subject: str
    our_day: datetime | None


@dataclass(frozen=True, slots=True)
class OwedInvoice:
    """An open invoice that is being collected; `open` in minor units of its currency."""

    case: int
    number: str
    due: date
    currency: str
    open: int
    stored: bool
    """Whether its file is kept, so that a copy can leave."""
    in_question: bool
    """Whether one of the replies is about it."""


@dataclass(frozen=True, slots=True)
class RepliesToRead:
    """Everything a customer wrote that waits for a person, the earliest first, and its open invoices, the oldest first."""

    creditor: int
    customer: int
    number: str
    name: str
    owner: str
    zone: str
    today: date
    """The customer's day."""
    replies: tuple[Reply, ...]
    invoices: tuple[OwedInvoice, ...]

    @property
    def since(self) -> datetime:
        """How long it has waited: since the earliest of them came in."""
        return self.replies[0].received_at

    @property
    def content(self) -> str:
        """The fingerprint of what is shown."""
        owed = (f"{one.number}={one.open}={one.in_question}" for one in self.invoices)
        return fingerprint(["reply", *(str(one.id) for one in self.replies), *owed])


_UNREAD = text(
    """
    SELECT m.id, m.customer_id, m.channel, m.kind, m.reason, m.sender, m.subject, m.text, m.received_at,
           coalesce(o.stage, '') AS our_stage, coalesce(o.subject, '') AS our_subject, o.handed_at AS our_day
    FROM incoming_message m LEFT JOIN message o ON o.id = m.message_id
    WHERE m.read_at IS NULL AND m.kind IN ('reply', 'complaint') AND m.customer_id IS NOT NULL
      AND (CAST(:customer AS bigint) IS NULL OR m.customer_id = :customer)
    ORDER BY m.received_at, m.id
    """
)
_CUSTOMERS = text(
    """
    SELECT d.id, d.creditor_id, d.number, d.name, d.zone, coalesce(nullif(d.owner, ''), r.owner) AS owner
    FROM customer d JOIN creditor r ON r.id = d.creditor_id WHERE d.id = ANY(:customers) ORDER BY d.id
    """
)
_OWED = text(
    """
    SELECT c.customer_id, c.id AS case, i.number, i.due, i.currency, i.total - i.prepaid - i.paid - i.credited AS open,
           i.document IS NOT NULL AS stored,
           EXISTS (SELECT FROM incoming_case k WHERE k.case_id = c.id AND k.incoming_id = ANY(:replies)) AS in_question
    FROM cases c JOIN invoice i ON i.id = c.invoice_id
    WHERE c.customer_id = ANY(:customers) AND c.closed_at IS NULL ORDER BY i.due, i.number, c.id
    """
)


async def unread(connection: AsyncConnection, now: datetime, customer: int | None = None) -> dict[int, RepliesToRead]:
    """What waits to be read, by customer; `customer`: of this one alone."""
    rows = await rows_of(connection, _UNREAD, {"customer": customer})
    written: dict[int, list[Reply]] = {}
    for row in rows:
        written.setdefault(row.pop("customer_id"), []).append(Reply(**row | {"kind": IncomingKind(row["kind"])}))
    which = {"customers": sorted(written), "replies": [one.id for found in written.values() for one in found]}
    owed: dict[int, list[OwedInvoice]] = {}
    for row in await rows_of(connection, _OWED, which) if written else ():
        owed.setdefault(row.pop("customer_id"), []).append(OwedInvoice(**row))
    found = await rows_of(connection, _CUSTOMERS, which) if written else []
    return {row["id"]: _to_read(row, written[row["id"]], owed.get(row["id"], ()), now) for row in found}


def _to_read(
    row: Mapping[str, Any], replies: Sequence[Reply], invoices: Sequence[OwedInvoice], now: datetime
) -> RepliesToRead:
    if not any(one.in_question for one in invoices):  # what they were about is settled: they may mean any other
        invoices = [replace(one, in_question=True) for one in invoices]
    return RepliesToRead(
        row["creditor_id"], row["id"], row["number"], row["name"], row["owner"], row["zone"],
        now.astimezone(ZoneInfo(row["zone"])).date(), tuple(replies), tuple(invoices),
    )  # fmt: skip
