"""What a file says of a customer, as read, before it meets what we know."""

from dataclasses import dataclass
from typing import Any

from policies.agreed_record import AgreedRecord
from policies.facts import DebtorKind
from policies.money import plain
from policies.record_fields import fields_shown


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
    terms: AgreedRecord | None = None
    """What it accepted for all its invoices; None: the file does not say."""

    def shown(self) -> dict[str, Any]:
        """As other programs read it (`--dry-run --json`)."""
        values = fields_shown(self, ())
        if self.credit_limit is not None:
            values["credit_limit"] = plain(self.credit_limit, self.credit_currency)
        values["terms"] = None if self.terms is None else self.terms.shown()
        return values
