"""Messages as they were written and where they went: live, or kept by the local sink."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text

from storage.session import reading


@dataclass(frozen=True, slots=True)
class Posted:
    """A message without its bytes; `demanded` in minor units of `currency`."""

    id: int
    customer_number: str
    customer_name: str
    stage: str
    channel: str
    state: str
    route: str
    recipient: str
    subject: str
    currency: str
    demanded: int
    calculated_at: datetime
    handed_at: datetime | None
    invoices: tuple[str, ...]
    words: str
    cost: int | None
    """Minor units of `cost_currency`; None: nobody named a price."""
    cost_currency: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with what was written: its plain text, its exact bytes and their fingerprint."""

    posted: Posted
    text: str
    raw: bytes
    sha256: str


_SELECT = """
    SELECT m.id, d.number AS customer_number, d.name AS customer_name,
           coalesce(nullif(m.stage, ''), m.kind) AS stage, m.channel, m.state, m.route,
           m.recipient, m.subject, m.currency, m.demanded, m.calculated_at, m.handed_at, m.words,
           m.cost_minor AS cost, m.cost_currency, m.text, m.raw, m.sha256,
           coalesce((SELECT array_agg(DISTINCT i.number ORDER BY i.number) FROM effect e
                     JOIN cases c ON c.id = e.case_id JOIN invoice i ON i.id = c.invoice_id
                     WHERE e.message_id = m.id),
                    (SELECT array_agg(DISTINCT i.number ORDER BY i.number) FROM correspondence w
                     JOIN cases c ON c.id = w.case_id JOIN invoice i ON i.id = c.invoice_id
                     WHERE w.message_id = m.id), '{}') AS invoices
    FROM message m JOIN customer d ON d.id = m.customer_id
"""
_LIST = text(
    f"""
    {_SELECT} WHERE (CAST(:customer AS text) IS NULL OR d.number = :customer)
      AND (:drafts OR m.state NOT IN ('draft', 'voided'))
    ORDER BY coalesce(m.handed_at, m.calculated_at), m.id LIMIT :limit
    """
)
_ONE = text(f"{_SELECT} WHERE m.id = :id")
_TEXTS = ("text", "raw", "sha256")


def _posted(row: Any) -> Posted:
    values = {name: value for name, value in row.items() if name not in _TEXTS}
    return Posted(**values | {"invoices": tuple(row["invoices"])})


async def messages(customer: str | None = None, *, drafts: bool = False, limit: int = 100_000) -> tuple[Posted, ...]:
    """Messages in the order they left; drafts and those that were voided only when asked for."""
    async with reading() as connection:
        rows = await connection.execute(_LIST, {"customer": customer, "drafts": drafts, "limit": limit})
        return tuple(_posted(row) for row in rows.mappings())


async def letter(id: int) -> Letter | None:
    """The message numbered `id` with its bytes."""
    async with reading() as connection:
        row = (await connection.execute(_ONE, {"id": id})).mappings().first()
    return Letter(_posted(row), row["text"], bytes(row["raw"]), row["sha256"]) if row else None
