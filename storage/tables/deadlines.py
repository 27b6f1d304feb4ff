"""Days after which something is lost: of a case or of a customer, each with its article, until it is met or dropped."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.deadline import DeadlineKind
from storage.columns import day, identity, limited, moment, one_of, recorded, reference, whole, words

STATES = ("standing", "met", "dropped")


class DeadlineRecord(SQLModel, table=True):
    """A deadline of a record (`subject`: `placement:12`), about its cases; about none: of the whole customer.

    `first`, `second`: days before `last_day` on which a person is asked. `ended_how`: what was done, or why it no longer
    matters.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        limited("kind", DeadlineKind),
        limited("state", STATES),
        Index("deadline_standing", "last_day", postgresql_where=text("state = 'standing'")),
        Index("deadline_customer", "customer_id"),
        Index("deadline_once", "subject", "kind", unique=True, postgresql_where=text("state = 'standing'")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    kind: str = one_of()
    subject: str = words()
    what: str = words()
    last_day: date = day()
    article: str = words()
    first: int = whole()
    second: int = whole()
    state: str = one_of()
    set_on: date = day()
    set_by: str = words()
    set_at: datetime = moment()
    ended_on: date | None = day(null=True)
    ended_how: str = words()
    ended_by: str = words()
    ended_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class DeadlineCase(SQLModel, table=True):
    """A case a deadline concerns."""

    __tablename__ = "deadline_case"
    __table_args__ = (Index("deadline_case_once", "case_id", "deadline_id", unique=True),)
    id: int | None = identity()
    deadline_id: int = reference("deadline.id", index=True)
    case_id: int = reference("cases.id")
    recorded_at: datetime | None = recorded()
