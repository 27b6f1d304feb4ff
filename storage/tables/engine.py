"""What the machinery itself must remember: the clock, the dispatchers, the service times."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from storage.columns import identity, limited, moment, one_of, recorded, whole, words


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
