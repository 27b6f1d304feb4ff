"""Messages that came in, as people look at them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from storage.session import reading


@dataclass(frozen=True, slots=True)
class IncomingView:
    """A message that came in, without its bytes. No customer: nobody knows whose it is."""

    id: int
    customer_number: str
    customer_name: str
    message: int | None
    """Ours, which it answers or reports about."""
    channel: str
    kind: str
    sender: str
    recipient: str
    subject: str
    text: str
    reason: str
    found_by: str
    returns_on: date | None
    received_at: datetime
    read_at: datetime | None
    read_by: str
    invoices: tuple[str, ...]
    sha256: str


_SELECT = """
    SELECT m.id, coalesce(d.number, '') AS customer_number, coalesce(d.name, '') AS customer_name, m.message_id AS message,
           m.channel, m.kind, m.sender, m.recipient, m.subject, m.text, m.reason, m.found_by, m.returns_on, m.received_at,
           m.read_at, m.read_by, m.sha256,
           ARRAY(SELECT DISTINCT i.number FROM incoming_case k JOIN cases c ON c.id = k.case_id
                 JOIN invoice i ON i.id = c.invoice_id WHERE k.incoming_id = m.id ORDER BY 1) AS invoices
    FROM incoming_message m LEFT JOIN customer d ON d.id = m.customer_id
"""
_LIST = text(
    f"""
    {_SELECT} WHERE (:all OR m.read_at IS NULL) AND (CAST(:customer AS text) IS NULL OR d.number = :customer)
    ORDER BY m.received_at, m.id LIMIT :limit
    """
)
_ONE = text(f"{_SELECT} WHERE m.id = :id")
_RAW = text("SELECT raw FROM incoming_message WHERE id = :id")
_KNOWN = text("SELECT provider_ref FROM incoming_message WHERE provider_ref = ANY(:references)")
_UNREAD = text("SELECT count(*) FROM incoming_message WHERE read_at IS NULL")


async def incoming(
    customer: str | None = None, *, everything: bool = False, limit: int = 100_000
) -> tuple[IncomingView, ...]:
    """Messages nobody has dealt with, or all of them, in the order they came."""
    values = {"all": everything, "customer": customer, "limit": limit}
    async with reading() as connection:
        return tuple(_view(dict(row)) for row in (await connection.execute(_LIST, values)).mappings())


async def one(id: int) -> IncomingView | None:
    """The message numbered `id`."""
    async with reading() as connection:
        row = (await connection.execute(_ONE, {"id": id})).mappings().first()
    return _view(dict(row)) if row else None


async def raw_of(id: int) -> bytes | None:
    """Its bytes, as they were kept."""
    async with reading() as connection:
        found = await connection.scalar(_RAW, {"id": id})
    return None if found is None else bytes(found)


async def known(references: Collection[str]) -> frozenset[str]:
    """Those of a provider's numbers under which something is kept."""
    async with reading() as connection:
        return frozenset(await connection.scalars(_KNOWN, {"references": list(references)}))


async def unread() -> int:
    """How many messages nobody has dealt with."""
    async with reading() as connection:
        return int(await connection.scalar(_UNREAD) or 0)


def _view(row: dict[str, object]) -> IncomingView:
    invoices = row.pop("invoices")
    assert isinstance(invoices, list), "an array"
    return IncomingView(**row, invoices=tuple(invoices))  # type: ignore[arg-type]
