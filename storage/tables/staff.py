"""The people who work here."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from policies.staff import Role
from storage.columns import day, identity, limited, moment, one_of, recorded, switch, words


class Person(SQLModel, table=True):
    """An account: the login stands in rows and journals and is never given to somebody else.

    `absent_from` and `absent_until` are inclusive days; nobody is removed, an account is disabled. `digest`: whether they
    get a daily digest.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("login"),
        limited("role", Role),
        limited("language", ("fr", "en")),
    )
    id: int | None = identity()
    login: str = words()
    name: str = words()
    email: str = words()
    language: str = words(default="en")
    role: str = one_of()
    password_hash: str = words()
    absent_from: date | None = day(null=True)
    absent_until: date | None = day(null=True)
    digest: bool = switch(True)
    disabled_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()
