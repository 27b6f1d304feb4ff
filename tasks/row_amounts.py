"""What a row amounts to, however its table says so: signed, in two columns, with a side, or as what is still open.

Debit and credit are those of the customer's account in a ledger (an invoice is debit), and those of our own account on
a bank statement (money that comes in is credit).
"""

from policies.records import DocumentKind
from tasks.cell_values import Unreadable
from tasks.header_names import folded
from tasks.row_values import RowValues

KINDS = dict.fromkeys(
    ("invoice", "facture", "rechnung", "factuur", "factura", "fattura", "bill"), DocumentKind.INVOICE
) | dict.fromkeys(
    (
        "credit note", "credit_note", "avoir", "facture d avoir", "note de credit", "gutschrift", "creditnota",
        "creditfactuur", "abono", "factura rectificativa", "nota de credito", "nota di credito", "credit memo",
    ),
    DocumentKind.CREDIT_NOTE,
)  # fmt: skip
"""Folded words of six languages for the two kinds of document."""


def document_amounts(row: RowValues, currency: str) -> tuple[DocumentKind, int, int]:
    """The kind of document, its total and what of it was paid before, in minor units; both positive for both kinds."""
    kind = row.read("kind", lambda text: _kind(row, text), None)
    has_total = any(row.row.values.get(name) for name in ("amount", "debit", "credit"))
    total = signed(row, currency, "debit") if has_total or "balance" not in row.row.values else None
    balance = row.amount("balance", currency) if "balance" in row.row.values else None
    whole = total if total is not None else balance or 0
    if whole < 0 and (kind is DocumentKind.CREDIT_NOTE or row.layout.negative_is_credit_note):
        kind, whole, balance = DocumentKind.CREDIT_NOTE, -whole, None if balance is None else -balance
    elif kind is DocumentKind.CREDIT_NOTE and balance is not None and total is not None and balance < 0:
        balance = -balance
    if total is None and balance is not None:  # what is open is open after all that was paid
        return kind or DocumentKind.INVOICE, whole, 0
    if balance is None:
        return kind or DocumentKind.INVOICE, whole, row.amount("prepaid", currency)
    paid = row.amount("prepaid", currency)
    if not 0 <= balance <= whole and not row.problems:
        row.wrong("balance", "What is still open must lie between zero and the whole amount.")
    elif paid and abs(paid) != whole - balance and not row.problems:
        row.wrong(
            "balance", "The amount less what was paid before is not what is still open; one of the three is wrong."
        )
    return kind or DocumentKind.INVOICE, whole, max(whole - balance, 0)


def moved(row: RowValues, currency: str) -> int:
    """What moved on our account, in minor units: money that comes in is positive."""
    return signed(row, currency, "credit")


def signed(row: RowValues, currency: str, positive: str) -> int:
    """The amount; that of the side `positive` (`debit` or `credit`) is positive."""
    other = "credit" if positive == "debit" else "debit"
    if "amount" in row.layout.columns and ("side" in row.layout.columns):
        return _sided(row, currency, positive)
    if "debit" in row.layout.columns or "credit" in row.layout.columns:
        if not any(row.row.values.get(name) for name in ("debit", "credit")) and not row.row.reason:
            row.wrong("debit", "Neither debit nor credit holds an amount.")
        ours, theirs = row.amount(positive, currency), row.amount(other, currency)
        if positive == "credit" and ours and theirs and not row.problems:
            row.wrong("debit", "Debit and credit both hold an amount: which of them moved is not said.")
        if positive == "credit" and theirs < 0:
            return theirs  # banks that write what leaves as negative in the column of debits
        return ours - theirs
    return row.amount("amount", currency, needed=True)


def _sided(row: RowValues, currency: str, positive: str) -> int:
    """An amount without a sign, and the column that says its side."""
    amount = row.amount("amount", currency, needed=True)
    side = row.read("side", lambda text: _side(row, text), "", needed=True)
    if amount < 0 and not row.problems:
        row.wrong("amount", "The amount has a sign and a side of its own, which need not agree; one of them must go.")
    return amount if side == positive else -amount


def _side(row: RowValues, text: str) -> str:
    side = row.layout.sides.get(folded(text))
    if side is None:
        raise Unreadable(f"“{text}” is not one of the sides the mapping declares: {', '.join(row.layout.sides)}.")
    return side


def _kind(row: RowValues, text: str) -> DocumentKind:
    said = row.layout.kinds.get(folded(text)) or KINDS.get(folded(text)) or KINDS.get(text)
    if said is None:
        known = ", ".join(DocumentKind)
        raise Unreadable(
            f"“{text}” is not a kind of document; it must be one of {known}, or a word the mapping explains."
        )
    return DocumentKind(said)
