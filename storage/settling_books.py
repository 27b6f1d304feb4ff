"""One creditor's invoices, bank lines and credit notes, read as the laws of matching and of settlement want them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from policies.invoice_names import key, named
from policies.matching.facts import BankLine, Customer, OpenItem
from policies.matching.verdicts import Said
from policies.settlement import Item, Line
from storage.bulk import rows_of
from storage.credit_decisions import said_of_notes
from storage.discounts import discounts_read
from storage.insurer_money import Insurers, insurers_of, is_from_insurer
from storage.match_decisions import said_of_lines

BETWEEN = "; "
"""Stands between several invoice numbers in a payment's reference."""
NO_MARK = frozenset({"", "NOTPROVIDED", "NONREF"})
"""What banks write where there is no end-to-end id."""

_INVOICES = text(
    "SELECT id, source, number, part_of, kind, customer_id, issued, due, currency, total, prepaid, reference, discounts, aside_why, "
    "aside_used FROM invoice "
    "WHERE creditor_id = :creditor"
)
_CUSTOMERS = text("SELECT id, number, name, country, ibans, payer FROM customer WHERE creditor_id = :creditor")
_PAYMENTS = text(
    "SELECT id, fingerprint, value_date, CASE WHEN is_replaced THEN 0 ELSE amount END AS amount, currency, reference, "
    "end_to_end_id, counterparty, iban, text, invoices, return_reason, mandate, bank_reference, charges, allocated "
    "FROM payment WHERE creditor_id = :creditor AND amount <> 0 AND NOT is_pending"
)
_STANDING = text(
    """
    SELECT a.id, a.kind, coalesce(a.payment_id, a.credit_note_id) AS row, a.invoice_id, a.amount
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
    currency: str


@dataclass(frozen=True, slots=True)
class Standing:
    """An allocation that stands."""

    id: int
    amount: int


Place = tuple[str, int, str]
"""The key of a line, the invoice it settles, and how: payment, credit_note or difference."""


@dataclass(frozen=True, slots=True)
class Books:
    """What is known. `notes` are credit notes as lines of settlement, `stated` the invoices a file itself names for a line
    in a field of its own; `allocated` is what payments have used so far."""

    items: tuple[Item, ...] = ()
    open_items: tuple[OpenItem, ...] = ()
    customers: tuple[Customer, ...] = ()
    lines: tuple[BankLine, ...] = ()
    notes: Mapping[int, Line] = field(default_factory=dict)
    origins: Mapping[str, Origin] = field(default_factory=dict)
    standing: Mapping[Place, Standing] = field(default_factory=dict)
    said: Mapping[str, Said] = field(default_factory=dict)
    stated: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    allocated: Mapping[int, int] = field(default_factory=dict)


async def read_books(connection: AsyncConnection, creditor: int) -> Books:
    """The books of one creditor, inside the caller's transaction."""
    which = {"creditor": creditor}
    payments = await rows_of(connection, _PAYMENTS, which)
    invoices = await rows_of(connection, _INVOICES, which)
    notes = [row for row in invoices if row["kind"] == "credit_note"]
    if not payments and not notes:
        return Books()
    customers = await rows_of(connection, _CUSTOMERS, which)
    known = _known(row for row in invoices if row["kind"] == "invoice")
    keys = {("payment", row["id"]): row["fingerprint"] for row in payments}
    keys |= {("difference", row["id"]): row["fingerprint"] for row in payments}
    keys |= {("credit_note", row["id"]): f"credit:{row['source']}:{row['number']}" for row in notes}
    decided = await said_of_notes(connection, creditor)
    note_lines = {
        row["id"]: _note_line(row, keys["credit_note", row["id"]], known, decided.get(row["id"], frozenset()))
        for row in notes
    }
    standing = await rows_of(connection, _STANDING, which)
    insurers = await insurers_of(connection, creditor)
    said = await said_of_lines(connection, creditor)
    return Books(
        items=tuple(_item(row) for row in invoices if row["kind"] == "invoice"),
        open_items=tuple(_open_item(row, note_lines) for row in invoices),
        customers=_customers(customers),
        lines=tuple(_bank_line(row, insurers) for row in payments),
        notes=note_lines,
        origins=dict(_origins(payments, notes, keys)),
        standing={
            (keys[row["kind"], row["row"]], row["invoice_id"], row["kind"]): Standing(row["id"], row["amount"])
            for row in standing
        },
        said={keys["payment", row]: one for row, one in said.items() if ("payment", row) in keys},
        stated=dict(_stated(payments, known)),
        allocated={row["id"]: row["allocated"] for row in payments},
    )  # fmt: skip


def _customers(rows: Sequence[Mapping[str, Any]]) -> tuple[Customer, ...]:
    by_number = {row["number"]: row["id"] for row in rows}
    return tuple(
        Customer(
            row["id"], row["number"], row["name"], tuple(row["ibans"].split()), country=row["country"] or "",
            payer=by_number.get(row["payer"]),
        )
        for row in rows
    )  # fmt: skip


def _origins(
    payments: Iterable[Mapping[str, Any]], notes: Iterable[Mapping[str, Any]], keys: Mapping[tuple[str, int], str]
) -> Iterable[tuple[str, Origin]]:
    for row in payments:
        yield row["fingerprint"], Origin("payment", row["id"], row["value_date"], row["amount"], row["currency"])
    for row in notes:
        day = row["issued"] or row["due"]
        yield keys["credit_note", row["id"]], Origin("credit_note", row["id"], day, row["total"], row["currency"])


def _stated(
    payments: Iterable[Mapping[str, Any]], known: Mapping[str, frozenset[int]]
) -> Iterable[tuple[str, tuple[int, ...]]]:
    """What a ledger or cash book names outright, where we know every number of it.

    A movement of a bank (it has the payer's account, or a reference of the bank's) is the law's to judge: what the payer
    wrote needs a second witness.
    """
    for row in payments:
        if row["iban"].strip() or row["bank_reference"].strip():
            continue
        items = [known.get(key(number)) for number in row["invoices"].split(BETWEEN) if number.strip()]
        stated = tuple(sorted({item for one in items if one is not None for item in one}))
        if stated and None not in items:
            yield row["fingerprint"], stated


def _known(invoices: Iterable[Mapping[str, Any]]) -> dict[str, frozenset[int]]:
    """Numbers, and payment references, that name exactly one invoice, with its due items."""
    found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in invoices:
        whole = f"{row['source']} {row['part_of']}" if row["part_of"] else str(row["id"])
        for name in (row["number"], row["part_of"], row["reference"]):
            if name.strip():
                found[key(name)][whole].add(row["id"])
    return {name: frozenset(*whose.values()) for name, whose in found.items() if len(whose) == 1}


def _item(row: Mapping[str, Any]) -> Item:
    return Item(row["id"], row["number"], row["due"], row["currency"], row["total"] - row["prepaid"])


def _open_item(row: Mapping[str, Any], notes: Mapping[int, Line]) -> OpenItem:
    is_credit = row["kind"] == "credit_note"
    return OpenItem(
        id=row["id"],
        number=row["number"],
        customer=row["customer_id"],
        issued=row["issued"],
        due=row["due"],
        currency=row["currency"],
        payable=_gives(row) if is_credit else row["total"] - row["prepaid"],
        references=() if is_credit else tuple(name for name in (row["reference"], row["part_of"]) if name.strip()),
        invoice=row["part_of"],
        is_credit=is_credit,
        corrects=notes[row["id"]].names if is_credit else frozenset(),
        discounts=discounts_read(row["discounts"]),
    )


def _bank_line(row: Mapping[str, Any], insurers: Insurers) -> BankLine:
    amount = row["amount"]
    if row["return_reason"] and amount < 0:
        amount += row["charges"]  # the bank's fee for a return undoes no payment
    return BankLine(
        key=row["fingerprint"],
        value_date=row["value_date"],
        amount=amount,
        currency=row["currency"],
        counterparty=row["counterparty"],
        iban=row["iban"],
        reference=row["reference"],
        end_to_end_id="" if row["end_to_end_id"].strip().upper() in NO_MARK else row["end_to_end_id"],
        text=row["text"],
        invoices=tuple(number for number in row["invoices"].split(BETWEEN) if number),
        return_reason=row["return_reason"],
        marks=_marks(row),
        kin=_kin(row, amount),
        from_insurer=is_from_insurer(row, insurers),
    )


def _marks(row: Mapping[str, Any]) -> frozenset[str]:
    """The references by which a return finds its payment; a collective entry has those of all it holds."""
    ids = (part.strip() for part in row["end_to_end_id"].split(BETWEEN.strip()))
    marks = {f"end-to-end {part}" for part in ids if part.upper() not in NO_MARK}
    payer, reference = (row["iban"] or row["counterparty"]).strip(), row["reference"].strip()
    if payer and reference.upper() not in NO_MARK:
        marks.add(f"{payer} {reference}")
    elif row["invoices"].strip():  # a cash book names no payer
        marks.add(f"invoices {row['invoices'].strip()}")
    return frozenset(marks)


def _kin(row: Mapping[str, Any], amount: int) -> frozenset[str]:
    """The mandate or the payer, with the amount: of payments, and of money that the bank says came back."""
    if amount < 0 and not row["return_reason"]:
        return frozenset()
    clues = {"mandate": row["mandate"], "iban": row["iban"], "name": row["counterparty"].casefold()}
    return frozenset(f"{kind} {words.strip()} {abs(amount)}" for kind, words in clues.items() if words.strip())


def _note_line(row: Mapping[str, Any], line: str, known: Mapping[str, frozenset[int]], decided: frozenset[int]) -> Line:
    """A credit note as a line: for the invoices its file names, and those a person said it is for."""
    day = row["issued"] or row["due"]
    return Line(line, day, _gives(row), row["currency"], named([row["reference"]], known) | decided)


def _gives(row: Mapping[str, Any]) -> int:
    """What a credit note may settle; left aside, no more than it had settled by then."""
    return int(row["aside_used"] if row["aside_why"] else row["total"] - row["prepaid"])
