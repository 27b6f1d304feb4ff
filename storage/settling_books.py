"""One creditor's invoices, bank lines and credit notes, read as the law of settlement wants them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.invoice_names import key, named
from policies.settlement import Item, Line
from storage.bulk import rows_of

NAMED = "named"
"""Why an allocation was made by itself; any other reason is a person's, and such an allocation is left alone."""
BETWEEN = "; "
"""Stands between several invoice numbers in a payment's reference."""
NO_MARK = frozenset({"", "NOTPROVIDED", "NONREF"})
"""What banks write where there is no end-to-end id."""

_INVOICES = text(
    "SELECT id, source, number, kind, issued, due, currency, total, prepaid, reference FROM invoice "
    "WHERE creditor_id = :creditor"
)
_PAYMENTS = text(
    "SELECT id, fingerprint, value_date, CASE WHEN is_replaced THEN 0 ELSE amount END AS amount, currency, reference, "
    "end_to_end_id, counterparty, iban, text, return_reason, mandate, charges, allocated "
    "FROM payment WHERE creditor_id = :creditor AND amount <> 0 AND NOT is_pending"
)
_STANDING = text(
    """
    SELECT a.id, a.kind, coalesce(a.payment_id, a.credit_note_id) AS row, a.invoice_id, a.amount, a.why
    FROM allocation a JOIN invoice i ON i.id = a.invoice_id WHERE i.creditor_id = :creditor AND a.undone_at IS NULL
    """
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line comes from: a payment or a credit note."""

    kind: str
    row: int
    value_date: date
    amount: int


@dataclass(frozen=True, slots=True)
class Standing:
    """An allocation that stands."""

    id: int
    amount: int


Place = tuple[str, int]
"""The key of a line and the invoice it settles."""


@dataclass(frozen=True, slots=True)
class Books:
    """What is known. `fixed` is what persons decided, per line; it is no longer for the law to give."""

    items: tuple[Item, ...]
    lines: tuple[Line, ...]
    origins: Mapping[str, Origin]
    standing: Mapping[Place, Standing]
    fixed: Mapping[str, int]
    allocated: Mapping[int, int]


async def read_books(connection: AsyncConnection, creditor: int) -> Books:
    """The books of one creditor, inside the caller's transaction."""
    which = {"creditor": creditor}
    payments = await rows_of(connection, _PAYMENTS, which)
    invoices = await rows_of(connection, _INVOICES, which)
    notes = [row for row in invoices if row["kind"] == "credit_note"]
    if not payments and not notes:
        return Books((), (), {}, {}, {}, {})
    rows = await rows_of(connection, _STANDING, which)
    known = _known(row for row in invoices if row["kind"] == "invoice")
    keys = {("payment", row["id"]): row["fingerprint"] for row in payments}
    keys |= {("credit_note", row["id"]): f"credit:{row['source']}:{row['number']}" for row in notes}
    by_line, by_item = _decided(rows, keys)
    lines = [_payment_line(row, known, by_line) for row in payments]
    lines += [_note_line(row, keys["credit_note", row["id"]], known, by_line) for row in notes]
    origins = {row["fingerprint"]: Origin("payment", row["id"], row["value_date"], row["amount"]) for row in payments}
    for row in notes:
        line = keys["credit_note", row["id"]]
        origins[line] = Origin("credit_note", row["id"], row["issued"] or row["due"], row["total"])
    return Books(
        items=tuple(_item(row, by_item) for row in invoices if row["kind"] == "invoice"),
        lines=tuple(lines),
        origins=origins,
        standing={
            (keys[row["kind"], row["row"]], row["invoice_id"]): Standing(row["id"], row["amount"])
            for row in rows if row["why"] == NAMED
        },
        fixed=by_line,
        allocated={row["id"]: row["allocated"] for row in payments},
    )  # fmt: skip


def _known(invoices: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Numbers, and payment references, that name exactly one invoice."""
    pairs = {(key(name), row["id"]) for row in invoices for name in (row["number"], row["reference"]) if name.strip()}
    times = Counter(name for name, _ in pairs)
    return {name: invoice for name, invoice in pairs if times[name] == 1}


def _decided(
    rows: Iterable[Mapping[str, Any]], keys: Mapping[tuple[str, int], str]
) -> tuple[dict[str, int], dict[int, int]]:
    by_line: dict[str, int] = defaultdict(int)
    by_item: dict[int, int] = defaultdict(int)
    for row in rows:
        if row["why"] != NAMED:
            by_line[keys[row["kind"], row["row"]]] += row["amount"]
            by_item[row["invoice_id"]] += row["amount"]
    return by_line, by_item


def _item(row: Mapping[str, Any], decided: Mapping[int, int]) -> Item:
    payable = row["total"] - row["prepaid"] - decided.get(row["id"], 0)
    return Item(row["id"], row["number"], row["due"], row["currency"], payable)


def _payment_line(row: Mapping[str, Any], known: Mapping[str, int], decided: Mapping[str, int]) -> Line:
    texts = (*row["reference"].split(BETWEEN.strip()), row["end_to_end_id"], row["text"])
    amount = row["amount"] - decided.get(row["fingerprint"], 0)
    if row["return_reason"] and amount < 0:
        amount += row["charges"]  # the bank's fee for a return undoes no payment
    return Line(
        row["fingerprint"],
        row["value_date"],
        amount,
        row["currency"],
        named(texts, known),
        _marks(row),
        _kin(row, amount),
    )


def _marks(row: Mapping[str, Any]) -> frozenset[str]:
    """The references by which a return finds its payment; a collective entry has those of all it holds."""
    ids = (part.strip() for part in row["end_to_end_id"].split(BETWEEN.strip()))
    marks = {f"end-to-end {part}" for part in ids if part.upper() not in NO_MARK}
    payer, reference = (row["iban"] or row["counterparty"]).strip(), row["reference"].strip()
    if payer and reference.upper() not in NO_MARK:
        marks.add(f"{payer} {reference}")
    return frozenset(marks)


def _kin(row: Mapping[str, Any], amount: int) -> frozenset[str]:
    """The mandate or the payer, with the amount: of payments, and of money that the bank says came back."""
    if amount < 0 and not row["return_reason"]:
        return frozenset()
    clues = {"mandate": row["mandate"], "iban": row["iban"], "name": row["counterparty"].casefold()}
    return frozenset(f"{kind} {words.strip()} {abs(amount)}" for kind, words in clues.items() if words.strip())


def _note_line(row: Mapping[str, Any], line: str, known: Mapping[str, int], decided: Mapping[str, int]) -> Line:
    amount = row["total"] - row["prepaid"] - decided.get(line, 0)
    return Line(line, row["issued"] or row["due"], amount, row["currency"], named([row["reference"]], known))
