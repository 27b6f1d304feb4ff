"""Insolvency proceedings of customers, published notices that may be theirs, and stays of other kinds."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.insolvency import ProceedingsKind
from policies.stay import StayKind
from storage.columns import day, identity, limited, moment, one_of, recorded, reference, words

CLAIM_STATES = ("open", "approved", "declared", "given_up")
NOTICE_STATES = ("waiting", "opened", "dismissed")


class Insolvency(SQLModel, table=True):
    """Proceedings a court has opened; a customer has one at a time.

    `administrator` pays what arose after the judgment, claims are declared to `representative`; `ladder` is for what arose
    after it; `claim` says what became of the declaration; `goods` what is claimed back under retention of title.
    """

    __tablename__ = "insolvency"
    __table_args__ = (
        limited("kind", ProceedingsKind),
        limited("state", ("open", "closed")),
        limited("claim", CLAIM_STATES),
        Index("insolvency_open", "customer_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("insolvency_customer", "customer_id"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    kind: str = one_of()
    proceedings: str = words()
    judgment: date = day()
    published: date | None = day(null=True)
    declare_by: date | None = day(null=True)
    register_number: str = words()
    court: str = words()
    administrator: str = words()
    administrator_email: str = words()
    administrator_postal: str = words()
    representative: str = words()
    representative_email: str = words()
    representative_postal: str = words()
    ladder: str = words()
    state: str = one_of()
    claim: str = one_of()
    claim_on: date | None = day(null=True)
    claimed: str = words()
    retention: str = words()
    retention_by: date | None = day(null=True)
    goods: str = words()
    opened_by: str = words()
    opened_at: datetime = moment()
    closed_on: date | None = day(null=True)
    closed_how: str = words()
    closed_by: str = words()
    closed_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class InsolvencyNotice(SQLModel, table=True):
    """A published notice whose register number is that of a customer: held at once, asked about, never opened by itself."""

    __tablename__ = "insolvency_notice"
    __table_args__ = (
        limited("state", NOTICE_STATES),
        Index("insolvency_notice_once", "customer_id", "reference", unique=True),
        Index("insolvency_notice_waiting", "id", postgresql_where=text("state = 'waiting'")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    reference: str = words()
    register_number: str = words()
    name: str = words()
    kind: str = words()
    judgment: date | None = day(null=True)
    published: date | None = day(null=True)
    court: str = words()
    text: str = words()
    state: str = one_of()
    seen_at: datetime = moment()
    decided_by: str = words()
    decided_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class Stay(SQLModel, table=True):
    """A reason the law or a person gives to leave customers alone: death, over-indebtedness, a complaint.

    `follow_up` says what became of what the law asks of the creditor.
    """

    __tablename__ = "stay"
    __table_args__ = (limited("kind", StayKind), limited("state", ("open", "over")))
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    kind: str = one_of()
    since: date = day()
    last_day: date | None = day(null=True)
    article: str = words()
    why: str = words()
    state: str = one_of()
    follow_up: str = words()
    opened_by: str = words()
    opened_at: datetime = moment()
    ended_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class StayCustomer(SQLModel, table=True):
    """A customer a stay is about."""

    __tablename__ = "stay_customer"
    __table_args__ = (
        Index("stay_customer_once", "stay_id", "customer_id", unique=True),
        Index("stay_of", "customer_id"),
    )
    id: int | None = identity()
    stay_id: int = reference("stay.id")
    customer_id: int = reference("customer.id")
    recorded_at: datetime | None = recorded()
