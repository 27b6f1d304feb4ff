"""What the desk remembers: sessions, links, tokens, failed sign-ins, who started what, and what was refused.

Of a key only its hash is kept.
"""

from datetime import datetime

from sqlalchemy import Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from storage.columns import identity, moment, recorded, reference, switch, whole, words


class DeskSession(SQLModel, table=True):
    """A browser that is signed in. `by_link`: it came by a one-time link, and may set a password without the old one."""

    __tablename__ = "desk_session"
    __table_args__ = (UniqueConstraint("key_hash"),)
    id: int | None = identity()
    key_hash: str = words()
    person_id: int = reference("person.id", index=True)
    by_link: bool = switch(False)
    opened_at: datetime = moment()
    seen_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class EntryLink(SQLModel, table=True):
    """A link that lets one browser in as one person, once."""

    __tablename__ = "entry_link"
    __table_args__ = (UniqueConstraint("key_hash"),)
    id: int | None = identity()
    key_hash: str = words()
    person_id: int = reference("person.id")
    ends_at: datetime = moment()
    used_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class ApiToken(SQLModel, table=True):
    """A key a person's own scripts act with, in that person's name and role."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("key_hash"),)
    id: int | None = identity()
    key_hash: str = words()
    person_id: int = reference("person.id", index=True)
    name: str = words()
    ends_at: datetime = moment()
    used_at: datetime | None = moment(null=True)
    revoked_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class SignInGuard(SQLModel, table=True):
    """Failed sign-ins of a login (`login:marie`, whether it exists or not) or an address (`source:192.0.2.7`)."""

    __tablename__ = "sign_in_guard"
    subject: str = Field(sa_column=Column(Text, primary_key=True))
    failures: int = whole()
    last_at: datetime = moment()
    free_at: datetime = moment()


class DeskStart(SQLModel, table=True):
    """Who started an act at the desk; its run carries `desk:<id>` as idempotency key. Append-only."""

    __tablename__ = "desk_start"
    id: int | None = identity()
    actor: str = words()
    role: str = words()
    deployment: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class DeskStartCarriedOut(SQLModel, table=True):
    """A start whose act began: it is carried out once, whatever is pressed on its run. Append-only."""

    __tablename__ = "desk_start_carried_out"
    start_id: int = reference("desk_start.id", primary=True)
    recorded_at: datetime | None = recorded()


class DeskRefusal(SQLModel, table=True):
    """A call that would have changed something and was refused; append-only. `route` is the template, never the path."""

    __tablename__ = "desk_refusal"
    __table_args__ = (Index("refused_when", "at"),)
    id: int | None = identity()
    actor: str = words()
    role: str = words()
    method: str = words()
    route: str = words()
    why: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class AccountChange(SQLModel, table=True):
    """What was done to an account, by whom; append-only."""

    __tablename__ = "account_change"
    id: int | None = identity()
    person_id: int = reference("person.id", index=True)
    actor: str = words()
    what: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
