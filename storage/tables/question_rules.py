"""Who had a question, who signed for what, and what a salesperson was told before a notice."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import SQLModel

from policies.staff import Role
from storage.columns import identity, limited, moment, one_of, recorded, reference, whole, words

MOVES = ("reminded", "escalated", "last", "given", "no_second_signer")
"""Why a question went from one person to another, or was put to the same one again."""


class QuestionMove(SQLModel, table=True):
    """A question was put to somebody again, or went to somebody else; append-only."""

    __tablename__ = "question_move"
    __table_args__ = (limited("why", MOVES), Index("question_move_of", "question_id"))
    id: int | None = identity()
    question_id: int = reference("question.id")
    taken_from: str = words()
    given_to: str = words()
    why: str = one_of()
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class Signature(SQLModel, table=True):
    """The first of two signatures: what was decided, in which terms, before which content; append-only."""

    __tablename__ = "signature"
    __table_args__ = (limited("role", Role), Index("signature_of", "question_id"))
    id: int | None = identity()
    question_id: int = reference("question.id")
    fingerprint: str = words()
    choice: str = words()
    terms: str = words()
    actor: str = words()
    role: str = one_of()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class SalesNotice(SQLModel, table=True):
    """A salesperson was told that a formal notice is about to leave, and may object once until `until_at`."""

    __tablename__ = "sales_notice"
    __table_args__ = (
        limited("state", ("told", "objected", "decided")),
        Index("sales_notice_customer", "customer_id"),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    currency: str = words()
    salesperson: str = words()
    state: str = one_of()
    told_at: datetime = moment()
    until_at: datetime = moment()
    subject: str = words()
    text: str = words()
    mailed_at: datetime | None = moment(null=True)
    objected_by: str = words()
    objected_at: datetime | None = moment(null=True)
    words: str = words()
    recorded_at: datetime | None = recorded()


class SalesNoticeCase(SQLModel, table=True):
    """A case whose formal notice the salesperson was told about."""

    __tablename__ = "sales_notice_case"
    __table_args__ = (
        Index("sales_notice_once", "case_id", "step", "occurrence", unique=True),
        Index("sales_notice_of", "notice_id"),
    )
    id: int | None = identity()
    notice_id: int = reference("sales_notice.id")
    case_id: int = reference("cases.id")
    step: str = words()
    occurrence: int = whole(1)
    hold_id: int | None = reference("hold.id", null=True)
