"""Customers from a plain CSV file."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from policies.case import DebtorKind
from policies.customer_record import ContactRecord, CustomerRecord
from tasks.cell_values import Unreadable, read_choice, read_code, read_zone
from tasks.header_names import folded
from tasks.invoice_mapping import Mapping, RecordKind
from tasks.party_numbers import account_number, read_company_number, read_vat_number, same_company
from tasks.read_agreed import read_agreed
from tasks.read_payment_terms import read_payment_terms
from tasks.read_records import once_each, read_records
from tasks.reading import Reading
from tasks.row_values import RowValues

ROLES = ("management", "registered_office")
"""Whom a customer has beside the desk that pays."""
IBANS = re.compile(r"\s*[;,|/\n]\s*")
_WORDS = {
    "transfer": "transfer|virement|vir|bank transfer|wire|uberweisung|ueberweisung|overschrijving|transferencia|bonifico|sepa",
    "card": "card|carte|carte bancaire|cb|kreditkarte|karte|kaart|tarjeta|carta",
    "direct_debit": "direct debit|direct_debit|prelevement|prelevement sepa|prlv|lastschrift|sepa lastschrift|incasso"
    "|domiciliering|domiciliacion|recibo domiciliado|addebito diretto|rid|sdd",
    "bill": "bill|lcr|traite|lettre de change|effet|bill of exchange|billet a ordre|wechsel|wissel|letra|cambiale|riba",
    "cheque": "cheque|check|chq|scheck|talon|assegno",
}
METHODS = {word: method for method, words in _WORDS.items() for word in words.split("|")}
"""Folded word -> how a customer pays."""


def read_customers(path: Path | str, mapping: Mapping) -> Reading[CustomerRecord]:
    """Every customer of the file once. Rows with problems are listed with line and reason; the rest are there."""
    path = Path(path)
    reading = read_records(path, mapping, RecordKind.CUSTOMERS, _customer)
    layout = mapping.layouts.get(RecordKind.CUSTOMERS)
    column = layout.columns.get("number", "number") if layout else "number"
    return once_each(
        reading, lambda each: each.number, lambda each: replace(each, line=0), lambda each: each.line, path.name, column
    )


def _customer(row: RowValues) -> CustomerRecord:
    country = row.country()
    currency = row.read("credit_currency", lambda text: read_code(text, 3, "currency"), "")
    return CustomerRecord(
        number=row.text("number", needed=True),
        name=row.text("name", needed=True),
        email=row.email(),
        phone=row.phone(country),
        country=country,
        language=row.language(),
        time_zone=row.read("time_zone", read_zone, ""),
        contact=row.text("contact"),
        owner=row.text("owner"),
        salesperson=row.text("salesperson"),
        kind=row.read("kind", lambda text: read_choice(text, DebtorKind, "kind of customer"), DebtorKind.BUSINESS),
        policy=row.text("policy"),
        segment=row.text("segment"),
        region=row.read("region", lambda text: _region(text, country), ""),
        line=row.row.line,
        credit_limit=_in_credit(row, "credit_limit", currency, "A credit limit"),
        credit_currency=currency,
        orders_given=_in_credit(row, "orders_given", currency, "What is ordered"),
        orders_on=_orders_on(row),
        terms=read_agreed(row, row.read("contract_currency", lambda text: read_code(text, 3, "currency"), "")),
        **_identity(row, country),
        payment_method=row.read("payment_method", way_to_pay, ""),
        mandate=row.text("mandate"),
        payer=row.text("payer"),
        payment_terms=read_payment_terms(row),
        postal=row.text("postal"),
        backup=row.text("backup"),
        contacts=tuple(one for one in (_contact(row, role, country) for role in ROLES) if one is not None),
        verified_on=row.day("verified_on"),
    )


def _identity(row: RowValues, country: str) -> dict[str, Any]:
    """Who it is and which accounts are its own: what cannot be right keeps the row out."""
    company = row.read("company_number", lambda text: read_company_number(text, country), "")
    vat = row.read("vat_number", lambda text: read_vat_number(text, country), "")
    if not same_company(company, vat):
        row.wrong("vat_number", f"{vat} is the VAT number of {vat[4:]}, not of {company[:9]}.")
    none: tuple[str, ...] = ()
    ibans = row.read("iban", lambda text: tuple(map(account_number, IBANS.split(text))), none)
    return {"company_number": company, "vat_number": vat, "ibans": ibans}


def _contact(row: RowValues, role: str, country: str) -> ContactRecord | None:
    name, postal = row.text(f"{role}_contact"), row.text(f"{role}_postal")
    email, phone = row.email(f"{role}_email"), row.phone(country, f"{role}_phone")
    return ContactRecord(role, name, email, phone, postal) if name or postal or email or phone else None


def way_to_pay(text: str) -> str:
    """Our word for a way to pay, from that of a file; raises Unreadable."""
    found = METHODS.get(folded(text))
    if found is None:
        raise Unreadable(
            f"“{text}” is not a way to pay; it must be one of {', '.join(dict.fromkeys(METHODS.values()))}."
        )
    return found


def _in_credit(row: RowValues, field: str, currency: str, what: str) -> int | None:
    """How much may be open at most, or is ordered; an amount without its currency means nothing."""
    if field not in row.row.values:
        return None
    if not currency:
        row.wrong("credit_currency", f"{what} needs its currency, such as EUR.")
        return None
    found = row.amount(field, currency)
    if found < 0:
        row.wrong(field, f"{what} cannot be negative.")
    return found


def _orders_on(row: RowValues) -> date | None:
    """The day of what is said of its orders: without it nobody knows how much of it was invoiced since."""
    on = row.day("orders_on")
    if "orders_given" in row.row.values and on is None:
        row.wrong("orders_on", "What is ordered needs the day on which it was so.")
    return on


def _region(text: str, country: str) -> str:
    """The part of the country, with or without the country before it: `57`, `DE-BY`, `GB-SCT`."""
    part = text.upper().removeprefix(f"{country}-" if country else "")
    if not (part.isascii() and part.isalnum() and len(part) <= 3):
        raise Unreadable(f"“{text}” is not a part of a country; write its ISO 3166-2 code, such as BY, SCT or 57.")
    return part
