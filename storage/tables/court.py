"""Files before a court or an officer, what happened to each, and which way a person chose."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.court_event import CourtEvent
from policies.court_life import CourtState
from storage.columns import (
    amount_or_none,
    day,
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


class LegalFile(SQLModel, table=True):
    """A file that was handed over. Amounts in minor units of `currency`, as at the day it was opened.

    `route`: of the law `law`; `forbids`: the article that forbids payment until its outcome; `court`: the court or officer,
    `docket` its own number.
    """

    __tablename__ = "legal_file"
    __table_args__ = (
        limited("state", CourtState),
        Index("legal_file_customer", "customer_id"),
        Index("legal_file_message", "message_id", unique=True, postgresql_where=text("message_id IS NOT NULL")),
        Index("legal_file_standing", "id", postgresql_where=text("ended_on IS NULL")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    currency: str = words()
    law: str = words()
    route: str = words()
    title: str = words()
    sheet: str = words()
    article: str = words()
    forbids: str = words()
    is_attempt: bool = switch(False)
    court: str = words()
    docket: str = words()
    principal: int = minor()
    ordered: int | None = amount_or_none()
    state: str = one_of()
    message_id: int | None = reference("message.id", null=True)
    opened_on: date = day()
    opened_by: str = words()
    opened_at: datetime = moment()
    order_on: date | None = day(null=True)
    ended_on: date | None = day(null=True)
    recorded_at: datetime | None = recorded()


class LegalFileCase(SQLModel, table=True):
    """A case of a file; `principal` what it claimed of it."""

    __tablename__ = "legal_file_case"
    __table_args__ = (Index("legal_file_case_once", "case_id", "legal_file_id", unique=True),)
    id: int | None = identity()
    legal_file_id: int = reference("legal_file.id", index=True)
    case_id: int = reference("cases.id")
    principal: int = minor()
    recorded_at: datetime | None = recorded()


class LegalEvent(SQLModel, table=True):
    """Something that happened to a file. `last_day`: the next last day as the person knew it."""

    __tablename__ = "legal_event"
    __table_args__ = (limited("event", CourtEvent),)
    id: int | None = identity()
    legal_file_id: int = reference("legal_file.id", index=True)
    event: str = one_of()
    on_day: date = day()
    last_day: date | None = day(null=True)
    amount: int | None = amount_or_none()
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
    words: str = words()


class LegalChoice(SQLModel, table=True):
    """The way a person chose for a customer's step; `message_id` the draft that takes it, null: one was still to be written."""

    __tablename__ = "legal_choice"
    __table_args__ = (
        Index("legal_choice_customer", "customer_id", "currency", "step"),
        Index("legal_choice_message", "message_id", postgresql_where=text("message_id IS NOT NULL")),
    )
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    currency: str = words()
    step: str = words()
    route: str = words()
    question_id: int = reference("question.id")
    message_id: int | None = reference("message.id", null=True)
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
