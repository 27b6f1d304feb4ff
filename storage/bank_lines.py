"""Bank lines in the database: what is known near a file's days, what of the file is new, and what it tells better."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.account_key import account_key
from policies.bank_line import GRACE, BankLine, says_more
from policies.payment_record import PaymentRecord
from policies.recognition import Recognised, recognise
from storage.bulk import arrays, chunks, rows_of
from storage.progress import progress
from storage.settling_books import BETWEEN, NO_MARK

_FIELDS: dict[str, str] = {
    "fingerprint": "text", "booked": "date", "value_date": "date", "amount": "bigint", "currency": "text",
    "reference": "text", "end_to_end_id": "text", "counterparty": "text", "iban": "text", "text": "text",
    "account": "text", "bank_reference": "text", "batch": "text", "return_reason": "text", "mandate": "text",
    "charges": "bigint", "further_references": "text", "is_pending": "boolean", "invoices": "text",
}  # fmt: skip
_MADE = frozenset({"fingerprint", "further_references", "invoices"})
"""What is written otherwise than the record has it."""
_GIVEN = ", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in _FIELDS.items())
_KNOWN = text(
    f"SELECT id, is_replaced, {', '.join(_FIELDS)} FROM payment WHERE creditor_id = :creditor "  # noqa: S608
    "AND booked BETWEEN :first AND :last ORDER BY id"
)
_INSERT = text(
    f"INSERT INTO payment (creditor_id, source, {', '.join(_FIELDS)}) "  # noqa: S608
    f"SELECT :creditor, :source, g.* FROM unnest({_GIVEN}) AS g "
    "RETURNING id, is_pending"
)
_TELL = text(
    f"UPDATE payment SET {', '.join(f'{name} = g.{name}' for name in _FIELDS)} "  # noqa: S608
    f"FROM unnest(CAST(:id AS bigint[]), {_GIVEN}) AS g(id, {', '.join(_FIELDS)}) WHERE payment.id = g.id"
)
_REPLACE = text(
    "UPDATE payment SET is_replaced = true WHERE id = ANY(:ids) AND coalesce((SELECT d.verdict FROM match_decision d "
    "WHERE d.payment_id = payment.id AND d.verdict IN ('book', 'aside', 'undo') ORDER BY d.id DESC LIMIT 1), 'undo') = 'undo'"
)
"""A collective entry of which a person said what it pays stays as it is, until that is taken back."""
_STAND_BACK = text(
    "UPDATE payment SET is_replaced = true FROM payment whole WHERE whole.id = ANY(:wholes) AND NOT whole.is_replaced "
    "AND payment.id = ANY(:new) AND payment.batch = whole.bank_reference AND payment.currency = whole.currency"
)
"""Where a person has decided about the collective entry, its parts stand back, and not it."""
_MARGIN = timedelta(days=GRACE + 35)
"""A value date lies this far from the day of booking at most; beyond it a line is not looked for."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a file's lines changed: ids of those that are new and booked, and how many are new and only announced, told
    better than before (or booked now), or replaced by their parts."""

    new: tuple[int, ...] = ()
    pending: int = 0
    told_better: int = 0
    replaced: int = 0

    @property
    def moves(self) -> bool:
        """Whether any money may settle otherwise than before."""
        return bool(self.new or self.told_better or self.replaced)


async def keep_lines(connection: AsyncConnection, records: Sequence[PaymentRecord], source: str, creditor: int) -> Kept:
    """Keep what is new of a file, inside the caller's transaction; each movement once (`policies.recognition`)."""
    if not records:
        return Kept()
    known = await _near(connection, records, creditor)
    before = [_line(row) for row in known]
    rows = [_row(record) for record in records]
    lines = [_line(row, record.statement) for row, record in zip(rows, records, strict=True)]
    found = recognise(before, lines)
    best = _best(before, lines, found)
    told = [rows[place] | {"id": known[number]["id"]} for number, place in best.items() if number < len(known)]
    new = [rows[place] for number, place in best.items() if number >= len(known) and number not in found.replaced]
    _name([row["fingerprint"] for row in known], [*told, *new])
    for part in chunks(told):
        await connection.execute(_TELL, arrays(part, ("id", *_FIELDS)))
    replaced = [known[number]["id"] for number in found.replaced if number < len(known)]
    if replaced:
        await connection.execute(_REPLACE, {"ids": replaced})
    booked, pending = await _insert(connection, new, source, creditor)
    if replaced:
        await connection.execute(_STAND_BACK, {"wholes": replaced, "new": booked})
    return Kept(tuple(booked), pending, len(told), len(replaced))


def _best(before: Sequence[BankLine], lines: Sequence[BankLine], found: Recognised) -> dict[int, int]:
    """For every movement that is new, or that the file tells better, the place of the line that tells it best."""
    best: dict[int, int] = {}
    number = len(before)
    for place, line in enumerate(lines):
        if place in found.same:
            same = found.same[place]
            told = lines[best[same]] if same in best else before[same]
            if says_more(line, than=told):
                best[same] = place
        elif place not in found.covered:
            best[number] = place
            number += 1
    return best


async def _near(connection: AsyncConnection, records: Sequence[PaymentRecord], creditor: int) -> list[Row]:
    days = [day for record in records for day in (record.booked, record.value_date)]
    values = {"creditor": creditor, "first": min(days) - _MARGIN, "last": max(days) + _MARGIN}
    return await rows_of(connection, _KNOWN, values)


async def _insert(
    connection: AsyncConnection, rows: Sequence[Row], source: str, creditor: int
) -> tuple[list[int], int]:
    booked: list[int] = []
    pending = 0
    for part in chunks(rows):
        progress("movements kept", len(booked) + pending, len(rows))
        values = arrays(part, tuple(_FIELDS)) | {"creditor": creditor, "source": source}
        for row in await rows_of(connection, _INSERT, values):
            if row["is_pending"]:
                pending += 1
            else:
                booked.append(row["id"])
    return booked, pending


def _row(record: PaymentRecord) -> Row:
    same = {name: getattr(record, name) for name in _FIELDS if name not in _MADE}
    return same | {
        "reference": BETWEEN.join(dict.fromkeys(part for part in (record.reference, *record.invoices) if part)),
        "invoices": BETWEEN.join(record.invoices),
        "further_references": BETWEEN.join(record.further_references),
    }


def _line(row: Row, statement: str = "") -> BankLine:
    return BankLine(
        account=account_key(row["account"]), currency=row["currency"], amount=row["amount"], booked=row["booked"],
        value_date=row["value_date"], bank_reference=row["bank_reference"],
        content=tuple(row[name] for name in _WORDS), end_to_end_id=row["end_to_end_id"],
        is_return=bool(row["return_reason"]), is_pending=row["is_pending"], batch=row["batch"], statement=statement,
        has_mark=bool(row["reference"] or row["bank_reference"]) or row["end_to_end_id"].strip().upper() not in NO_MARK,
    )  # fmt: skip


_WORDS = ("reference", "end_to_end_id", "counterparty", "iban", "text")


def _name(used: Iterable[str], rows: Sequence[Row]) -> None:
    """Give each row its fingerprint: all the bank said of it, and its place among equal lines."""
    known, places = set(used), Counter[str]()
    for row in rows:
        content = "".join(f"{len(part)}:{part}" for part in (str(row[name]) for name in _SAID))
        while True:
            places[content] += 1
            row["fingerprint"] = hashlib.sha256(f"{content}|{places[content]}".encode()).hexdigest()
            if row["fingerprint"] not in known:
                break


_SAID = ("account", "booked", "value_date", "amount", "currency", *_WORDS, "bank_reference", "batch", "is_pending")
