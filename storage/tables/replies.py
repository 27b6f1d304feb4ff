"""Why customers do not pay in time, as they said it."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from policies.answer_reasons import AnswerReason
from storage.columns import day, identity, limited, moment, one_of, recorded, reference, words

SOURCES = ("reply", "sms", "call")
"""How a customer says it."""


class AnswerReasonRecord(SQLModel, table=True):
    """A reason a person chose for what a customer said; append-only. One row per case it speaks of; no case: the customer as
    a whole. Rows of one answer share their moment."""

    __tablename__ = "answer_reason"
    __table_args__ = (
        limited("reason", AnswerReason),
        limited("source", SOURCES),
        Index("answer_reason_customer", "customer_id", "on_day"),
    )
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    case_id: int | None = reference("cases.id", null=True)
    reason: str = one_of()
    source: str = one_of()
    incoming_id: int | None = reference("incoming_message.id", null=True)
    actor: str = words()
    on_day: date = day()
    words: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
