"""A customer as people look at it: who it is, how to reach it, what it owes, what holds it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from policies.problems import Problem
from storage.bulk import rows_of
from storage.hold_kinds import LASTING, STANDING
from storage.payer_history import payers
from storage.session import reading
from storage.terms import TermsView, views_of
from storage.whom import find


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice of which something is open; amounts in minor units."""

    invoice: str
    issued: date | None
    due: date
    currency: str
    total: int
    open: int
    case: int | None


@dataclass(frozen=True, slots=True)
class StandingHold:
    """A hold that has not ended; no invoice: the whole customer."""

    kind: str
    invoice: str
    reason: str
    since: date
    until: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody wrote down."""

    at: datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class CustomerView:
    """The customer whole."""

    number: str
    name: str
    kind: str
    country: str
    language: str
    zone: str
    owner: str
    salesperson: str
    segment: str
    contact: str
    email: str
    email_dead: str
    phone: str
    items: tuple[OpenItem, ...]
    holds: tuple[StandingHold, ...]
    notes: tuple[NoteView, ...]
    payer: str | None
    """How it pays, in one word; None: it is not scored."""
    payer_because: str
    """Why, in figures; or why it is not scored."""
    terms: tuple[TermsView, ...]
    """What it agreed to, withdrawn records included."""


_CUSTOMER = text(
    """
    SELECT d.number, d.name, d.kind, coalesce(d.country, '') AS country, d.language, d.zone, d.owner, d.salesperson, d.segment,
           coalesce(k.name, '') AS contact, coalesce(k.email, '') AS email, coalesce(k.phone, '') AS phone,
           CASE WHEN k.email_dead_at IS NULL THEN '' ELSE coalesce(nullif(k.email_dead_why, ''),
           'dead') END AS email_dead
    FROM customer d LEFT JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts' WHERE d.id = :id
    """
)
_ITEMS = text(
    """
    SELECT i.number AS invoice, i.issued, i.due, i.currency, i.total, i.total - i.prepaid - i.paid - i.credited AS open,
           (SELECT max(c.id) FROM cases c WHERE c.invoice_id = i.id AND c.closed_at IS NULL) AS case
    FROM invoice i WHERE i.customer_id = :id AND i.kind = 'invoice' AND i.total - i.prepaid - i.paid - i.credited > 0
    ORDER BY i.due, i.number
    """
)
_HOLDS = text(
    f"""
    SELECT h.kind, coalesce(i.number, '') AS invoice, h.reason, h.since, h.until, h.owner
    FROM hold h LEFT JOIN cases c ON c.id = h.case_id LEFT JOIN invoice i ON i.id = c.invoice_id
    WHERE h.customer_id = :id AND {STANDING} ORDER BY h.id
    """  # noqa: S608 - no outside text
)
_NOTES = text("SELECT at, actor, text FROM note WHERE customer_id = :id ORDER BY id")


async def show_customer(said: str, as_of: datetime) -> CustomerView | list[Problem]:
    """The customer of this number or name at `as_of`."""
    async with reading() as connection:
        whom = await find(connection, said)
        if isinstance(whom, list):
            return whom
        which: dict[str, Any] = {"id": whom.customer}
        customer = (await rows_of(connection, _CUSTOMER, which))[0]
        assessed = (await payers(connection, [whom.customer], as_of))[whom.customer]
        return CustomerView(
            **customer,
            items=tuple(OpenItem(**row) for row in await rows_of(connection, _ITEMS, which)),
            holds=tuple(
                StandingHold(**row)
                for row in await rows_of(connection, _HOLDS, which | {"today": whom.today(as_of), "lasting": LASTING})
            ),
            notes=tuple(NoteView(**row) for row in await rows_of(connection, _NOTES, which)),
            payer=None if assessed.payer is None else assessed.payer.value,
            payer_because=assessed.because,
            terms=await views_of(connection, whom.customer),
        )
