"""Customers from files: new ones are added, what a file says of known ones is updated, what it leaves out stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.customer_record import CustomerRecord
from policies.problems import Problem
from storage import approvals, journal
from storage.bulk import arrays, chunks, rows_of
from storage.facts import touch
from storage.importing import Counts, importing, remember
from storage.terms_import import Told, import_terms

OWN = ("name", "kind", "country", "language", "zone", "owner", "salesperson", "policy", "segment", "region",
       "credit_limit", "credit_currency")  # fmt: skip
REACH = ("contact", "email", "phone")


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


@dataclass(frozen=True, slots=True)
class Kept:
    """Customers after an import: their row by number, and which of them are new or changed."""

    ids: Mapping[str, int]
    new: frozenset[str]
    changed: frozenset[str]


_INSERT = text(
    """
    INSERT INTO customer (creditor_id, number, name, kind, country, language, zone, owner, salesperson, policy, segment,
        region, credit_limit, credit_currency)
    SELECT r.id, g.number, coalesce(nullif(g.name, ''), g.number), g.kind, nullif(g.country, ''),
           coalesce(nullif(g.language, ''), r.language), coalesce(nullif(g.zone, ''), r.zone), g.owner, g.salesperson,
           g.policy, g.segment, g.region, g.credit_limit, g.credit_currency
    FROM unnest(CAST(:number AS text[]), CAST(:name AS text[]), CAST(:kind AS text[]), CAST(:country AS text[]),
                CAST(:language AS text[]), CAST(:zone AS text[]), CAST(:owner AS text[]), CAST(:salesperson AS text[]),
                CAST(:policy AS text[]), CAST(:segment AS text[]), CAST(:region AS text[]),
                CAST(:credit_limit AS bigint[]), CAST(:credit_currency AS text[]))
         AS g(number, name, kind, country, language, zone, owner, salesperson, policy, segment, region,
              credit_limit, credit_currency)
    JOIN creditor r ON r.id = :creditor
    ON CONFLICT (creditor_id, number) DO NOTHING RETURNING number
    """
)
_CONTACTS = text(
    "INSERT INTO contact (customer_id, role) SELECT id, 'accounts' FROM customer "
    "WHERE creditor_id = :creditor AND number = ANY(:numbers) ON CONFLICT (customer_id, role) DO NOTHING"
)
_KNOWN = text(
    """
    SELECT d.id, d.number, d.name, d.kind, coalesce(d.country, '') AS country, d.language, d.zone, d.owner,
    d.salesperson, d.policy, d.segment, d.region, d.credit_limit, d.credit_currency,
           k.name AS contact, k.email, k.phone, k.email_dead_at IS NOT NULL AS dead,
           EXISTS (SELECT FROM journal j WHERE j.chain = 'customer:' || d.id
           AND j.kind = 'email_corrected') AS corrected
    FROM customer d JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts'
    WHERE d.creditor_id = :creditor AND d.number = ANY(:numbers) ORDER BY d.id FOR UPDATE OF d
    """
)
_UPDATE = text(
    """
    UPDATE customer SET name = g.name, kind = g.kind, country = nullif(g.country, ''), language = g.language,
    zone = g.zone,
        owner = g.owner, salesperson = g.salesperson, policy = g.policy, segment = g.segment, region = g.region,
        credit_limit = g.credit_limit, credit_currency = g.credit_currency
    FROM unnest(CAST(:id AS bigint[]), CAST(:name AS text[]), CAST(:kind AS text[]), CAST(:country AS text[]),
                CAST(:language AS text[]), CAST(:zone AS text[]), CAST(:owner AS text[]), CAST(:salesperson AS text[]),
                CAST(:policy AS text[]), CAST(:segment AS text[]), CAST(:region AS text[]),
                CAST(:credit_limit AS bigint[]), CAST(:credit_currency AS text[]))
         AS g(id, name, kind, country, language, zone, owner, salesperson, policy, segment, region,
              credit_limit, credit_currency)
    WHERE customer.id = g.id
    """
)
_REACH = text(
    """
    UPDATE contact SET name = g.contact, email = g.email, phone = g.phone,
        email_dead_at = CASE WHEN contact.email = g.email THEN email_dead_at END,
        email_dead_why = CASE WHEN contact.email = g.email THEN email_dead_why ELSE '' END
    FROM unnest(CAST(:id AS bigint[]), CAST(:contact AS text[]), CAST(:email AS text[]), CAST(:phone AS text[]))
         AS g(id, contact, email, phone)
    WHERE contact.customer_id = g.id AND contact.role = 'accounts'
    """
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
    return Said(
        record.number, record.name, record.kind.value, record.country, record.language, record.time_zone, record.owner,
        record.salesperson, record.contact, record.email, record.phone, record.policy, record.segment, record.region,
        kind_counts=True, credit_limit=record.credit_limit, credit_currency=record.credit_currency,
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
        new |= fresh
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
    rows = [{name: getattr(one, name) for name in ("number", *OWN)} for one in part]
    values = arrays(rows, ("number", *OWN)) | {"creditor": creditor}
    fresh = set(await connection.scalars(_INSERT, values))
    await connection.execute(_CONTACTS, _which(creditor, part))
    return fresh


def _merged(row: Mapping[str, Any], said: Said) -> dict[str, Any]:
    """What is known, with what the file says over it. An address a person corrected is not overwritten by invoices."""
    told = {name: getattr(said, name) for name in (*OWN, *REACH)}
    values = {name: row[name] if value in ("", None) else value for name, value in told.items()}
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
        await connection.execute(_REACH, arrays(rows, ("id", *REACH)))
