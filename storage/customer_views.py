"""A customer as people look at it: who it is, how to reach it, what it owes, what holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from policies.credit_exposure import CreditExposure
from policies.problems import Problem
from storage import credit_exposures, measure_views
from storage.answer_reasons import ReasonView, of_customer
from storage.bulk import rows_of
from storage.hold_kinds import LASTING, STANDING
from storage.measure_books import MeasureRow
from storage.message_costs import costs_of_customer
from storage.open_credits import OpenCredit, of_customers, overpaid_by
from storage.payer_history import payers
from storage.session import reading
from storage.terms import TermsView, views_of
from storage.whom import find


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice of which something is open; amounts in minor units."""

    invoice: str
    issued: date | None
    due: date
    currency: str
    total: int
    open: int
    case: int | None


@dataclass(frozen=True, slots=True)
class Balance:
    """The account in one currency, in minor units: what is open, what credit notes and overpayments leave to its credit."""

    currency: str
    open: int
    credit: int
    """Credit notes set against no invoice; those left aside are not in it."""
    overpaid: int
    """Of payments that settled an invoice of it, what no invoice took."""


@dataclass(frozen=True, slots=True)
class StandingHold:
    """A hold that has not ended; no invoice: the whole customer."""

    kind: str
    invoice: str
    reason: str
    since: date
    until: date | None
    owner: str


@dataclass(frozen=True, slots=True)
class OtherContact:
    """Somebody at the customer beside the desk that pays."""

    role: str
    name: str
    email: str
    phone: str
    postal: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody wrote down."""

    at: datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class CustomerView:
    """The customer whole."""

    number: str
    name: str
    kind: str
    country: str
    language: str
    zone: str
    owner: str
    backup: str
    """Who is asked while the owner is away."""
    salesperson: str
    segment: str
    contact: str
    email: str
    email_dead: str
    phone: str
    phone_dead: str
    """Why no SMS goes to the telephone; empty: it may."""
    postal: str
    company_number: str
    vat_number: str
    ibans: str
    payment_method: str
    mandate: str
    pays_through: str
    """Number of the customer who pays for it; empty: it pays itself."""
    terms_days: int | None
    terms_month_end: str
    terms_on_day: int
    credit_limit: int | None
    credit_currency: str
    verified_on: date | None
    contacts: tuple[OtherContact, ...]
    items: tuple[OpenItem, ...]
    credits: tuple[OpenCredit, ...]
    """Credit notes of which something is set against no invoice."""
    balances: tuple[Balance, ...]
    """What it owes, and what is to its credit, by currency."""
    holds: tuple[StandingHold, ...]
    notes: tuple[NoteView, ...]
    said: tuple[ReasonView, ...]
    """Why it did not pay in time, as it said it, the earliest first."""
    payer: str | None
    """How it pays, in one word; None: it is not scored."""
    payer_because: str
    """Why, in figures; or why it is not scored."""
    terms: tuple[TermsView, ...]
    """What it agreed to, withdrawn records included."""
    exposures: tuple[CreditExposure, ...]
    """What it owes and has ordered against its limit, a line a currency."""
    measures: tuple[MeasureRow, ...]
    """Commercial measures against it, the latest first."""
    costs: Mapping[str, int]
    """What messages to it cost, in minor units by currency."""


_CUSTOMER = text(
    """
    SELECT d.number, d.name, d.kind, coalesce(d.country, '') AS country, d.language, d.zone, d.owner, d.backup, d.salesperson, d.segment,
           d.company_number, d.vat_number, d.ibans, coalesce(d.payment_method, '') AS payment_method, d.mandate,
           d.payer AS pays_through, d.terms_days, d.terms_month_end, d.terms_on_day, d.credit_limit, d.credit_currency,
           d.verified_on, coalesce(k.postal, '') AS postal, coalesce(k.name, '') AS contact, coalesce(k.email, '') AS email, coalesce(k.phone, '') AS phone,
           CASE WHEN k.email_dead_at IS NULL THEN '' ELSE coalesce(nullif(k.email_dead_why, ''),
           'dead') END AS email_dead,
           CASE WHEN k.phone_dead_at IS NULL THEN '' ELSE coalesce(nullif(k.phone_dead_why, ''),
           'it takes none') END AS phone_dead
    FROM customer d LEFT JOIN contact k ON k.customer_id = d.id AND k.role = 'accounts' WHERE d.id = :id
    """
)
_ITEMS = text(
    """
    SELECT i.number AS invoice, i.issued, i.due, i.currency, i.total, i.total - i.prepaid - i.paid - i.credited AS open,
           (SELECT max(c.id) FROM cases c WHERE c.invoice_id = i.id AND c.closed_at IS NULL) AS case
    FROM invoice i WHERE i.customer_id = :id AND i.kind = 'invoice' AND i.total - i.prepaid - i.paid - i.credited > 0
    ORDER BY i.due, i.number
    """
)
_OTHERS = text(
    "SELECT role, name, email, phone, postal FROM contact WHERE customer_id = :id AND role <> 'accounts' ORDER BY role"
)
_HOLDS = text(
    f"""
    SELECT h.kind, coalesce(i.number, '') AS invoice, h.reason, h.since, h.until, h.owner
    FROM hold h LEFT JOIN cases c ON c.id = h.case_id LEFT JOIN invoice i ON i.id = c.invoice_id
    WHERE h.customer_id = :id AND {STANDING} ORDER BY h.id
    """  # noqa: S608 - no outside text
)
_NOTES = text("SELECT at, actor, text FROM note WHERE customer_id = :id ORDER BY id")


async def show_customer(said: str, as_of: datetime) -> CustomerView | list[Problem]:
    """The customer of this number or name at `as_of`."""
    async with reading() as connection:
        whom = await find(connection, said)
        if isinstance(whom, list):
            return whom
        which: dict[str, Any] = {"id": whom.customer}
        customer = (await rows_of(connection, _CUSTOMER, which))[0]
        assessed = (await payers(connection, [whom.customer], as_of))[whom.customer]
        items = tuple(OpenItem(**row) for row in await rows_of(connection, _ITEMS, which))
        credits = tuple((await of_customers(connection, [whom.customer])).get(whom.customer, ()))
        overpaid = await overpaid_by(connection, whom.customer)
        return CustomerView(
            **customer,
            credits=credits,
            balances=_balances(items, credits, overpaid),
            contacts=tuple(OtherContact(**row) for row in await rows_of(connection, _OTHERS, which)),
            items=items,
            holds=tuple(
                StandingHold(**row)
                for row in await rows_of(connection, _HOLDS, which | {"today": whom.today(as_of), "lasting": LASTING})
            ),
            notes=tuple(NoteView(**row) for row in await rows_of(connection, _NOTES, which)),
            said=await of_customer(connection, whom.customer),
            payer=None if assessed.payer is None else assessed.payer.value,
            payer_because=assessed.because,
            terms=await views_of(connection, whom.customer),
            exposures=(await credit_exposures.of_customers(connection, [whom.customer], as_of)).get(whom.customer, ()),
            measures=await measure_views.of_customer(connection, whom.customer),
            costs=await costs_of_customer(connection, whom.customer),
        )


def _balances(
    items: Sequence[OpenItem], credits: Sequence[OpenCredit], overpaid: Mapping[str, int]
) -> tuple[Balance, ...]:
    currencies = {one.currency for one in items} | {one.currency for one in credits} | overpaid.keys()
    return tuple(
        Balance(
            currency,
            sum(one.open for one in items if one.currency == currency),
            sum(one.left for one in credits if one.currency == currency and not one.aside),
            overpaid.get(currency, 0),
        )
        for currency in sorted(currencies)
    )
