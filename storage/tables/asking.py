"""Questions to people and what they answered. Only an accepted `answer` row counts (design 2)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from policies.questions import QuestionKind
from storage.columns import (
    document,
    identity,
    limited,
    minor,
    moment,
    one_of,
    recorded,
    reference,
    run_key,
    switch,
    whole,
    words,
)


class Question(SQLModel, table=True):
    """A question that is open, was answered, or was voided by a change. One open per customer, currency and
    stage, per bank line, dispute, or other `subject` (`deadline:12`).

    `since`: when it was first asked, where it took the place of an older one; `due_at`: when it is passed on next;
    `shown`: what it shows, to say what has changed.
    """

    __tablename__ = "question"
    __table_args__ = (
        limited("kind", QuestionKind),
        limited("state", ("gathering", "open", "answered", "voided")),
        Index(
            "one_open_question",
            "creditor_id",
            text("coalesce(customer_id, 0)"),
            "currency",
            "kind",
            "stage",
            text("coalesce(payment_id, 0)"),
            text("coalesce(dispute_id, 0)"),
            "subject",
            unique=True,
            postgresql_where=text("state = 'open'"),
        ),
        Index("question_due", "due_at", postgresql_where=text("state = 'open' AND due_at IS NOT NULL")),
        Index(
            "question_undated",
            "id",
            postgresql_where=text("state = 'open' AND due_at IS NULL AND waited <> 'last'"),
        ),
        Index("question_lead", "lead_id"),
        Index("question_customer", "customer_id"),
        Index("question_run", "run_id"),
        Index("question_subject", "subject", postgresql_where=text("subject <> ''")),
        Index("question_dispute", "dispute_id", postgresql_where=text("dispute_id IS NOT NULL")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int | None = reference("customer.id", null=True)
    currency: str = words()
    kind: str = one_of()
    stage: str = words()
    step: str = words()
    lead_id: int | None = reference("cases.id", null=True)
    run_id: UUID | None = run_key()
    attempt: int = whole(1)
    state: str = one_of()
    todo: str = words()
    title: str = words()
    description: str = words()
    fingerprint: str = words()
    shown_facts: str = words()
    problem: str = words()
    payment_id: int | None = reference("payment.id", null=True)
    dispute_id: int | None = reference("dispute.id", null=True)
    subject: str = words()
    offers: dict[str, object] = document()
    amount: int = minor()
    wake_at: datetime | None = moment(null=True)
    asked_at: datetime = moment()
    since: datetime | None = moment(null=True)
    waited: str = words()
    due_at: datetime | None = moment(null=True)
    shown: dict[str, object] = document()
    ended_at: datetime | None = moment(null=True)
    ended_why: str = words()
    recorded_at: datetime | None = recorded()


class QuestionCase(SQLModel, table=True):
    """A case a question covers, with what was shown of it."""

    __tablename__ = "question_case"
    __table_args__ = (Index("question_case_once", "question_id", "case_id", unique=True), Index("asked_of", "case_id"))
    id: int | None = identity()
    question_id: int = reference("question.id")
    case_id: int = reference("cases.id")
    occurrence: int = whole(1)
    principal: int = minor()
    message_id: int | None = reference("message.id", null=True)


class Answer(SQLModel, table=True):
    """What a person sent through a door, written before it goes anywhere else; append-only."""

    __tablename__ = "answer"
    id: int | None = identity()
    question_id: int = reference("question.id", index=True)
    attempt: int = whole(1)
    actor: str = words()
    role: str = words()
    door: str = words()
    given: dict[str, object] = document()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class AnswerVerdict(SQLModel, table=True):
    """Whether an answer was accepted, and why not; append-only, once per answer."""

    __tablename__ = "answer_verdict"
    __table_args__ = (Index("verdict_once", "answer_id", unique=True),)
    id: int | None = identity()
    answer_id: int = reference("answer.id")
    accepted: bool = switch(False)
    words: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
