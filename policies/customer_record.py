"""What a file says of a customer, as read, before it meets what we know."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.agreed_record import AgreedRecord
from policies.facts import DebtorKind
from policies.money import plain
from policies.payment_terms import PaymentTerms
from policies.record_fields import fields_shown

PAYMENT_METHODS = ("transfer", "card", "direct_debit", "bill", "cheque")
"""How a customer pays."""


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """Somebody at the customer beside the desk that pays."""

    role: str  # management, registered_office
    name: str = ""
    email: str = ""
    phone: str = ""
    postal: str = ""


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """One customer; empty text means the file does not say."""

    number: str
    name: str
    email: str
    phone: str
    country: str
    language: str
    time_zone: str  # IANA name; empty: that of the creditor
    contact: str
    owner: str
    salesperson: str
    kind: DebtorKind
    policy: str  # a ladder of its own
    segment: str
    region: str  # ISO 3166-2, without the country
    line: int
    credit_limit: int | None = None
    """Minor units of `credit_currency`; None: the file does not say."""
    credit_currency: str = ""
    orders_given: int | None = None
    """What it has ordered and was not yet invoiced, in minor units of `credit_currency`; None: the file does not say."""
    orders_on: date | None = None
    """The day of what is said of its orders."""
    terms: AgreedRecord | None = None
    """What it accepted for all its invoices; None: the file does not say."""
    company_number: str = ""  # in its country's register: SIREN, SIRET…
    vat_number: str = ""
    ibans: tuple[str, ...] = ()
    payment_method: str = ""  # transfer, card, direct_debit, bill, cheque
    mandate: str = ""
    """Reference of the SEPA mandate it signed."""
    payer: str = ""
    """Number of the customer who pays for it, where it is not itself."""
    payment_terms: PaymentTerms | None = None
    """When its invoices are due; None: the file does not say."""
    backup: str = ""
    """Who is asked while the owner is away."""
    postal: str = ""  # of the desk that pays, one line per line
    contacts: tuple[ContactRecord, ...] = ()
    """Other people and desks, by role."""
    verified_on: date | None = None
    """Last day somebody checked these data."""

    def shown(self) -> dict[str, Any]:
        """As other programs read it (`--dry-run --json`)."""
        values = fields_shown(self, ())
        if self.credit_limit is not None:
            values["credit_limit"] = plain(self.credit_limit, self.credit_currency)
        if self.orders_given is not None:
            values["orders_given"] = plain(self.orders_given, self.credit_currency)
        values["terms"] = None if self.terms is None else self.terms.shown()
        values["contacts"] = [fields_shown(one, ()) for one in self.contacts]
        terms = self.payment_terms
        values["payment_terms"] = terms and {"days": terms.days, "month_end": terms.month_end, "on_day": terms.on_day}
        return values
