"""What the law and the policies rest on: rates, agreed terms, acts that keep claims alive, who follows which policy."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from policies.interest.day_count import DayCount
from policies.law.rules import Interruption
from policies.migration import Move
from storage.columns import (
    amount_or_none,
    day,
    document,
    exact_bytes,
    identity,
    limited,
    moment,
    one_of,
    percent,
    recorded,
    reference,
    whole,
    words,
)


class RateValue(SQLModel, table=True):
    """A reference rate a person added with its source; append-only, the latest row for a first day counts."""

    __tablename__ = "rate_value"
    __table_args__ = (Index("rate_value_start", "series", "start"),)
    id: int | None = identity()
    series: str = words()
    start: date = day()
    percent: Decimal = percent()
    source: str = words()
    set_by: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class PolicyRule(SQLModel, table=True):
    """The policy of a creditor's customers of a segment, country or kind of debtor; an empty one means any."""

    __tablename__ = "policy_rule"
    __table_args__ = (UniqueConstraint("creditor_id", "segment", "country", "kind"),)
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    segment: str = words()
    country: str = words()
    kind: str = words()
    policy: str = words()
    recorded_at: datetime | None = recorded()


class TermsRecord(SQLModel, table=True):
    """What a customer agreed to (for one invoice, or for all): rate in percent a year, flat sum in minor units,
    limitation period in years.

    `words` are the clause or what proves it, `document` the file that was accepted. Kept for good; a record made by
    mistake is withdrawn.
    """

    __tablename__ = "terms_record"
    __table_args__ = (limited("day_count", DayCount), Index("terms_customer", "customer_id"))
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    invoice_id: int | None = reference("invoice.id", null=True)
    rate: Decimal | None = percent(null=True)
    flat: int | None = amount_or_none()
    currency: str = words()
    limitation_years: int | None = amount_or_none()
    day_count: str | None = one_of(null=True)
    accepted_on: date = day()
    document_name: str = words()
    document_sha256: str = words()
    document: bytes | None = exact_bytes(null=True)
    set_by: str = words()
    at: datetime = moment()
    withdrawn_at: datetime | None = moment(null=True)
    withdrawn_by: str = words()
    withdrawn_why: str = words()
    words: str = words()
    recorded_at: datetime | None = recorded()


class LimitationAct(SQLModel, table=True):
    """An act that gave a claim a new life, as a person recorded it; append-only.

    A row that `undoes` another takes it back: recorded by mistake, or void in law (FR: the suit was dropped, 2243).
    """

    __tablename__ = "limitation_act"
    __table_args__ = (
        limited("kind", Interruption), UniqueConstraint("undoes"), Index("limitation_act_case", "case_id"),
    )  # fmt: skip
    id: int | None = identity()
    case_id: int = reference("cases.id")
    kind: str = one_of()
    on_day: date = day()
    actor: str = words()
    words: str = words()
    undoes: int | None = reference("limitation_act.id", null=True)
    at: datetime = moment()
    recorded_at: datetime | None = recorded()


class PolicyPlan(SQLModel, table=True):
    """A plan to move cases from one policy to another; nothing moves before a person approves it as a whole.

    `words` are what the person remarked.
    """

    __tablename__ = "policy_plan"
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    old_hash: str = words()
    new_hash: str = words()
    written_at: datetime = moment()
    written_by: str = words()
    approved_at: datetime | None = moment(null=True)
    approved_by: str = words()
    words: str = words()
    recorded_at: datetime | None = recorded()


class PolicyPlanCase(SQLModel, table=True):
    """What the plan does with one case, what it would send next, and what became of it.

    `version` and `steps` are the case as it was when the plan was written: a case that changed since is left. `foreseen`
    holds why it moves so, the steps then behind it, and the first act of each way.
    """

    __tablename__ = "policy_plan_case"
    __table_args__ = (
        limited("move", Move),
        Index("policy_plan_case_once", "plan_id", "case_id", unique=True),
    )
    id: int | None = identity()
    plan_id: int = reference("policy_plan.id")
    case_id: int = reference("cases.id")
    version: int = whole()
    steps: int = whole()
    move: str = one_of()
    anchor: date | None = day(null=True)
    foreseen: dict[str, object] = document()
    outcome: str = words()
