"""What the machinery itself must remember: the clock, the dispatchers, the service times."""

from datetime import datetime

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from storage.columns import identity, limited, moment, one_of, recorded, reference, whole, words


class Clock(SQLModel, table=True):
    """The one clock every process reads (design 6): real, or stepped and standing at `at`."""

    __tablename__ = "clock"
    __table_args__ = (limited("mode", ("real", "stepped")),)
    id: int | None = identity()
    mode: str = one_of()
    at: datetime | None = moment(null=True)
    until: datetime | None = moment(null=True)
    pause_ms: int = whole()


class Dispatcher(SQLModel, table=True):
    """A dispatcher that is or was; it lives as long as it holds the advisory lock of its number."""

    __tablename__ = "dispatcher"
    id: int | None = identity()
    name: str = words()
    started_at: datetime | None = recorded()
    gone_at: datetime | None = moment(null=True)


class ServiceTime(SQLModel, table=True):
    """When a service last ran and is due again, by the clock."""

    __tablename__ = "service_time"
    __table_args__ = (Index("service_name", "name", unique=True),)
    id: int | None = identity()
    name: str = words()
    last_at: datetime | None = moment(null=True)
    next_at: datetime | None = moment(null=True)


class MailPace(SQLModel, table=True):
    """A line before a mail server, or before one domain behind it (empty: the server itself)."""

    __tablename__ = "mail_pace"
    server: str = Field(sa_column=Column(Text, primary_key=True))
    domain: str = Field(sa_column=Column(Text, primary_key=True))
    free_at: datetime = moment()
    turn_at: datetime = moment()


class MailTurn(SQLModel, table=True):
    """When the runs of a customer come back to a mail server that has no room for its message now."""

    __tablename__ = "mail_turn"
    customer_id: int = reference("customer.id", primary=True)
    at: datetime = moment()
