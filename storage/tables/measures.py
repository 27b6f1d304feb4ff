"""Commercial measures: what is proposed against a customer, decided, lifted, and told to the ERP."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.measure import LiftedBy, MeasureKind, MeasureState, Origin
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
    words,
)


class Measure(SQLModel, table=True):
    """A measure against a customer in one currency. `renews`: the lifted one whose payment went back."""

    __tablename__ = "measure"
    __table_args__ = (
        limited("kind", MeasureKind),
        limited("lifted_by", LiftedBy),
        limited("origin", Origin),
        limited("state", MeasureState),
        Index(
            "one_standing_measure",
            "customer_id",
            "currency",
            "kind",
            unique=True,
            postgresql_where=text("state IN ('proposed', 'taken')"),
        ),
        Index("measure_renewed_once", "renews", unique=True),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    currency: str = words()
    kind: str = one_of()
    lifted_by: str = one_of()
    lower_limit: int | None = amount_or_none()
    clause: str = words()
    why: str = words()
    origin: str = one_of()
    renews: int | None = reference("measure.id", null=True)
    review_on: date | None = day(null=True)
    review_days: int | None = amount_or_none()
    state: str = one_of()
    proposed_by: str = words()
    proposed_at: datetime = moment()
    decided_by: str = words()
    decided_at: datetime | None = moment(null=True)
    decided_on: date | None = day(null=True)
    overdue: int = minor()
    ended_by: str = words()
    ended_at: datetime | None = moment(null=True)
    ended_on: date | None = day(null=True)
    ended_how: str = words()
    recorded_at: datetime | None = recorded()


class MeasureCase(SQLModel, table=True):
    """A case for which a measure was proposed: a ladder proposes it once for each."""

    __tablename__ = "measure_case"
    __table_args__ = (Index("measure_case_once", "case_id", "measure_id", unique=True),)
    id: int | None = identity()
    measure_id: int = reference("measure.id", index=True)
    case_id: int = reference("cases.id")
    recorded_at: datetime | None = recorded()


class MeasureChange(SQLModel, table=True):
    """That a measure was taken, or lifted: once each, with the very bytes the ERP gets.

    `planned` → `handing_over` (the file stands complete beside its place, under `token`) → `written`. `mailed_at`: sales
    were told.
    """

    __tablename__ = "measure_change"
    __table_args__ = (
        limited("change", ("taken", "lifted")),
        limited("state", ("planned", "handing_over", "written")),
        Index("measure_change_once", "measure_id", "change", unique=True),
        Index("measure_change_to_write", "id", postgresql_where=text("state <> 'written'")),
        Index("measure_change_to_mail", "id", postgresql_where=text("mailed_at IS NULL")),
    )
    id: int | None = identity()
    measure_id: int = reference("measure.id")
    change: str = one_of()
    on_day: date = day()
    at: datetime = moment()
    file: str = words()
    content: str = words()
    sha256: str = words()
    state: str = one_of()
    token: str = words()
    written_at: datetime | None = moment(null=True)
    mailed_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()
