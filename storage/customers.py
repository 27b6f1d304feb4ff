"""Customers from files: new ones are added, what a file says of known ones is updated, what it leaves out stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.customer_record import ContactRecord, CustomerRecord
from policies.languages import with_language
from policies.problems import Problem
from storage import approvals, journal
from storage.bulk import arrays, chunks, rows_of
from storage.customer_contacts import REACH, write_others, write_reach
from storage.facts import touch
from storage.importing import Counts, importing, remember
from storage.letter_addresses import new_addresses
from storage.terms_import import Told, import_terms

COLUMNS = {
    "name": "text", "kind": "text", "country": "text", "language": "text", "zone": "text", "owner": "text", "backup": "text",
    "salesperson": "text", "policy": "text", "segment": "text", "region": "text", "credit_limit": "bigint",
    "credit_currency": "text", "company_number": "text", "vat_number": "text", "ibans": "text", "payment_method": "text",
    "mandate": "text", "payer": "text", "orders_given": "bigint", "orders_on": "date", "terms_days": "bigint", "terms_month_end": "text", "terms_on_day": "bigint",
    "verified_on": "date",
}  # fmt: skip
"""What a file says of the customer itself, with its type."""
OWN = tuple(COLUMNS)
TERMS = ("terms_days", "terms_month_end", "terms_on_day")
"""Said together or not at all."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of a customer; empty text: nothing. `kind_counts`: it may change the kind of a known one."""

    number: str
    name: str
    kind: str
    country: str
    language: str
    zone: str
    owner: str
    salesperson: str
    contact: str
    email: str
    phone: str
    policy: str
    segment: str
    region: str
    kind_counts: bool
    credit_limit: int | None = None
    """Minor units of `credit_currency`; None: nothing is said."""
    credit_currency: str = ""
    orders_given: int | None = None
    """In the same currency; with the day it was so."""
    orders_on: date | None = None
    company_number: str = ""
    vat_number: str = ""
    ibans: str = ""
    payment_method: str | None = None
    mandate: str = ""
    payer: str = ""
    terms_days: int | None = None
    terms_month_end: str = ""
    terms_on_day: int = 0
    verified_on: date | None = None
    postal: str = ""
    backup: str = ""
    contacts: tuple[ContactRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Customers after an import: their row by number, and which of them are new or changed."""

    ids: Mapping[str, int]
    new: frozenset[str]
    changed: frozenset[str]


_ARRAYS = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in COLUMNS.items())
_AS_SAID = {
    "name": "coalesce(nullif(g.name, ''), g.number)", "country": "nullif(g.country, '')",
    "language": "coalesce(nullif(g.language, ''), r.language)", "zone": "coalesce(nullif(g.zone, ''), r.zone)",
}  # fmt: skip
_INSERT = text(
    f"""
    INSERT INTO customer (creditor_id, number, {", ".join(OWN)})
    SELECT r.id, g.number, {", ".join(_AS_SAID.get(name, f"g.{name}") for name in OWN)}
    FROM unnest(CAST(:number AS text[]), {_ARRAYS}) AS g(number, {", ".join(OWN)})
    JOIN creditor r ON r.id = :creditor
    ON CONFLICT (creditor_id, number) DO NOTHING RETURNING number
    """  # noqa: S608  # names of columns alone
)
_CONTACTS = text(
    "INSERT INTO contact (customer_id, role) SELECT id, 'accounts' FROM customer "
    "WHERE creditor_id = :creditor AND number = ANY(:numbers) ON CONFLICT (customer_id, role) DO NOTHING"
)
_KNOWN = text(
    f"""
    SELECT d.id, d.number, {", ".join("coalesce(d.country, '') AS country" if name == "country" else f"d.{name}" for name in OWN)},
           k.name AS contact, k.email, k.phone, k.postal, k.email_dead_at IS NOT NULL AS dead,
           EXISTS (SELECT FROM journal j WHERE j.chain = 'customer:' || d.id
           AND j.kind = 'email_corrected') AS corrected
    FROM customer d JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts'
    WHERE d.creditor_id = :creditor AND d.number = ANY(:numbers) ORDER BY d.id FOR UPDATE OF d
    """  # noqa: S608  # names of columns alone
)
_UPDATE = text(
    f"""
    UPDATE customer SET {", ".join(f"{name} = " + ("nullif(g.country, '')" if name == "country" else f"g.{name}") for name in OWN)}
    FROM unnest(CAST(:id AS bigint[]), {_ARRAYS}) AS g(id, {", ".join(OWN)})
    WHERE customer.id = g.id
    """  # noqa: S608  # names of columns alone
)
_OPEN = text("SELECT id FROM cases WHERE customer_id = ANY(:ids) AND closed_at IS NULL ORDER BY id")


async def import_customers(
    records: Sequence[CustomerRecord], source: str, sha256: str, creditor: int, at: datetime, dry_run: bool = False
) -> Counts:
    """Take in a file of customers. Reading it again changes nothing; changed cases look again."""
    async with importing(creditor, dry_run=dry_run) as connection:
        said = [_from_file(record) for record in records]
        kept = await keep_customers(connection, creditor, said, at)
        told = [Told(kept.ids[one.number], None, one.terms, one.line) for one in records if one.terms is not None]
        refused = await import_terms(connection, told, at)
        await remember(connection, creditor, "customers", source, sha256, at.date())
    unchanged = len(kept.ids) - len(kept.new) - len(kept.changed)
    problems = tuple(Problem(source, one.line, one.field, one.why) for one in refused)
    return Counts(len(records), len(kept.new), len(kept.changed), unchanged, problems)


def _from_file(record: CustomerRecord) -> Said:
    terms = record.payment_terms
    return Said(
        record.number, record.name, record.kind.value, record.country, record.language, record.time_zone, record.owner,
        record.salesperson, record.contact, record.email, record.phone, record.policy, record.segment, record.region,
        kind_counts=True, credit_limit=record.credit_limit, credit_currency=record.credit_currency,
        orders_given=record.orders_given, orders_on=record.orders_on, company_number=record.company_number, vat_number=record.vat_number, ibans=" ".join(record.ibans),
        payment_method=record.payment_method or None, mandate=record.mandate, payer=record.payer,
        terms_days=terms.days if terms else None, terms_month_end=terms.month_end.value if terms else "",
        terms_on_day=terms.on_day if terms else 0, verified_on=record.verified_on, postal=record.postal,
        backup=record.backup,
        contacts=record.contacts,
    )  # fmt: skip


async def keep_customers(connection: AsyncConnection, creditor: int, said: Sequence[Said], at: datetime) -> Kept:
    """Add the new ones and update the known ones, inside the caller's transaction; the last word on a number counts."""
    by_number = {one.number: one for one in said}
    ids: dict[str, int] = {}
    new: set[str] = set()
    changed: set[str] = set()
    touched: list[int] = []
    other_kind: list[int] = []
    for part in chunks(list(by_number.values())):
        fresh = await _insert(connection, creditor, part)
        rows = await rows_of(connection, _KNOWN, _which(creditor, part))
        after = [(row, _merged(row, by_number[row["number"]])) for row in rows]
        ids |= {row["number"]: row["id"] for row in rows}
        different = [
            (row, values) for row, values in after if any(row[name] != values[name] for name in (*OWN, *REACH))
        ]
        await _write(connection, [values for _, values in different])
        others = await write_others(connection, [(ids[one.number], each) for one in part for each in one.contacts])
        await new_addresses(connection, ids.values())
        new |= fresh
        changed |= {row["number"] for row in rows if row["id"] in others} - fresh
        touched += others
        for row, values in different:
            if row["number"] not in fresh:
                changed.add(row["number"])
                touched.append(row["id"])
                fields = [name for name in (*OWN, *REACH) if row[name] != values[name]]
                other_kind += [row["id"]] if "kind" in fields else []
                await journal.append(connection, "customer", row["id"], "changed", {"fields": fields}, at)
    if other_kind:  # another law may count: nothing leaves that was approved for the kind it was taken for
        cases = list(await connection.scalars(_OPEN, {"ids": other_kind}))
        await approvals.void(connection, cases, "the customer is of another kind", at)
    if touched:
        await touch(connection, list(await connection.scalars(_OPEN, {"ids": touched})))
    return Kept(ids, frozenset(new), frozenset(changed))


def _which(creditor: int, part: Sequence[Said]) -> dict[str, Any]:
    return {"creditor": creditor, "numbers": [one.number for one in part]}


async def _insert(connection: AsyncConnection, creditor: int, part: Sequence[Said]) -> set[str]:
    rows = [with_language({name: getattr(one, name) for name in ("number", *OWN)}) for one in part]
    fresh = set(await connection.scalars(_INSERT, arrays(rows, ("number", *OWN)) | {"creditor": creditor}))
    await connection.execute(_CONTACTS, _which(creditor, part))
    return fresh


def _merged(row: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """What is known, with what the file says over it. An address a person corrected is not overwritten by invoices."""
    told = {name: getattr(said, name) for name in (*OWN, *REACH)}
    values = {name: row[name] if value in ("", None) else value for name, value in told.items()}
    values |= {name: (row if said.terms_days is None else told)[name] for name in TERMS}
    if said.name == said.number:
        values["name"] = row["name"]
    if not said.kind_counts:
        values["kind"] = row["kind"]
        if row["corrected"]:
            values["email"] = row["email"]
    return values | {"id": row["id"]}


async def _write(connection: AsyncConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        await connection.execute(_UPDATE, arrays(rows, ("id", *OWN)))
        await write_reach(connection, rows)
