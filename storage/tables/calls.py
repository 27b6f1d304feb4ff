"""Telephone calls: ours and the customers', each once, whatever number of invoices it was about."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from policies.call_choices import CALL_CHOICES, SKIP
from storage.columns import day, identity, limited, minor, moment, one_of, recorded, reference, words

DIRECTIONS = ("out", "in")
"""Whether we called or the customer did."""


class PhoneCall(SQLModel, table=True):
    """A call and what came of it; append-only. `question_id`: it answered that question; NULL: nobody had asked for it.

    `amount` promised, in minor units, 0 for everything or nothing; `again_at`: the moment at which to call again, where one
    was agreed or meant.
    """

    __tablename__ = "phone_call"
    __table_args__ = (
        limited("direction", DIRECTIONS),
        limited("outcome", [one.code for one in CALL_CHOICES if one.code != SKIP]),
        Index("phone_call_customer", "customer_id", "at"),
        Index("phone_call_question", "question_id"),
        Index("phone_call_at", "at"),
    )
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    question_id: int | None = reference("question.id", null=True)
    direction: str = one_of()
    outcome: str = one_of()
    phone: str = words()
    currency: str = words()
    amount: int = minor()
    on_day: date | None = day(null=True)
    again_at: datetime | None = moment(null=True)
    actor: str = words()
    words: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class PhoneCallCase(SQLModel, table=True):
    """A case a call was about; append-only."""

    __tablename__ = "phone_call_case"
    __table_args__ = (
        Index("phone_call_case_once", "call_id", "case_id", unique=True),
        Index("phone_call_of_case", "case_id"),
    )
    id: int | None = identity()
    call_id: int = reference("phone_call.id")
    case_id: int = reference("cases.id")
