"""Invoices and credit notes from files: added once, followed when an amount or a due date changes."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.discount import offers
from policies.problems import Problem
from policies.records import DocumentKind, InvoiceRecord
from policies.stages import Stage
from storage import approvals, open_credits
from storage.bulk import append_to_cases, arrays, chunks, rows_of
from storage.customers import Said, keep_customers
from storage.discounts import discounts_written
from storage.due_items import as_known
from storage.facts import lock, touch
from storage.importing import Counts, importing, remember
from storage.instrument_holds import ASSIGNMENT, SAID, follow, said_by
from storage.invoice_refusals import refused
from storage.invoice_vat import keep_vat
from storage.opening import reached_later
from storage.progress import progress
from storage.session import transaction
from storage.settling import settle_all
from storage.settling_books import BETWEEN
from storage.terms_import import Told, import_terms, invoices_of

FACTS = ("total", "prepaid", "due")
"""A change of one of these is journalled on the open case and wakes it."""
FOLLOWED = (*FACTS, "issued", "reference", "discounts", "reached_stage", "reached_on", "policy", *SAID)
_SAID = ", ".join(SAID)
_ARRAYS = ", ".join(f"CAST(:{name} AS {'date' if name == 'instrument_on' else 'text'}[])" for name in SAID)

_INSERT = text(
    f"""
    INSERT INTO invoice (creditor_id, source, number, part_of, kind, customer_id, issued, due, currency, total, prepaid,
    reference, discounts, reached_stage, reached_on, policy, {_SAID})
    SELECT :creditor, :source, g.* FROM unnest(CAST(:number AS text[]), CAST(:part_of AS text[]), CAST(:kind AS text[]),
    CAST(:customer AS bigint[]),
        CAST(:issued AS date[]), CAST(:due AS date[]), CAST(:currency AS text[]), CAST(:total AS bigint[]),
        CAST(:prepaid AS bigint[]), CAST(:reference AS text[]), CAST(:discounts AS text[]), CAST(:reached_stage AS text[]),
        CAST(:reached_on AS date[]), CAST(:policy AS text[]), {_ARRAYS}) AS g
    ON CONFLICT (creditor_id, source, number) DO NOTHING
    """  # noqa: S608 - no outside text
)
_INSERTED = (
    "number", "part_of", "kind", "customer", "issued", "due", "currency", "total", "prepaid", "reference", "discounts",
    "reached_stage", "reached_on", "policy", *SAID,
)  # fmt: skip
_KNOWN = text(
    f"""
    SELECT i.id, i.number, i.part_of, i.kind, i.customer_id AS customer, i.issued, i.due, i.currency, i.total, i.prepaid,
    i.reference, i.discounts, i.reached_stage, i.reached_on, i.policy, {_SAID}, c.id AS case
    FROM invoice i LEFT JOIN cases c ON c.invoice_id = i.id AND c.closed_at IS NULL
    WHERE i.creditor_id = :creditor AND i.source = :source AND i.number = ANY(:numbers) ORDER BY i.id FOR UPDATE OF i
    """  # noqa: S608 - no outside text
)
_ELSEWHERE = text(
    """
    SELECT coalesce(nullif(i.part_of, ''), i.number) AS number, i.source, d.number AS customer
    FROM invoice i JOIN customer d ON d.id = i.customer_id
    WHERE i.creditor_id = :creditor AND i.source <> :source
      AND (i.number = ANY(:numbers) OR i.part_of <> '' AND i.part_of = ANY(:numbers))
    """
)
_UPDATE = text(
    f"""
    UPDATE invoice SET total = g.total, prepaid = g.prepaid, due = g.due, issued = g.issued, reference = g.reference,
        discounts = g.discounts, reached_stage = g.reached_stage, reached_on = g.reached_on, policy = g.policy,
        {", ".join(f"{name} = g.{name}" for name in SAID)}
    FROM unnest(CAST(:id AS bigint[]), CAST(:total AS bigint[]), CAST(:prepaid AS bigint[]), CAST(:due AS date[]),
        CAST(:issued AS date[]), CAST(:reference AS text[]), CAST(:discounts AS text[]),
        CAST(:reached_stage AS text[]), CAST(:reached_on AS date[]), CAST(:policy AS text[]), {_ARRAYS})
        AS g(id, total, prepaid, due, issued, reference, discounts, reached_stage, reached_on, policy, {_SAID})
    WHERE invoice.id = g.id
    """  # noqa: S608 - no outside text
)
_ATTACH = text(
    """
    UPDATE invoice SET document_name = :name, document_type = :type, document = :content, document_sha256 = :sha256
    WHERE creditor_id = :creditor AND source = :source AND :number IN (number, part_of) AND document_sha256 <> :sha256
    """
)


async def import_invoices(
    records: Sequence[InvoiceRecord], source: str, sha256: str, creditor: int, at: datetime, dry_run: bool = False
) -> Counts:
    """Take in a file of invoices and credit notes with their customers. Reading it again changes nothing.

    `source` names the program the numbers come from: a number is unique per source. Payments that came before their
    invoice settle it now.
    """
    async with importing(creditor, dry_run=dry_run) as connection:
        kept = await keep_customers(connection, creditor, [_said(record) for record in records], at)
        counts, done = Counts(len(records), 0, 0, 0), 0
        items, doubts = await as_known(connection, records, source, creditor)
        counts = replace(counts, problems=doubts)
        for part in chunks(items):
            counts = _sum(counts, await _take_in(connection, part, source, creditor, kept.ids, at))
            counts = _sum(counts, await _terms(connection, part, source, creditor, kept.ids, at))
            await keep_vat(connection, part, source, creditor)
            done += len(part)
            progress("invoices written", done, len(items))
        if counts.new or counts.changed:
            await settle_all(connection, creditor, at)
        await remember(connection, creditor, "invoices", source, sha256, at.date())
    return counts


async def _terms(
    connection: AsyncConnection, part: Sequence[InvoiceRecord], source: str, creditor: int, customers: Mapping[str,
    int], at: datetime,
) -> Counts:  # fmt: skip
    """What customers accepted for single invoices; only problems are counted: the invoices were counted before."""
    with_terms = [(record, record.agreed) for record in part if record.agreed is not None]
    if not with_terms:
        return Counts(0, 0, 0, 0)
    ids = await invoices_of(connection, creditor, source, [record.number for record, _ in with_terms])
    told = [
        Told(customers[record.customer_number], ids[record.number], agreed, record.line)
        for record, agreed in with_terms
        if record.number in ids
    ]
    refused = await import_terms(connection, told, at)
    return Counts(0, 0, 0, 0, tuple(Problem(source, one.line, one.field, one.why) for one in refused))


def _said(record: InvoiceRecord) -> Said:
    return Said(
        record.customer_number, record.customer_name, record.customer_kind.value, record.country, record.language, "",
        record.owner, record.salesperson, record.contact_name, record.email, record.phone, "", "", "", kind_counts=False,
    )  # fmt: skip


def _sum(one: Counts, other: Counts) -> Counts:
    return Counts(
        one.read, one.new + other.new, one.changed + other.changed, one.unchanged + other.unchanged,
        one.problems + other.problems,
    )  # fmt: skip


async def _take_in(
    connection: AsyncConnection, part: Sequence[InvoiceRecord], source: str, creditor: int, customers: Mapping[str,
    int],
    at: datetime,
) -> Counts:  # fmt: skip
    numbers = sorted({number for record in part for number in (record.number, record.part_of) if number})
    which = {"creditor": creditor, "source": source, "numbers": numbers}
    known = {row["number"]: row for row in await rows_of(connection, _KNOWN, which)}
    elsewhere = {(row.number, row.customer): row.source for row in await connection.execute(_ELSEWHERE, which)}
    new, changed, problems, unchanged = [], [], [], 0
    for record in part:
        row = known.get(record.number)
        values = _values(record, customers[record.customer_number], row)
        wrong = refused(record, values, row, elsewhere, source)
        if wrong:
            problems.append(wrong)
        elif row is None:
            new.append(values)
        elif any(values[name] != row[name] for name in FOLLOWED):
            changed.append((row, values))
        else:
            unchanged += 1
    if new:
        await connection.execute(_INSERT, arrays(new, _INSERTED) | {"creditor": creditor, "source": source})
    await open_credits.came(connection, [one["customer"] for one in new if one["kind"] == DocumentKind.CREDIT_NOTE])
    await _follow(connection, changed, at)
    return Counts(len(part), len(new), len(changed), unchanged, tuple(problems))


def _values(record: InvoiceRecord, customer: int, known: Mapping[str, Any] | None) -> dict[str, Any]:
    """The row of a record. A later file that says nothing of what the old system had sent, or of a policy of its own,
    does not undo it."""
    reached = {"reached_stage": str(record.reached_stage or ""), "reached_on": record.reached_on}
    if known and not record.reached_stage:
        reached = {name: known[name] for name in reached}
    policy = record.policy or (known["policy"] if known else "")
    return {
        "number": record.number, "part_of": record.part_of, "kind": record.kind.value, "customer": customer, "issued": record.issued,
        "due": record.due or record.issued, "currency": record.currency, "total": record.total + record.rounding,
        "prepaid": record.prepaid, "reference": _reference(record),
        "discounts": _discounts(record, known), "policy": policy, **reached,
        **said_by(record, known),
    }  # fmt: skip


def _reference(record: InvoiceRecord) -> str:
    """What payments name; of a credit note the invoices it takes back, since these it settles."""
    if record.kind is DocumentKind.CREDIT_NOTE and record.corrects:
        return BETWEEN.join(record.corrects)
    return record.reference


def _discounts(record: InvoiceRecord, known: Mapping[str, Any] | None) -> str:
    """The cash discounts offered; a file that says nothing of them leaves them as they were."""
    stated = discounts_written(offers(record.discounts, record.issued, record.payable))
    is_same_sum = known is not None and known["total"] - known["prepaid"] == record.payable
    return stated or (str(known["discounts"]) if known is not None and is_same_sum else "")


async def _follow(
    connection: AsyncConnection, changed: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]], at: datetime
) -> None:
    """Write what changed; open cases whose amount or due date it is learn of it."""
    if not changed:
        return
    rows = [{**values, "id": row["id"]} for row, values in changed]
    await connection.execute(_UPDATE, arrays(rows, ("id", *FOLLOWED)))
    entries = [
        (row["case"], {name: [row[name], values[name]] for name in FACTS if row[name] != values[name]})
        for row, values in changed
        if row["case"] is not None and any(row[name] != values[name] for name in FACTS)
    ]
    cases = [case for case, _ in entries]
    await lock(connection, cases)
    await append_to_cases(connection, "changed", entries, at)
    await approvals.void(connection, cases, "the invoice changed", at)
    await touch(connection, {*cases, *_assigned_anew(changed)})
    await follow(connection, [row["case"] for row, _ in changed if row["case"] is not None], at)
    for row, values in changed:
        if row["case"] is not None and values["reached_stage"] and values["reached_stage"] != row["reached_stage"]:
            reached_on = values["reached_on"] or at.date()
            await reached_later(connection, row["case"], Stage(values["reached_stage"]), reached_on, at)


def _assigned_anew(changed: Sequence[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> list[int]:
    """The open cases of which a file says that the claim is another's now, or no longer: they may go on, or may not."""
    return [
        row["case"]
        for row, values in changed
        if row["case"] is not None and any(row[name] != values[name] for name in ASSIGNMENT)
    ]


async def attach(creditor: int, source: str, number: str, name: str, media_type: str, content: bytes) -> bool:
    """Keep the invoice's own file, which reminders send as a copy. Answers whether it is another than before."""
    sha256 = hashlib.sha256(content).hexdigest()
    values = {
        "creditor": creditor, "source": source, "number": number, "name": name, "type": media_type, "content": content,
        "sha256": sha256,
    }  # fmt: skip
    async with transaction() as connection:
        return (await connection.execute(_ATTACH, values)).rowcount > 0
