"""What comes back: messages of others, the cases they concern, and what became of ours."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.delivery import DeliveryKind
from policies.incoming import IncomingKind
from storage.columns import day, exact_bytes, identity, limited, moment, one_of, recorded, reference, salt, whole, words

CHANNELS = ("email", "sms")
"""Ways by which something can come back to us by itself."""


class IncomingMessage(SQLModel, table=True):
    """A message that came in, kept once: `provider_ref` is its Message-ID (or the SHA-256 of its bytes), or the provider's number.

    `message_id`: ours, which it answers or reports about. `text`: its author's own words. `read_at`: a person has dealt with it.
    """

    __tablename__ = "incoming_message"
    __table_args__ = (
        limited("channel", CHANNELS),
        limited("kind", IncomingKind),
        Index("incoming_once", "provider_ref", unique=True),
        Index("incoming_customer", "customer_id"),
        Index("incoming_unread", "creditor_id", "received_at", postgresql_where=text("read_at IS NULL")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int | None = reference("customer.id", null=True)
    message_id: int | None = reference("message.id", null=True, index=True)
    channel: str = one_of()
    provider_ref: str = words()
    sender: str = words()
    recipient: str = words()
    subject: str = words()
    text: str = words()
    raw: bytes = exact_bytes()
    sha256: str = words()
    salt: UUID | None = salt()
    kind: str = one_of()
    reason: str = words()
    found_by: str = words()
    returns_on: date | None = day(null=True)
    received_at: datetime = moment()
    read_at: datetime | None = moment(null=True)
    read_by: str = words()
    recorded_at: datetime | None = recorded()


class IncomingCase(SQLModel, table=True):
    """A case an incoming message concerns."""

    __tablename__ = "incoming_case"
    __table_args__ = (
        Index("incoming_case_once", "incoming_id", "case_id", unique=True),
        Index("incoming_of_case", "case_id"),
    )
    id: int | None = identity()
    incoming_id: int = reference("incoming_message.id")
    case_id: int = reference("cases.id")


class DeliveryEvent(SQLModel, table=True):
    """What was reported of a message of ours after it had left; append-only, each report once."""

    __tablename__ = "delivery_event"
    __table_args__ = (
        limited("kind", DeliveryKind),
        Index("delivery_event_once", "message_id", "kind", "provider_ref", unique=True),
    )
    id: int | None = identity()
    message_id: int = reference("message.id")
    incoming_id: int | None = reference("incoming_message.id", null=True)
    kind: str = one_of()
    provider_ref: str = words()
    address: str = words()
    status: str = words()
    words: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class Mailbox(SQLModel, table=True):
    """How reading a mailbox went: `name` holds no password, nothing older than `since` is read."""

    __tablename__ = "mailbox"
    __table_args__ = (Index("mailbox_name", "name", unique=True),)
    id: int | None = identity()
    name: str = words()
    since: date = day()
    failures: int = whole()
    problem: str = words()
    read_at: datetime | None = moment(null=True)
    next_at: datetime | None = moment(null=True)
