"""E-mails to our own people: the digest, reminders, copies."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.case import EffectState
from storage.columns import exact_bytes, identity, limited, moment, one_of, recorded, reference, whole, words


class StaffMessage(SQLModel, table=True):
    """An e-mail to somebody who works here, once per key for ever.

    `next_at`: when it is to be handed over; NULL: it has left, may have left, or is given up.
    """

    __tablename__ = "staff_message"
    __table_args__ = (
        limited("state", EffectState),
        limited("route", ("", "live", "sink")),
        Index("staff_message_once", "key", unique=True),
        Index("staff_message_due", "next_at", postgresql_where=text("next_at IS NOT NULL")),
        Index("staff_message_sha256", "sha256"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    login: str = words()
    key: str = words()
    state: str = one_of()
    route: str = words()
    sender: str = words()
    recipient: str = words()
    subject: str = words()
    raw: bytes = exact_bytes()
    sha256: str = words()
    words: str = words()
    tries: int = whole()
    written_at: datetime = moment()
    next_at: datetime | None = moment(null=True)
    handed_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()
