"""Terms records: what a customer agreed to, with what proves it. Kept for good; one made by mistake is withdrawn."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.facts import DebtorKind
from policies.problems import Problem
from storage import approvals, journal
from storage.facts import touch_customer
from storage.law_store import law_of
from storage.session import reading, transaction
from storage.whom import find

SOURCE = "command"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a person records: percent a year, flat sum in minor units of `currency`, and the words or file that prove it."""

    accepted_on: date
    rate: Decimal | None
    flat: int | None
    currency: str
    words: str
    document_name: str = ""
    document: bytes | None = None
    limitation_years: int | None = None
    day_count: str | None = None
    """Of the rate."""


@dataclass(frozen=True, slots=True)
class TermsView:
    """A record as it stands in the books; no invoice: it is for all of the customer's."""

    id: int
    customer_number: str
    customer_name: str
    invoice: str
    accepted_on: date
    rate: Decimal | None
    flat: int | None
    currency: str
    limitation_years: int | None
    day_count: str | None
    words: str
    document_name: str
    document_sha256: str
    set_by: str
    at: datetime
    withdrawn: str | None
    """Why it no longer counts."""


_WHO = text("SELECT country, region, kind FROM customer WHERE id = :id")
_INVOICE = text("SELECT id FROM invoice WHERE customer_id = :customer AND number = :number AND kind = 'invoice'")
_RECORD = text(
    """
    INSERT INTO terms_record (customer_id, invoice_id, rate, flat, currency, limitation_years, day_count, words, accepted_on,
        document_name, document_sha256, document, set_by, at)
    VALUES (:customer, CAST(:invoice AS bigint), CAST(:rate AS numeric), CAST(:flat AS bigint), :currency,
        CAST(:limitation_years AS bigint), :day_count, :words, :accepted_on,
        :document_name, :sha256, CAST(:document AS bytea), :actor, :at) RETURNING id
    """
)
_WITHDRAW = text(
    "UPDATE terms_record SET withdrawn_at = :at, withdrawn_by = :actor, withdrawn_why = :why "
    "WHERE id = :id AND withdrawn_at IS NULL RETURNING customer_id"
)
_SHOWN = text(
    """
    SELECT t.id, d.number AS customer_number, d.name AS customer_name, coalesce(i.number, '') AS invoice, t.accepted_on,
           t.rate, t.flat, t.currency, t.limitation_years, t.day_count, t.words, t.document_name, t.document_sha256, t.set_by, t.at,
           CASE WHEN t.withdrawn_at IS NOT NULL THEN t.withdrawn_why END AS withdrawn
    FROM terms_record t JOIN customer d ON d.id = t.customer_id LEFT JOIN invoice i ON i.id = t.invoice_id
    WHERE CAST(:customer AS bigint) IS NULL OR d.id = :customer ORDER BY d.name, d.number, t.accepted_on, t.id
    """
)


async def record_terms(
    customer: str, invoice: str, accepted: Accepted, actor: str, at: datetime
) -> TermsView | list[Problem]:
    """Record what the customer accepted, for all its invoices or for one; its cases look again."""
    async with transaction() as connection:
        whom = await find(connection, customer)
        if isinstance(whom, list):
            return whom
        item = await _item(connection, whom.customer, whom.name, invoice)
        if isinstance(item, list):
            return item
        if accepted.accepted_on > whom.today(at):
            return [
                Problem(
                    SOURCE,
                    None,
                    "accepted",
                    f"{accepted.accepted_on} is still to come: terms are recorded once accepted.",
                )
            ]
        why = await clause_refused(connection, whom.customer, accepted.limitation_years, at)
        if why:
            return [Problem(SOURCE, None, "limitation_years", why)]
        id = await record_in(connection, whom.customer, item, accepted, actor, at)
        return next(one for one in await views_of(connection, whom.customer) if one.id == id)


async def record_in(
    connection: AsyncConnection, customer: int, invoice: int | None, accepted: Accepted, actor: str, at: datetime
) -> int:
    """Write a record down in the caller's transaction; the customer's cases look again."""
    sha256 = hashlib.sha256(accepted.document).hexdigest() if accepted.document is not None else ""
    values = _stated(accepted) | {
        "customer": customer, "invoice": invoice, "sha256": sha256, "actor": actor, "at": at,
    }  # fmt: skip
    id = int(await connection.scalar(_RECORD, values))
    facts = {
        "terms": id, "invoice": invoice, "rate": accepted.rate, "flat": accepted.flat, "currency": accepted.currency,
        "limitation_years": accepted.limitation_years, "day_count": accepted.day_count, "accepted_on": accepted.accepted_on, "sha256": sha256,
        "actor": actor,
    }  # fmt: skip
    await journal.append(connection, "customer", customer, "terms_recorded", facts, at)
    await touch_customer(connection, customer)
    return id


async def clause_refused(connection: AsyncConnection, customer: int, years: int | None, at: datetime) -> str:
    """Why the customer's law does not let the parties agree on so many years of limitation; empty: it does.

    Where no rule is known the clause is kept for the day there is one.
    """
    if years is None:
        return ""
    who = (await connection.execute(_WHO, {"id": customer})).one()
    law = law_of(who.country, who.region, DebtorKind(who.kind), at.date())
    return "" if law is None or law.limitation is None else law.limitation.why_not_agreed(years)


def _stated(accepted: Accepted) -> dict[str, Any]:
    names = (
        "rate",
        "flat",
        "currency",
        "words",
        "accepted_on",
        "document_name",
        "document",
        "limitation_years",
        "day_count",
    )
    return {name: getattr(accepted, name) for name in names}


async def _item(connection: AsyncConnection, customer: int, name: str, invoice: str) -> int | list[Problem] | None:
    """The invoice meant, paid or not; None where all are."""
    if not invoice.strip():
        return None
    found = list(await connection.scalars(_INVOICE, {"customer": customer, "number": invoice.strip()}))
    if len(found) == 1:
        return int(found[0])
    several = f"{name} has several invoices {invoice}." if found else f"{name} has no invoice {invoice}."
    return [Problem(SOURCE, None, "invoice", several)]


async def withdraw_terms(id: int, why: str, actor: str, at: datetime) -> list[Problem]:
    """A record was made by mistake: it no longer counts, and drafts that may rest on it are written anew."""
    async with transaction() as connection:
        customer = await connection.scalar(_WITHDRAW, {"id": id, "why": why, "actor": actor, "at": at})
        if customer is None:
            return [Problem(SOURCE, None, "record", f"There is no terms record {id} that counts.")]
        facts = {"terms": id, "actor": actor}
        await journal.append(connection, "customer", customer, "terms_withdrawn", facts, at)
        cases = await touch_customer(connection, customer)
        await approvals.void(connection, cases, "terms it may rest on were withdrawn", at)
    return []


async def list_terms(customer: str) -> tuple[TermsView, ...] | list[Problem]:
    """The records of a customer, or of all (empty), oldest first, those withdrawn included."""
    async with reading() as connection:
        if not customer.strip():
            return await views_of(connection, None)
        whom = await find(connection, customer)
        return whom if isinstance(whom, list) else await views_of(connection, whom.customer)


async def views_of(connection: AsyncConnection, customer: int | None) -> tuple[TermsView, ...]:
    """The records of a customer (None: of all), oldest first, those withdrawn included."""
    return tuple(TermsView(**row) for row in (await connection.execute(_SHOWN, {"customer": customer})).mappings())
