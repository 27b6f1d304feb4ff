"""What a file of another program says, one record per row: facts as read, before they meet what we know."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from policies.agreed_record import AgreedRecord
from policies.case import DebtorKind
from policies.discount import DiscountRecord
from policies.money import plain
from policies.record_fields import fields_shown
from policies.stages import Stage


class DocumentKind(StrEnum):
    """An invoice asks for money, a credit note gives some back; both carry a positive total."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


@dataclass(frozen=True, slots=True)
class InstalmentRecord:
    """A part of an invoice with its own day: `amount` in minor units of the invoice's currency."""

    due: date
    amount: int
    label: str = ""
    """What the source calls it: second instalment, retention money."""


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """One invoice or credit note. Amounts are minor units of `currency`; empty text means the file does not say."""

    number: str
    kind: DocumentKind
    issued: date | None
    due: date | None
    """None where nothing has to be paid on a day: credit notes, invoices paid before. Of several instalments the last."""
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
    instalments: tuple[InstalmentRecord, ...] = ()
    corrects: tuple[str, ...] = ()
    """Numbers of the invoices a credit note takes back."""
    terms: str = ""  # of payment, in the words of the invoice
    payment_method: str = ""  # transfer, card, direct_debit, bill, cheque
    instrument_on: date | None = None
    """The day the accepted bill falls due, or the cheque or direct debit is expected."""
    bic: str = ""
    seller_number: str = ""  # in its country's register: SIREN, SIRET, company number
    seller_vat: str = ""
    buyer_number: str = ""
    buyer_vat: str = ""
    address: str = ""  # of the customer, one line per line
    contact_name: str = ""
    payer: str = ""
    """Number of the customer who pays, where it is not the buyer."""
    recipient: str = ""
    """Number of the customer who received goods or invoice, where it is not the buyer."""
    assignee: str = ""
    """To whom the claim was assigned (a factor); it is paid to `assignee_iban`."""
    assignee_iban: str = ""
    assignment_notice: str = ""
    """The words the assignment obliges every message to carry."""
    einvoice_status: str = ""  # what the platform says: deposited, received, refused, rejected, suspended, disputed…
    is_draft: bool = False
    agreed: AgreedRecord | None = None
    """What the customer accepted for this invoice; None: the file does not say."""
    document_type: str = ""  # code of UNTDID 1001, where the source is an e-invoice
    is_self_billed: bool = False
    rounding: int = 0
    """Added to what is due: to the cash unit, and what is collected for third parties; may be negative."""
    discounts: tuple[DiscountRecord, ...] = ()
    mandate: str = ""  # of the direct debit
    part_of: str = ""
    """Number of the invoice of which this is an instalment; empty: it is none."""
    net: int | None = None
    vat: int | None = None
    """Without VAT, and the VAT, as the document states both; None: it does not, and neither is made from a rate."""
    emptied: tuple[str, ...] = ()
    """Of how, by whom and to whom it is paid: what the file has a column for and says nothing of here."""

    @property
    def payable(self) -> int:
        """What remains to be paid when it is issued."""
        return self.total - self.prepaid + self.rounding

    def shown(self) -> dict[str, Any]:
        """As other programs read it (`--dry-run --json`): amounts and dates as text."""
        agreed = None if self.agreed is None else self.agreed.shown()
        payable = plain(self.payable, self.currency)
        return fields_shown(self, ("total", "prepaid", "rounding", "net", "vat")) | {
            "payable": payable,
            "agreed": agreed,
        }
