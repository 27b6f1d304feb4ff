"""A case per due item: where it stands, what holds it, which steps are behind it, who runs it now."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from policies.case import DoneHow, HoldKind
from policies.decisions import Outcome
from policies.promise import Word
from policies.stages import Stage
from storage.columns import (
    day,
    exact_bytes,
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


class Policy(SQLModel, table=True):
    """A ladder file as it was when a case was pinned to it (design 4.9)."""

    __tablename__ = "policy"
    id: int | None = identity()
    hash: str = words()
    ladder: str = words()
    text: bytes = exact_bytes()
    pinned_at: datetime | None = moment(null=True)
    pinned_by: str = words()
    recorded_at: datetime | None = recorded()
    __table_args__ = (Index("policy_hash", "hash", unique=True), Index("policy_named", "ladder", "pinned_at"))


class Case(SQLModel, table=True):
    """The case of one due item. Every fact about it locks this row and raises `version`.

    `anchor` replaces the due date where a policy migration moved the case; rows of the ledger up to
    `occurrences_before` belong to a climb that a migration ended. `waits_for` is the reason code of a wait that news
    about the creditor or another case of the customer ends (`storage.collecting.OTHERS_END`).
    """

    __tablename__ = "cases"
    __table_args__ = (
        limited("outcome", Outcome),
        Index("one_open_case_per_item", "invoice_id", unique=True, postgresql_where=text("closed_at IS NULL")),
        Index("case_debtor", "customer_id", "currency"),
        Index("case_to_wake", "wake_at", postgresql_where=text("wake_at IS NOT NULL")),
        Index("case_next", "next_at", postgresql_where=text("closed_at IS NULL")),
        Index("case_run", "run_id"),
        Index("case_invoice", "invoice_id"),
        Index("case_in_trouble", "id", postgresql_where=text("failures > 0 AND closed_at IS NULL")),
        Index("case_waits_for", "creditor_id", "waits_for", postgresql_where=text("waits_for <> ''")),
        Index("case_policy", "policy_hash", postgresql_where=text("closed_at IS NULL")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    invoice_id: int = reference("invoice.id")
    currency: str = words()
    policy_hash: str = words()
    generation: int = whole(1)
    run_id: UUID | None = run_key()
    version: int = whole()
    wake_at: datetime | None = moment(null=True)
    next_at: datetime | None = moment(null=True)
    leader_id: int | None = reference("cases.id", null=True)
    failures: int = whole()
    problem: str = words()
    shown: str = words()
    waits_for: str = words()
    written_off: str | None = words(null=True)
    written_off_by: str = words()
    """`ledger` where a ledger did; empty: a person."""
    withdrawn: str | None = words(null=True)
    outcome: str | None = one_of(null=True)
    anchor: date | None = day(null=True)
    opened_on: date | None = day(null=True)
    occurrences_before: int = whole()
    opened_at: datetime = moment()
    closed_at: datetime | None = moment(null=True)
    chain_length: int = whole()
    chain_head: str = words()
    recorded_at: datetime | None = recorded()


class StepRecord(SQLModel, table=True):
    """A step that is behind a case; once per occurrence."""

    __tablename__ = "step_done"
    __table_args__ = (
        limited("how", DoneHow),
        limited("stage", Stage),
        Index("step_once", "case_id", "step", "occurrence", unique=True),
    )
    id: int | None = identity()
    case_id: int = reference("cases.id")
    step: str = words()
    stage: str = one_of()
    occurrence: int = whole(1)
    done_on: date = day()
    how: str = one_of()
    why: str = words()
    pay_by: date | None = day(null=True)
    recorded_at: datetime | None = recorded()


class HoldRecord(SQLModel, table=True):
    """A reason not to act on a case, or (no case) on everything of a customer.

    `channels` are those a customer opted out of, with commas; `word` says what became of a promise or a plan;
    `interest_until` is the last day that earns interest where a plan stops it.
    """

    __tablename__ = "hold"
    __table_args__ = (
        limited("kind", HoldKind),
        limited("word", Word),
        Index("hold_customer", "customer_id"),
        Index("hold_origin", "origin", postgresql_where=text("origin <> ''")),
    )
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    case_id: int | None = reference("cases.id", null=True)
    kind: str = one_of()
    reason: str = words()
    since: date = day()
    until: date | None = day(null=True)
    owner: str = words()
    must_answer: bool = switch(False)
    channels: str = words()
    interest_until: date | None = day(null=True)
    word: str | None = one_of(null=True)
    origin: str = words()
    agreement_id: int | None = reference("agreement.id", null=True, index=True)
    ended_at: datetime | None = moment(null=True)
    ended_by: str = words()
    recorded_at: datetime | None = recorded()


class HoldInstalment(SQLModel, table=True):
    """A payment agreed in a promise or a plan, in minor units of the case's currency."""

    __tablename__ = "hold_instalment"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("hold_instalment_day", "hold_id", "on_day", unique=True),
    )
    id: int | None = identity()
    hold_id: int = reference("hold.id")
    on_day: date = day()
    amount: int = minor()


class Approval(SQLModel, table=True):
    """A person's agreement to a draft, case by case; it stands until sent, voided or too old (design 4.8)."""

    __tablename__ = "approval"
    __table_args__ = (
        Index(
            "approval_standing",
            "case_id",
            "step",
            "occurrence",
            unique=True,
            postgresql_where=text("voided_at IS NULL"),
        ),
    )
    id: int | None = identity()
    case_id: int = reference("cases.id")
    step: str = words()
    occurrence: int = whole(1)
    kind: str = words()
    question_id: int = reference("question.id")
    message_id: int | None = reference("message.id", null=True)
    principal: int = whole()
    agreed_on: date = day()
    voided_at: datetime | None = moment(null=True)
    voided_why: str = words()


class Lease(SQLModel, table=True):
    """Who runs a case (or another run) now: the only lock there is between dispatchers (design 2)."""

    __tablename__ = "lease"
    subject: str = words()
    id: int | None = identity()
    token: UUID = run_key(null=False, unique=True)
    dispatcher_id: int = reference("dispatcher.id")
    case_id: int | None = reference("cases.id", null=True)
    run_id: UUID | None = run_key()
    since: datetime | None = recorded()
    __table_args__ = (Index("lease_subject", "subject", unique=True),)
