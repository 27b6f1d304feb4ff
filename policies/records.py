"""What a file of another program says, one record per row: facts as read, before they meet what we know."""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from policies.agreed_record import AgreedRecord
from policies.case import DebtorKind
from policies.money import plain
from policies.stages import Stage


class DocumentKind(StrEnum):
    """An invoice asks for money, a credit note gives some back; both carry a positive total."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """One invoice or credit note. Amounts are minor units of `currency`; empty text means the file does not say."""

    number: str
    kind: DocumentKind
    issued: date | None
    due: date
    currency: str
    total: int  # VAT included
    prepaid: int  # part of it that was paid before it was issued
    customer_number: str
    customer_name: str
    email: str
    phone: str  # E.164
    country: str  # ISO 3166-1, two letters
    language: str  # ISO 639-1, two letters
    owner: str
    salesperson: str
    customer_kind: DebtorKind
    iban: str
    reference: str
    seller: str
    buyer: str
    reached_stage: Stage | None
    """Hardest stage the former system had already carried out, on `reached_on`."""
    reached_on: date | None
    document: str  # path of the invoice's own file, as the source wrote it
    policy: str  # a ladder of its own
    line: int  # of the source, counted from 1
    terms: AgreedRecord | None = None
    """What the customer accepted for this invoice; None: the file does not say."""

    @property
    def payable(self) -> int:
        """What remains to be paid when it is issued."""
        return self.total - self.prepaid

    def shown(self) -> dict[str, Any]:
        """As other programs read it (`--dry-run --json`): amounts and dates as text."""
        terms = None if self.terms is None else self.terms.shown()
        return fields_shown(self, ("total", "prepaid")) | {
            "payable": plain(self.payable, self.currency), "terms": terms,
        }  # fmt: skip


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

    def shown(self) -> dict[str, Any]:
        """As `InvoiceRecord.shown`."""
        return fields_shown(self, ("amount",))


def fields_shown(record: Any, amounts: tuple[str, ...]) -> dict[str, Any]:
    """The fields by name, as text; `amounts` are in minor units of the record's currency."""
    values: dict[str, Any] = {}
    for each in fields(record):
        name, value = each.name, getattr(record, each.name)
        if name in amounts:
            value = plain(value, record.currency)
        elif isinstance(value, date):
            value = value.isoformat()
        values[name] = list(value) if isinstance(value, tuple) else value
    return values
