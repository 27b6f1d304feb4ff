"""Credit insurance: the creditor's policies, the cover of customers, what the insurer agreed to, claims and what was paid on them."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import SQLModel

from policies.insurance import ConsentFor, FilingFrom
from policies.insurance_claim import ClaimState
from policies.insurer_consent import ConsentState
from storage.columns import (
    day,
    document,
    identity,
    limited,
    minor,
    moment,
    one_of,
    percent,
    recorded,
    reference,
    switch,
    whole,
    words,
)


class CreditInsurance(SQLModel, table=True):
    """A policy as the creditor entered it; sums in minor units of its currency, days as its text counts them."""

    __tablename__ = "credit_insurance"
    __table_args__ = (
        limited("filing_from", FilingFrom),
        CheckConstraint("extension_days >= 0 AND filing_days > 0", name="days_positive"),
        CheckConstraint("insured_percent > 0 AND insured_percent <= 100", name="percent_possible"),
        Index("insurance_policy", "creditor_id", "policy", unique=True),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    insurer: str = words()
    policy: str = words()
    email: str = words()
    folder: str = words()
    currency: str = words()
    extension_days: int = whole()
    filing_days: int = whole()
    filing_from: str = one_of()
    extension_clause: str = words()
    filing_clause: str = words()
    insured_percent: Decimal = percent()
    minimum_claim: int = minor()
    blind_cover: int = minor()
    covers_disputed: bool = switch(False)
    asks_write_off: bool = switch(False)
    valid_from: date = day()
    valid_until: date | None = day(null=True)
    set_by: str = words()
    set_at: datetime = moment()
    recorded_at: datetime | None = recorded()


class BuyerCover(SQLModel, table=True):
    """A decision of the insurer about a customer; a limit of nothing: cover was refused."""

    __tablename__ = "buyer_cover"
    __table_args__ = (
        CheckConstraint("limit_amount >= 0", name="limit_positive"),
        Index("cover_customer", "customer_id"),
        Index("cover_once", "customer_id", "insurance_id", "since", unique=True),
    )
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    insurance_id: int = reference("credit_insurance.id")
    limit_amount: int = minor()
    since: date = day()
    until: date | None = day(null=True)
    cancelled_on: date | None = day(null=True)
    reference: str = words()
    set_by: str = words()
    set_at: datetime = moment()
    recorded_at: datetime | None = recorded()


class InsurerConsent(SQLModel, table=True):
    """What the insurer is asked to agree to, and its answer.

    `until`: the last day it is about; `terms`: the payments of a plan that waits for it; `hold_id`: the promise that does.
    """

    __tablename__ = "insurer_consent"
    __table_args__ = (
        limited("about", ConsentFor),
        limited("state", ConsentState),
        Index("consent_customer", "customer_id"),
        Index("consent_agreement", "agreement_id", postgresql_where=text("agreement_id IS NOT NULL")),
        Index("consent_asked", "id", postgresql_where=text("state = 'asked'")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    insurance_id: int = reference("credit_insurance.id")
    about: str = one_of()
    state: str = one_of()
    agreement_id: int | None = reference("agreement.id", null=True)
    hold_id: int | None = reference("hold.id", null=True)
    until: date | None = day(null=True)
    terms: dict[str, object] = document()
    reference: str = words()
    why: str = words()
    asked_by: str = words()
    asked_at: datetime = moment()
    decided_on: date | None = day(null=True)
    decided_by: str = words()
    decided_at: datetime | None = moment(null=True)
    recorded_at: datetime | None = recorded()


class InsurerConsentCase(SQLModel, table=True):
    """A case the consent is about; append-only."""

    __tablename__ = "insurer_consent_case"
    __table_args__ = (Index("consent_case_once", "case_id", "consent_id", unique=True),)
    id: int | None = identity()
    consent_id: int = reference("insurer_consent.id", index=True)
    case_id: int = reference("cases.id")
    recorded_at: datetime | None = recorded()


class InsuranceClaim(SQLModel, table=True):
    """A claim made on the insurer; `amount` is what was insured of its invoices then, `indemnity` what the policy pays of it.

    `message_id`: the message by which it left, where it left by itself.
    """

    __tablename__ = "insurance_claim"
    __table_args__ = (
        limited("state", ClaimState),
        Index("claim_customer", "customer_id"),
        Index("claim_under_way", "id", postgresql_where=text("state IN ('proposed', 'approved')")),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    customer_id: int = reference("customer.id")
    insurance_id: int = reference("credit_insurance.id")
    state: str = one_of()
    amount: int = minor()
    indemnity: int = minor()
    last_day: date | None = day(null=True)
    why: str = words()
    proposed_by: str = words()
    proposed_at: datetime = moment()
    approved_by: str = words()
    approved_at: datetime | None = moment(null=True)
    message_id: int | None = reference("message.id", null=True)
    filed_on: date | None = day(null=True)
    filed_by: str = words()
    insurer_reference: str = words()
    recorded_at: datetime | None = recorded()


class InsuranceClaimCase(SQLModel, table=True):
    """A case of a claim with what was claimed of it; append-only."""

    __tablename__ = "insurance_claim_case"
    __table_args__ = (Index("claim_case_once", "case_id", "claim_id", unique=True),)
    id: int | None = identity()
    claim_id: int = reference("insurance_claim.id", index=True)
    case_id: int = reference("cases.id")
    principal: int = minor()
    insured: int = minor()
    recorded_at: datetime | None = recorded()


class InsuranceIndemnity(SQLModel, table=True):
    """Money of the insurer on a claim: the debtor owes all the same, and it settles no invoice; append-only."""

    __tablename__ = "insurance_indemnity"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)
    id: int | None = identity()
    claim_id: int = reference("insurance_claim.id", index=True)
    amount: int = minor()
    on_day: date = day()
    reference: str = words()
    actor: str = words()
    at: datetime = moment()
    recorded_at: datetime | None = recorded()
