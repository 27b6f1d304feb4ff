"""A FEC as a fallback for a list of open items: invoices, credit notes, payments, and what else became of an invoice."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policies.case import DebtorKind
from policies.ledger_documents import Closing, InvoiceNumbers, LedgerDocument, LedgerRead
from policies.ledger_lines import ClosedBy
from policies.ledger_outcomes import read_ledger
from policies.payment_record import PaymentRecord
from policies.payment_terms import PaymentTerms
from policies.problems import Problem
from policies.records import DocumentKind, InvoiceRecord
from tasks.fec_lines import CURRENCY, fec_lines
from tasks.file_refused import FileRefused
from tasks.reading import Reading, refusal

WORDS = {
    ClosedBy.BILL: "was settled by a bill of exchange (413) on {on}; it is collected only if the bill comes back",
    ClosedBy.CHEQUE: "was settled by a cheque (511) handed in on {on}; it is collected only if the cheque comes back",
    ClosedBy.DOUBTFUL: "was moved to doubtful customers (416) on {on}; a person decides how it is collected",
    ClosedBy.LOSS: "was written off (654) on {on}; nothing is collected of it",
    ClosedBy.UNKNOWN: "was closed on {on} by an account that says neither money nor credit; a person must say what it was",
    ClosedBy.SEVERAL: "was closed on {on} by several accounts; which of them closed it cannot be told, so a person must say",
    ClosedBy.RETURNED: "was debited again on {on} by no sale (money that came back, a refund); a person must say what is open",
}
"""What is told of an invoice that money did not close; it does not go in, so nobody is chased for it."""


@dataclass(frozen=True, slots=True)
class LedgerReading:
    """The file's invoices and credit notes, its money, and what else closed invoices."""

    invoices: Reading[InvoiceRecord]
    payments: tuple[PaymentRecord, ...] = ()
    closings: tuple[Closing, ...] = ()
    """By bill, cheque, doubt, loss or an unknown account, of invoices lettered with them."""
    through: date | None = None
    """The day of the ledger's last entry."""


def read_fec(path: Path, terms: Mapping[str, PaymentTerms]) -> LedgerReading:
    """What the FEC at `path` says of customers. It has no due dates: those come from `terms`, by customer's number."""
    problems: list[Problem] = []
    try:
        ledger = read_ledger(fec_lines(path, problems))
    except FileRefused as refused:
        return LedgerReading(refusal([refused.problem]))
    problems += [Problem(path.name, line, "", reason) for line, reason in ledger.doubts]
    others = [one for one in ledger.closings if one.kind is not ClosedBy.BANK]
    stopped = {(one.customer, number): one for one in others for number in one.invoices}
    problems += [_lost(path.name, one) for one in others if not one.invoices]
    records: list[InvoiceRecord] = []
    invoices = InvoiceNumbers(ledger.documents)
    for document in _numbered_once(ledger, path.name, problems):
        closed = stopped.get((document.customer, document.number))
        due = _due(document, terms)
        if closed is not None:
            told = WORDS[closed.kind].format(on=closed.on)
            problems.append(Problem(path.name, closed.line, "EcritureLet", f"{document.number} {told}."))
        elif due is None:
            reason = (
                f"A FEC has no due dates, and the terms of customer {document.customer} are not known: import them with "
                "the customers (payment_terms), or import the list of open items."
            )
            problems.append(Problem(path.name, document.line, "", reason))
        else:
            records.append(_record(document, due, invoices))
    problems.sort(key=lambda problem: problem.line or 0)
    reading = Reading(tuple(records), problems, len(ledger.documents))
    return LedgerReading(
        reading, _payments(ledger, {record.number for record in records}),
        tuple(one for one in others if one.invoices), ledger.through,
    )  # fmt: skip


def _numbered_once(ledger: LedgerRead, source: str, problems: list[Problem]) -> list[LedgerDocument]:
    """Each number once: two customers or two amounts under one number are no invoice anybody could name."""
    first: dict[str, LedgerDocument] = {}
    for one in ledger.documents:
        known = first.setdefault(one.number, one)
        if known is not one:
            reason = f"“{one.number}” already stands on line {known.line}; two documents cannot have one number."
            problems.append(Problem(source, one.line, "PieceRef", reason))
    return list(first.values())


def _due(document: LedgerDocument, terms: Mapping[str, PaymentTerms]) -> date | None:
    if document.is_credit:
        return document.on
    known = terms.get(document.customer)
    return known.due(document.on) if known else None


def _record(document: LedgerDocument, due: date, invoices: InvoiceNumbers) -> InvoiceRecord:
    corrects = invoices.lettered(document.customer, document.lettering) if document.is_credit else ()
    return InvoiceRecord(
        number=document.number,
        kind=DocumentKind.CREDIT_NOTE if document.is_credit else DocumentKind.INVOICE,
        issued=document.on,
        due=due,
        currency=CURRENCY,
        total=document.total,
        prepaid=0,
        customer_number=document.customer,
        customer_name=document.customer_name,
        email="", phone="", country="", language="", owner="", salesperson="",
        customer_kind=DebtorKind.BUSINESS,
        iban="",
        reference=corrects[0] if len(corrects) == 1 else "",
        seller="", buyer="", reached_stage=None, reached_on=None, document="", policy="",
        line=document.line,
        corrects=corrects,
    )  # fmt: skip


def _payments(ledger: LedgerRead, known: AbstractSet[str]) -> tuple[PaymentRecord, ...]:
    """Money for invoices that go in, and money that names none."""
    return tuple(
        PaymentRecord(
            account="FEC", booked=one.on, value_date=one.on, amount=one.amount, currency=CURRENCY, reference="",
            end_to_end_id="", counterparty=one.customer_name, iban="", text=f"{one.piece} {one.label}".strip(),
            return_reason="", invoices=one.invoices, line=one.line,
        )
        for one in ledger.closings
        if one.kind is ClosedBy.BANK and (not one.invoices or known & set(one.invoices))
    )  # fmt: skip


def _lost(source: str, closing: Closing) -> Problem:
    reason = f"The customer's account was closed by {closing.kind.value} and no lettering says of which invoice."
    return Problem(source, closing.line, "EcritureLet", reason)
