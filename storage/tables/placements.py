"""Collection agencies, and what was placed with them: cases, what the agency told, what it was paid."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import SQLModel

from policies.placement import PlacementState
from storage.columns import (
    amount_or_none,
    day,
    identity,
    limited,
    minor,
    moment,
    one_of,
    percent,
    recorded,
    reference,
    switch,
    words,
)


class AgencyRecord(SQLModel, table=True):
    """An agency: where files go (`email`, or `folder` under RELANCE_HOME/handover), its mandate and its fee.

    `fee_percent` of what it collects and `fee_flat` a payment, in `currency`; NULL: none. `term_days`: how long it keeps a file;
    NULL: no end is agreed. `minimum`: what it takes nothing below.
    """

    __tablename__ = "agency"
    __table_args__ = (
        UniqueConstraint("creditor_id", "name"),
        Index("one_default_agency", "creditor_id", unique=True, postgresql_where=text("is_default")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    name: str = words()
    email: str = words()
    folder: str = words()
    mandate_on: date | None = day(null=True)
    mandate_reference: str = words()
    fee_percent: Decimal | None = percent(null=True)
    fee_flat: int | None = amount_or_none()
    minimum: int | None = amount_or_none()
    currency: str = words(default="EUR")
    term_days: int | None = amount_or_none()
    is_default: bool = switch(False)
    named_by: str = words()
    recorded_at: datetime | None = recorded()


class AgencyChoice(SQLModel, table=True):
    """The agency a customer's next file goes to, where it is not the default."""

    __tablename__ = "agency_choice"
    __table_args__ = (UniqueConstraint("customer_id"),)
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    agency_id: int = reference("agency.id")
    chosen_by: str = words()
    recorded_at: datetime | None = recorded()


class PlacementRecord(SQLModel, table=True):
    """A file that was handed over: born when that is confirmed. `told`: what the agency knows to be open, in minor units.

    `agency_id` NULL: the address of the creditor's settings. `ends_on` NULL: no end is agreed.
    """

    __tablename__ = "placement"
    __table_args__ = (
        limited("state", PlacementState),
        Index("placement_message", "message_id", unique=True),
        Index("placement_open", "creditor_id", postgresql_where=text("ended_at IS NULL")),
        Index("placement_customer", "customer_id"),
        Index("placement_reference", "reference"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    agency_id: int | None = reference("agency.id", null=True)
    agency_name: str = words()
    address: str = words()
    message_id: int = reference("message.id")
    reference: str = words()
    their_reference: str = words()
    currency: str = words()
    principal: int = minor()
    told: int = minor()
    state: str = one_of()
    fee_percent: Decimal | None = percent(null=True)
    fee_flat: int | None = amount_or_none()
    placed_on: date = day()
    placed_at: datetime = moment()
    ends_on: date | None = day(null=True)
    ended_on: date | None = day(null=True)
    ended_at: datetime | None = moment(null=True)
    ended_how: str = words()
    ended_by: str = words()
    recorded_at: datetime | None = recorded()


class PlacementCase(SQLModel, table=True):
    """A case of a placement; `principal` is what was open of it then."""

    __tablename__ = "placement_case"
    __table_args__ = (
        Index("placement_case_once", "case_id", "placement_id", unique=True),
        Index("placement_of", "placement_id"),
    )
    id: int | None = identity()
    placement_id: int = reference("placement.id")
    case_id: int = reference("cases.id")
    principal: int = minor()


class PlacementEvent(SQLModel, table=True):
    """What the agency told, or we told it; append-only. `amount` in minor units, 0: none was named."""

    __tablename__ = "placement_event"
    __table_args__ = (Index("placement_event_of", "placement_id"),)
    id: int | None = identity()
    placement_id: int = reference("placement.id")
    status: str = words()
    amount: int = minor()
    on_day: date = day()
    said: str = words()
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class PlacementPayment(SQLModel, table=True):
    """Money paid to the agency: `gross` settles the debt (as `payment_id`) but for the `accessories` in it (interest, flat sums);
    `fee` is our cost, the rest comes as `line_id`."""

    __tablename__ = "placement_payment"
    __table_args__ = (
        CheckConstraint("gross > 0 AND fee >= 0 AND fee <= gross", name="amounts_fit"),
        CheckConstraint("accessories >= 0 AND accessories < gross", name="accessories_fit"),
        Index("placement_payment_once", "placement_id", "paid_on", "gross", "their_reference", unique=True),
        Index("placement_payment_line", "line_id"),
    )
    id: int | None = identity()
    placement_id: int = reference("placement.id")
    paid_on: date = day()
    gross: int = minor()
    accessories: int = minor()
    fee: int = minor()
    their_reference: str = words()
    payment_id: int = reference("payment.id")
    line_id: int | None = reference("payment.id", null=True)
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
