"""Mediators the creditor named, and mediations with customers."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.mediation import MediationOutcome, MediationState, StartedBy
from storage.columns import day, identity, limited, moment, one_of, recorded, reference, words


class MediatorRecord(SQLModel, table=True):
    """A mediator that may be proposed. `kind`: a route of the law file (`consumer_mediation`, `conciliation`) or `mediator`.

    `segment`: the customers it is for; empty: all. `ended_at`: proposed no more.
    """

    __tablename__ = "mediator"
    __table_args__ = (Index("mediator_creditor", "creditor_id", postgresql_where=text("ended_at IS NULL")),)
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    kind: str = words()
    name: str = words()
    address: str = words()
    url: str = words()
    segment: str = words()
    named_by: str = words()
    ended_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class MediationRecord(SQLModel, table=True):
    """A mediation. `compulsory`: the article that wants an attempt before a court; `article`: what its route rests on.

    `words`: what was noted of it, which nobody outside may read. `last_day`: for an answer; `last_day_from`: by whose rule.
    """

    __tablename__ = "mediation"
    __table_args__ = (
        limited("started_by", StartedBy),
        limited("state", MediationState),
        limited("outcome", ("", *MediationOutcome)),
        Index("mediation_customer", "customer_id"),
        Index("mediation_message", "message_id", postgresql_where=text("message_id IS NOT NULL")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    currency: str = words()
    route: str = words()
    mediator: str = words()
    mediator_id: int | None = reference("mediator.id", null=True)
    article: str = words()
    compulsory: str = words()
    started_by: str = one_of()
    state: str = one_of()
    proposed_on: date = day()
    proposed_by: str = words()
    proposed_at: datetime = moment()
    last_day: date | None = day(null=True)
    last_day_from: str = words()
    message_id: int | None = reference("message.id", null=True)
    ask_on: date | None = day(null=True)
    outcome: str = one_of()
    agreement_id: int | None = reference("agreement.id", null=True)
    ended_on: date | None = day(null=True)
    ended_by: str = words()
    words: str = words()
    ended_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class MediatorChoice(SQLModel, table=True):
    """Whom a person chose among several mediators for a customer (`key`), or that one is to be chosen for `case_id`."""

    __tablename__ = "mediator_choice"
    __table_args__ = (
        limited("state", ("wanted", "chosen")),
        Index("mediator_choice_once", "customer_id", unique=True),
    )
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    case_id: int | None = reference("cases.id", null=True)
    state: str = one_of()
    key: str = words()
    wanted_at: datetime = moment()
    chosen_by: str = words()
    chosen_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class MediationCase(SQLModel, table=True):
    """A case a mediation concerns; `hold_id`: what holds it meanwhile, where no step of its ladder does."""

    __tablename__ = "mediation_case"
    __table_args__ = (Index("mediation_case_once", "case_id", "mediation_id", unique=True),)
    id: int | None = identity()
    mediation_id: int = reference("mediation.id", index=True)
    case_id: int = reference("cases.id")
    hold_id: int | None = reference("hold.id", null=True)
    recorded_at: datetime | None = recorded()
