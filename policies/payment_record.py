"""A movement of a bank account as its file says it, before it meets what we know."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.record_fields import fields_shown


@dataclass(frozen=True, slots=True)
class PaymentRecord:
    """One movement of a bank account or ledger. `amount` is signed: money that leaves the account is negative."""

    account: str
    booked: date
    value_date: date
    amount: int
    currency: str
    reference: str
    end_to_end_id: str
    counterparty: str
    iban: str
    text: str
    return_reason: str
    """Why an earlier payment came back (ISO 20022 reason code); empty for all others."""
    invoices: tuple[str, ...]
    """Invoice numbers the file itself names for it."""
    line: int
    bank_reference: str = ""
    """What the bank itself calls the movement: the same in every file that holds it."""
    is_pending: bool = False
    """Announced, not booked: it may still change or vanish, and settles nothing."""

    def shown(self) -> dict[str, Any]:
        """As `InvoiceRecord.shown`."""
        return fields_shown(self, ("amount",))
