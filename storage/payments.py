"""Bank lines: each is booked once, and set against the invoices it names."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from storage.bulk import arrays, chunks
from storage.importing import importing, remember
from storage.settling import settle_all
from storage.settling_books import BETWEEN, NO_MARK

_INSERT = text(
    """
    INSERT INTO payment (creditor_id, source, fingerprint, booked, value_date, amount, currency, reference,
    end_to_end_id,
                         counterparty, iban, text)
    SELECT :creditor, :source, g.* FROM unnest(CAST(:fingerprint AS text[]), CAST(:booked AS date[]),
        CAST(:value_date AS date[]), CAST(:amount AS bigint[]), CAST(:currency AS text[]), CAST(:reference AS text[]),
        CAST(:end_to_end_id AS text[]), CAST(:counterparty AS text[]), CAST(:iban AS text[]),
        CAST(:text AS text[])) AS g
    ON CONFLICT (creditor_id, fingerprint) DO NOTHING RETURNING id
    """
)
_COLUMNS = (
    "fingerprint", "booked", "value_date", "amount", "currency", "reference", "end_to_end_id", "counterparty", "iban",
    "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Booked:
    """What an import of bank lines did. Of the new lines, `booked` found an invoice (or, returned, their payment), in
    whole or in part; `unmatched` found none; `proposed` wait for a person to confirm."""

    read: int
    new: int
    changed: int
    unchanged: int
    booked: int
    proposed: int
    unmatched: int
    problems: tuple[Problem, ...] = ()


async def book_payments(
    records: Sequence[PaymentRecord], source: str, sha256: str, creditor: int, at: datetime, dry_run: bool = False
) -> Booked:
    """Book a file of bank lines. The same line twice books once; cases whose invoice is paid or unpaid by it wake."""
    async with importing(creditor, dry_run=dry_run) as connection:
        new = await _insert(connection, _rows(records), source, creditor)
        used: Mapping[int, int] = await settle_all(connection, creditor, at) if new else {}
        if records:
            booked_on = max(record.booked for record in records)
            await remember(connection, creditor, "payments", source, sha256, booked_on)
    matched = sum(1 for payment in new if used.get(payment))
    return Booked(len(records), len(new), 0, len(records) - len(new), matched, 0, len(new) - matched)


async def _insert(
    connection: AsyncConnection, rows: Sequence[Mapping[str, Any]], source: str, creditor: int
) -> list[int]:
    new: list[int] = []
    for part in chunks(rows):
        values = arrays(part, _COLUMNS) | {"creditor": creditor, "source": source}
        new += await connection.scalars(_INSERT, values)
    return new


def _rows(records: Sequence[PaymentRecord]) -> list[dict[str, Any]]:
    """The lines as rows. Equal lines without a reference of their own are told apart by their place among equals."""
    seen: dict[str, int] = defaultdict(int)
    rows = []
    for record in records:
        content = _content(record)
        seen[content] += 1
        place = 1 if _has_reference(record) else seen[content]
        rows.append({
            "fingerprint": hashlib.sha256(f"{content}|{place}".encode()).hexdigest(),
            "booked": record.booked, "value_date": record.value_date, "amount": record.amount,
            "currency": record.currency,
            "reference": _reference(record), "end_to_end_id": record.end_to_end_id, "counterparty": record.counterparty,
            "iban": record.iban, "text": record.text,
        })  # fmt: skip
    return rows


def _content(record: PaymentRecord) -> str:
    """Everything the bank said of the line; each part with its length, so that no two lines read alike."""
    parts = (
        record.account, record.booked.isoformat(), record.value_date.isoformat(), str(record.amount), record.currency,
        record.reference, record.end_to_end_id, record.counterparty, record.iban, record.text, *record.invoices,
    )  # fmt: skip
    return "".join(f"{len(part)}:{part}" for part in parts)


def _has_reference(record: PaymentRecord) -> bool:
    return bool(record.reference or record.invoices) or record.end_to_end_id.strip().upper() not in NO_MARK


def _reference(record: PaymentRecord) -> str:
    """The reference together with the invoice numbers the file itself names."""
    return BETWEEN.join(dict.fromkeys(part for part in (record.reference, *record.invoices) if part))
