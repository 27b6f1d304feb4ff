"""What customers dispute, how it was decided, and the files that belong to it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from policies.dispute import DisputeState
from policies.dispute_reasons import DisputeReason
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
    salt,
    words,
)


class DisputeRecord(SQLModel, table=True):
    """A dispute about one invoice, or (no case) about everything of a customer; one that stands for each invoice.

    `amount` is what is disputed, null: the whole; `claimed` what that was when it was opened; `expected` the credit note
    promised; `ask_on` the day on which its owner is asked, null: it is over; `hold_id` the hold of a whole one.
    """

    __tablename__ = "dispute"
    __table_args__ = (
        limited("reason", DisputeReason),
        limited("state", DisputeState),
        limited("source", ("person", "reply", "call", "import")),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index(
            "one_standing_dispute",
            "invoice_id",
            unique=True,
            postgresql_where=text("state IN ('open', 'accepted')"),
        ),
        Index("dispute_to_ask", "ask_on", postgresql_where=text("ask_on IS NOT NULL")),
        Index("dispute_customer", "customer_id"),
        Index("dispute_case", "case_id"),
        Index("dispute_hold", "hold_id"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    case_id: int | None = reference("cases.id", null=True)
    invoice_id: int | None = reference("invoice.id", null=True)
    currency: str = words()
    reason: str = one_of()
    amount: int | None = amount_or_none()
    claimed: int = minor()
    lines: str = words()
    text: str = words()
    source: str = one_of()
    incoming_id: int | None = reference("incoming_message.id", null=True)
    opened_by: str = words()
    opened_at: datetime = moment()
    opened_on: date = day()
    owner: str = words()
    deadline: date = day()
    ask_on: date | None = day(null=True)
    hold_id: int | None = reference("hold.id", null=True)
    credited_before: int = minor()
    state: str = one_of()
    expected: int = minor()
    decided_by: str = words()
    decided_at: datetime | None = moment(null=True)
    decided_on: date | None = day(null=True)
    why: str = words()
    recorded_at: datetime | None = recorded()


class DisputeDocument(SQLModel, table=True):
    """A file that belongs to a dispute, byte for byte as it came; append-only."""

    __tablename__ = "dispute_document"
    __table_args__ = (Index("document_once", "dispute_id", "sha256", unique=True),)
    id: int | None = identity()
    dispute_id: int = reference("dispute.id")
    name: str = words()
    content: bytes = exact_bytes()
    sha256: str = words()
    salt: UUID | None = salt()
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
