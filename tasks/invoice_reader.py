"""Invoices from a file of any kind, chosen by what it holds: e-invoices by their standard, tables by their mapping."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from policies.issuer import other_issuer
from policies.problems import Problem
from policies.records import InvoiceRecord
from storage.creditor import Creditor
from tasks.invoice_mapping import Mapping
from tasks.read_einvoice import is_einvoice, read_einvoice
from tasks.read_invoices import read_invoices
from tasks.reading import Reading


def read_any_invoices(
    path: Path, mapping: Mapping, creditor: Creditor, due: date | None = None
) -> Reading[InvoiceRecord]:
    """The invoices of the file; an e-invoice that another company issued is held. `due` is what a person says of an
    e-invoice without a due date."""
    if not is_einvoice(path):
        return read_invoices(path, mapping)
    return issued_by(read_einvoice(path, due), path.name, creditor)


def issued_by(reading: Reading[InvoiceRecord], source: str, creditor: Creditor) -> Reading[InvoiceRecord]:
    """The reading with the invoices of other companies held; an unknown number never holds one."""
    others = [
        one for one in reading.records if other_issuer(creditor.company_number, one.seller_number, one.seller_vat)
    ]
    if not others:
        return reading
    problems = [Problem(source, one.line, "seller", _other(one, creditor)) for one in others]
    return replace(
        reading,
        records=tuple(one for one in reading.records if one not in others),
        problems=[*problems, *reading.problems],
        held=(*reading.held, *others),
    )


def _other(record: InvoiceRecord, creditor: Creditor) -> str:
    number = record.seller_number or record.seller_vat
    return (
        f"The invoice is issued by {record.seller} ({number}), this creditor is {creditor.name} "
        f"({creditor.company_number}): import it where it belongs."
    )
