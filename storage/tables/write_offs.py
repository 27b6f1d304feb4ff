"""What was given up, why, on which proof, and what became of its VAT; steps that a payment had overtaken."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.correction_choices import Repair
from policies.write_off import ProofKind, WriteOffReason
from storage.columns import (
    amount_or_none,
    day,
    exact_bytes,
    identity,
    limited,
    minor,
    moment,
    one_of,
    recorded,
    reference,
    switch,
    whole,
    words,
)

STATES = ("proposed", "standing", "refused", "reversed")
ORIGINS = ("payment", "credit_note")


class WriteOff(SQLModel, table=True):
    """A write-off of some invoices of a customer, from its proposal to its reversal.

    `whole`: everything that is open of each; else the amount of its one invoice. `made_by`: `ledger` and `settlement` where no
    person decided. `judged_on`, `closed_on`: the liquidation judgment and the closure, as a person entered them.
    `vat_sent_on`: the debtor was sent the duplicate or the list, `vat_how`: by e-mail, or printed.
    """

    __tablename__ = "write_off"
    __table_args__ = (
        limited("reason", WriteOffReason),
        limited("state", STATES),
        Index("write_off_customer", "customer_id"),
        Index("write_off_proposed", "id", postgresql_where=text("state = 'proposed'")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    currency: str = words()
    reason: str = one_of()
    remark: str = words()
    whole: bool = switch(True)
    state: str = one_of()
    made_by: str = words()
    proposed_by: str = words()
    proposed_at: datetime = moment()
    decided_by: str = words()
    decided_at: datetime | None = moment(null=True)
    stands_since: date | None = day(null=True)
    reversal_signed_by: str = words()
    reversed_by: str = words()
    reversed_at: datetime | None = moment(null=True)
    reversed_why: str = words()
    judged_on: date | None = day(null=True)
    closed_on: date | None = day(null=True)
    vat_words: str = words()
    vat_page: bytes | None = exact_bytes(null=True)
    """The page that leaves by e-mail, as it was approved."""
    vat_sent_on: date | None = day(null=True)
    vat_how: str = words()
    vat_by: str = words()
    recorded_at: datetime | None = recorded()


class WriteOffItem(SQLModel, table=True):
    """One invoice of a write-off: what was given up of it when it was decided; net and VAT: of what is lost, as the debtor is told it."""

    __tablename__ = "write_off_item"
    __table_args__ = (
        Index("write_off_item_once", "write_off_id", "invoice_id", unique=True),
        Index("write_off_item_invoice", "invoice_id"),
    )
    id: int | None = identity()
    write_off_id: int = reference("write_off.id")
    invoice_id: int = reference("invoice.id")
    case_id: int = reference("cases.id", index=True)
    amount: int = minor()
    net: int | None = amount_or_none()
    vat: int | None = amount_or_none()
    recorded_at: datetime | None = recorded()


class WriteOffProof(SQLModel, table=True):
    """A document kept with a write-off, byte for byte."""

    __tablename__ = "write_off_proof"
    __table_args__ = (
        limited("kind", ProofKind),
        Index("write_off_proof_once", "write_off_id", "sha256", unique=True),
    )
    id: int | None = identity()
    write_off_id: int = reference("write_off.id")
    kind: str = one_of()
    name: str = words()
    content: bytes = exact_bytes()
    sha256: str = words()
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class Correction(SQLModel, table=True):
    """A step of a case taken after the value date of money, or of a credit, that was learned of later.

    `ours`: the money stood in our books when the step was taken. `repair` empty: a person is to decide.
    """

    __tablename__ = "correction"
    __table_args__ = (
        limited("repair", ("", *Repair)),
        limited("origin", ORIGINS),
        Index("correction_once", "case_id", "step", "occurrence", "origin", "origin_id", unique=True),
        Index("correction_undecided", "customer_id", postgresql_where=text("repair = ''")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    case_id: int = reference("cases.id")
    step: str = words()
    stage: str = words()
    occurrence: int = whole(1)
    done_on: date = day()
    origin: str = one_of()
    origin_id: int = whole()
    amount: int = minor()
    value_date: date = day()
    ours: bool = switch(False)
    hold_id: int | None = reference("hold.id", null=True)
    repair: str = words()
    decided_by: str = words()
    decided_at: datetime | None = moment(null=True)
    found_at: datetime = moment()
    recorded_at: datetime | None = recorded()
