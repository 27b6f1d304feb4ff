"""What was agreed with customers about money, or is proposed: plans, settlements, set-offs."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from policies.agreement import AgreementKind
from policies.agreement_words import EndedHow
from storage.columns import day, identity, limited, minor, moment, one_of, recorded, reference, switch, whole, words


class AgreementRecord(SQLModel, table=True):
    """An agreement; what it holds are rows of `hold` that bear its number.

    `amount` in minor units: all payments of a plan, what settles a settlement, what is set off. `due`: its last day.
    `their_invoice`: the customer's own, which is set off. `ended_how` empty: it is proposed, or stands.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        limited("kind", AgreementKind),
        limited("state", ("proposed", "agreed", "ended")),
        limited("ended_how", ("", *EndedHow)),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("agreement_customer", "customer_id"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    kind: str = one_of()
    currency: str = words()
    state: str = one_of()
    amount: int = minor()
    due: date | None = day(null=True)
    late_days: int = whole()
    first_payment: bool = switch(False)
    their_invoice: str = words()
    why: str = words()
    proposed_by: str = words()
    proposed_at: datetime = moment()
    agreed_by: str = words()
    agreed_at: datetime | None = moment(null=True)
    ended_how: str = one_of()
    ended_by: str = words()
    ended_at: datetime | None = moment(null=True)
    credit_note_id: int | None = reference("invoice.id", null=True)
    recorded_at: datetime | None = recorded()


class AgreementCase(SQLModel, table=True):
    """A case an agreement is about; `principal` is what was open of it then, in minor units."""

    __tablename__ = "agreement_case"
    __table_args__ = (Index("agreement_case_once", "case_id", "agreement_id", unique=True),)
    id: int | None = identity()
    agreement_id: int = reference("agreement.id", index=True)
    case_id: int = reference("cases.id")
    principal: int = minor()
