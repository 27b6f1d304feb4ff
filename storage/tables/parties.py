"""Who is owed, who owes, and how to reach them."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import SQLModel

from policies.case import DebtorKind
from policies.customer_record import PAYMENT_METHODS
from policies.roles import Role
from policies.staff_text.languages import LANGUAGES
from storage.columns import (
    amount_or_none,
    count_or_none,
    day,
    identity,
    limited,
    moment,
    one_of,
    recorded,
    reference,
    switch,
    whole,
    words,
)


class Creditor(SQLModel, table=True):
    """The company that is owed. `live` off: every message goes to the local sink (design 4.12).

    `live_only`: those to customers who are not `live` themselves still do.
    `bank_max_age` and `courtesy_max_age`: how many bank days old the bank's files may be; NULL: not limited.
    """

    __tablename__ = "creditor"
    __table_args__ = (UniqueConstraint("name"), limited("staff_language", LANGUAGES))
    id: int | None = identity()
    name: str = words()
    country: str = words(default="FR")
    language: str = words(default="fr")
    staff_language: str = words(default="en")
    zone: str = words(default="Europe/Paris")
    email: str = words()
    reply_to: str = words()
    phone: str = words()
    address: str = words()
    mentions: str = words()
    iban: str = words()
    bic: str = words()
    payment_url: str = words()
    company_number: str = words()
    mediator: str = words()
    agency_email: str = words()
    legal_email: str = words()
    owner: str = words()
    manager: str = words()
    policy: str = words(default="fr-b2b")
    live: bool = switch(False)
    live_only: bool = switch(False)
    collecting: bool = switch(True)
    good_news: bool = switch(True)
    bank_max_age: int | None = count_or_none(2)
    courtesy_max_age: int | None = count_or_none(5)
    review_months: int | None = count_or_none(6)
    sms_max_segments: int | None = count_or_none(3)
    sms_smart_encoding: bool = switch(False)
    letters: str = words(default="off")
    registered_letters: str = words(default="law")
    letter_cost: int | None = amount_or_none()
    registered_cost: int | None = amount_or_none()
    cost_currency: str = words(default="EUR")
    desk_url: str = words()
    digest_hour: int | None = count_or_none(7)
    keep_contract_years: int | None = count_or_none(5)
    keep_accounts_years: int | None = count_or_none(10)
    deadlines: str = words()
    second_signature_write_off: str = words()
    second_signature_settlement: str = words()
    second_signature_agency: str = words()
    second_signature_court: str = words()
    chain_length: int = whole()
    chain_head: str = words()
    recorded_at: datetime | None = recorded()


class LiveStart(SQLModel, table=True):
    """Since when a creditor sends in earnest, and how many messages may leave on the first day of it."""

    __tablename__ = "live_start"
    __table_args__ = (UniqueConstraint("creditor_id"),)
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    at: datetime = moment()
    first_day: int = whole(50)


class Customer(SQLModel, table=True):
    """Who owes; unique by the creditor's own number. `ibans` with blanks between; `payer` is a customer's number."""

    __tablename__ = "customer"
    __table_args__ = (
        UniqueConstraint("creditor_id", "number"),
        limited("kind", DebtorKind),
        limited("payment_method", PAYMENT_METHODS),
    )
    id: int | None = identity()
    creditor_id: int = reference("creditor.id")
    number: str = words()
    name: str = words()
    kind: str = one_of()
    country: str | None = words(null=True)
    language: str = words(default="fr")
    zone: str = words(default="Europe/Paris")
    owner: str = words()
    backup: str = words()
    salesperson: str = words()
    policy: str = words()
    segment: str = words()
    region: str = words()
    credit_limit: int | None = amount_or_none()
    credit_currency: str = words()
    orders_given: int | None = amount_or_none()
    orders_on: date | None = day(null=True)
    company_number: str = words()
    vat_number: str = words()
    ibans: str = words()
    payment_method: str | None = one_of(null=True)
    mandate: str = words()
    payer: str = words()
    terms_days: int | None = amount_or_none()
    terms_month_end: str = words()
    terms_on_day: int = whole()
    verified_on: date | None = day(null=True)
    live: bool = switch(False)
    erased_at: datetime | None = moment(null=True)
    chain_length: int = whole()
    chain_head: str = words()
    recorded_at: datetime | None = recorded()


class Contact(SQLModel, table=True):
    """A person or desk at the customer; `accounts` receives reminders. A dead address is never written to again."""

    __tablename__ = "contact"
    __table_args__ = (
        limited("role", Role),
        Index("contact_role", "customer_id", "role", unique=True),
        Index("contact_phone", "phone"),
    )
    id: int | None = identity()
    customer_id: int = reference("customer.id")
    role: str = one_of()
    name: str = words()
    email: str = words()
    phone: str = words()
    postal: str = words()
    email_dead_at: datetime | None = moment(null=True)
    email_dead_why: str = words()
    phone_dead_at: datetime | None = moment(null=True)
    phone_dead_why: str = words()
    postal_dead_at: datetime | None = moment(null=True)
    postal_dead_why: str = words()


class Note(SQLModel, table=True):
    """What somebody wrote down about a customer: facts only, the debtor may read them."""

    __tablename__ = "note"
    id: int | None = identity()
    customer_id: int = reference("customer.id", index=True)
    case_id: int | None = reference("cases.id", null=True)
    actor: str = words()
    text: str = words()
    at: datetime = moment()
