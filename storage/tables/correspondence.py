"""What is to be written to customers beside the ladder: news, and what a person asked for (docs/decisions/0015)."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.beside import MessageKind
from storage.columns import day, identity, limited, minor, moment, one_of, recorded, reference, run_key, whole, words


class Correspondence(SQLModel, table=True):
    """One thing to tell a customer. `fact` names what it tells, so that it is told once, ever; empty: a person asked.

    `waiting`: not told yet, looked at from `next_at` on; `told`: in the message it points to; `dropped`: never told,
    for the reason in `words`.
    """

    __tablename__ = "correspondence"
    __table_args__ = (
        limited("kind", [kind for kind in MessageKind if kind is not MessageKind.STEP]),
        limited("state", ("waiting", "told", "dropped")),
        Index("correspondence_fact", "kind", "fact", unique=True, postgresql_where=text("fact <> ''")),
        Index("correspondence_waiting", "next_at", postgresql_where=text("state = 'waiting'")),
        Index("correspondence_message", "message_id"),
        Index("correspondence_customer", "customer_id"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    case_id: int | None = reference("cases.id", null=True)
    kind: str = one_of()
    currency: str = words()
    fact: str = words()
    origin_id: int = whole()
    amount: int = minor()
    on_day: date = day()
    subject: str = words()
    text: str = words()
    actor: str = words()
    why: str = words()
    state: str = one_of()
    words: str = words()
    at: datetime = moment()
    next_at: datetime = moment()
    attempt: int = whole()
    run_id: UUID | None = run_key()
    case_version: int = whole()
    message_id: int | None = reference("message.id", null=True)
    recorded_at: datetime | None = recorded()
