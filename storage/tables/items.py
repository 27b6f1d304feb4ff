"""What is owed and what was paid."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, func, literal_column, text
from sqlmodel import SQLModel

from storage.columns import (
    amount_or_none,
    day,
    exact_bytes,
    identity,
    limited,
    minor,
    moment,
    one_of,
    recorded,
    reference,
    switch,
    words,
)

OPEN = "total - prepaid - paid - credited"
UNOPENED = "kind = 'invoice' AND NOT case_opened AND total - prepaid - paid - credited > 0"
"""An invoice that will get a case when its first step's day comes."""


class Invoice(SQLModel, table=True):
    """An invoice or credit note as imported. `paid` and `credited` are sums over allocations, kept in step with them."""

    __tablename__ = "invoice"
    __table_args__ = (
        UniqueConstraint("creditor_id", "source", "number"),
        limited("kind", ("invoice", "credit_note")),
        CheckConstraint("total >= 0 AND prepaid >= 0 AND paid >= 0 AND credited >= 0", name="amounts_positive"),
        Index("invoice_number", "creditor_id", "number"),
        Index("invoice_customer", "customer_id"),
        Index("invoice_due", "due"),
        Index(
            "invoice_like",
            func.upper(literal_column("number")).label("shouted"),
            postgresql_ops={"shouted": "text_pattern_ops"},
        ),
        Index("invoice_total", "total"),
        Index("invoice_open", text(f"({OPEN})"), postgresql_where=text(f"{OPEN} > 0")),
        Index("invoice_part", "creditor_id", "part_of", postgresql_where=text("part_of <> ''")),
        Index("invoice_unopened", "creditor_id", "due", "id", postgresql_where=text(UNOPENED)),
        Index("invoice_own_policy", "creditor_id", "policy", postgresql_where=text("policy <> '' AND NOT case_opened")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    source: str = words()
    number: str = words()
    part_of: str = words()
    kind: str = one_of()
    customer_id: int = reference("customer.id")
    issued: date | None = day(null=True)
    due: date = day()
    currency: str = words()
    total: int = minor()
    prepaid: int = minor()
    paid: int = minor()
    credited: int = minor()
    net: int | None = amount_or_none()
    vat: int | None = amount_or_none()
    """As the document states them, or as `vat_by` entered them; None: not known, and never made from a rate."""
    vat_by: str = words()
    reference: str = words()
    discounts: str = words()
    reached_stage: str = words()
    reached_on: date | None = day(null=True)
    policy: str = words()
    payment_method: str = words()
    instrument_on: date | None = day(null=True)
    payer: str = words()
    recipient: str = words()
    einvoice_status: str = words()
    assignee: str = words()
    assignee_iban: str = words()
    assignment_notice: str = words()
    ledger_closed_by: str = words()
    ledger_closed_on: date | None = day(null=True)
    ledger_on: date | None = day(null=True)
    """The last day of the ledger that says so; empty `ledger_closed_by`: that it is open, or paid."""
    aside_why: str = words()
    """Of a credit note: why it is to settle nothing."""
    aside_by: str = words()
    aside_used: int = minor()
    case_opened: bool = switch(False)
    document_name: str = words()
    document_type: str = words()
    document: bytes | None = exact_bytes(null=True)
    document_sha256: str = words()
    recorded_at: datetime | None = recorded()


class Payment(SQLModel, table=True):
    """Money in, as the bank said it; the fingerprint makes the same line book once.

    `is_pending`: announced, not booked. `is_replaced`: a collective entry whose parts are known, and count instead.
    """

    __tablename__ = "payment"
    __table_args__ = (
        UniqueConstraint("creditor_id", "fingerprint"),
        Index("payment_booked", "creditor_id", "booked"),
        Index("payment_amount", "amount"),
        Index(
            "payment_unplaced",
            "id",
            postgresql_where=text("amount <> allocated AND NOT is_pending AND NOT is_replaced"),
        ),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    fingerprint: str = words()
    source: str = words()
    booked: date = day()
    value_date: date = day()
    amount: int = minor()
    currency: str = words()
    reference: str = words()
    end_to_end_id: str = words()
    counterparty: str = words()
    iban: str = words()
    text: str = words()
    invoices: str = words()
    allocated: int = minor()
    account: str = words()
    bank_reference: str = words()
    batch: str = words()
    return_reason: str = words()
    mandate: str = words()
    charges: int = minor()
    further_references: str = words()
    is_pending: bool = switch(False)
    is_replaced: bool = switch(False)
    recorded_at: datetime | None = recorded()


class Allocation(SQLModel, table=True):
    """Part of a payment or credit note set against an invoice, or a difference let go with a payment; undone rows stay."""

    __tablename__ = "allocation"
    __table_args__ = (
        limited("kind", ("payment", "credit_note", "difference")),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("allocation_invoice", "invoice_id"),
        Index("allocation_payment", "payment_id"),
    )
    id: int | None = identity()
    kind: str = one_of()
    payment_id: int | None = reference("payment.id", null=True)
    credit_note_id: int | None = reference("invoice.id", null=True)
    invoice_id: int = reference("invoice.id")
    amount: int = minor()
    value_date: date = day()
    why: str = words()
    undone_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class Import(SQLModel, table=True):
    """One file read: what it held and when, so that messages can state the position they rest on."""

    __tablename__ = "import"
    __table_args__ = (limited("kind", ("invoices", "payments", "customers")),)
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    kind: str = one_of()
    source: str = words()
    sha256: str = words()
    position_on: date = day()
    recorded_at: datetime | None = recorded()


class CreditDecision(SQLModel, table=True):
    """An invoice a person said a credit note is for; no invoice: it was left aside. `to_settle`: the books do not rest on it."""

    __tablename__ = "credit_decision"
    __table_args__ = (Index("credit_decision_unsettled", "creditor_id", postgresql_where=text("to_settle")),)
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    credit_note_id: int = reference("invoice.id", index=True)
    invoice_id: int | None = reference("invoice.id", null=True)
    actor: str = words()
    at: datetime = moment()
    to_settle: bool = switch(True)
