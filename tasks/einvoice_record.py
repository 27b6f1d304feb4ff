"""An e-invoice's statements made into a record; what is doubtful becomes a problem, nothing is guessed."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from policies.case import DebtorKind
from policies.document_types import CORRECTED, PRO_FORMA, SELF_BILLED
from policies.due_days import DueDays
from policies.money import plain
from policies.payment_means import chosen, method_of
from policies.problems import Problem
from policies.records import DocumentKind, InvoiceRecord
from tasks.cell_values import Unreadable, read_code
from tasks.einvoice_numbers import company_number, customer_number, vat_number
from tasks.row_values import LONGEST_TEXT
from tasks.stated_invoice import Means, Party, StatedInvoice
from tasks.stated_money import Sums, days_stated, kind_stated, sums_of, words_stated
from tasks.stated_values import StatedValues

FACTOR_CLAUSE = "ACC"
"""Subject code of the note that says to whom the claim was assigned (UNTDID 4451)."""
HOW = "say the day with --due."
NOT_SAID: dict[str, Any] = {
    "owner": "", "salesperson": "", "customer_kind": DebtorKind.BUSINESS, "reached_stage": None, "reached_on": None,
    "document": "", "policy": "", "line": 1,
}  # fmt: skip
"""What no e-invoice says."""


@dataclass(frozen=True, slots=True)
class Made:
    """The record, what keeps it out (`problems`), and what is only to be known (`notices`)."""

    record: InvoiceRecord
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def made(stated: StatedInvoice, source: str, said_due: date | None = None) -> Made:
    """The record of an e-invoice; `source` names its file in problems. `said_due` is the due date a person says for one
    that states none."""
    values = StatedValues(source, _currency(stated.currency.text))
    sums = sums_of(stated, values)
    kind = kind_stated(stated, sums.total, values)
    issued = values.day("issued", stated.issued)
    days = days_stated(stated, sums, values, issued)
    record = InvoiceRecord(
        number=stated.number.text,
        kind=kind,
        issued=issued,
        document_type=stated.type_code.text,
        is_draft=stated.is_test or stated.type_code.text == PRO_FORMA,
        is_self_billed=stated.type_code.text in SELF_BILLED,
        corrects=stated.corrects,
        language=stated.language[:2].lower() if re.match(r"[A-Za-z]{2}(-|\Z)", stated.language) else "",
        **_money(stated, sums, days, values),
        **_parties(stated, values),
        **_payment(stated, values),
        **NOT_SAID,
    )
    if said_due and record.due is None:
        record = replace(record, due=said_due)
    elif said_due and record.due != said_due:
        values.wrong("due", f"The invoice states {record.due} itself: leave --due out.", stated.line)
    _check(record, stated, days, values)
    return Made(record, tuple(values.problems), tuple(values.notices))


def _currency(text: str) -> str:
    try:
        return read_code(text, 3, "currency")
    except Unreadable:
        return ""


def _money(stated: StatedInvoice, sums: Sums, days: DueDays, values: StatedValues) -> dict[str, Any]:
    """Amounts of a negative invoice are turned round: both kinds of document carry a positive total."""
    terms, written = words_stated(stated, values.currency)
    return {
        "currency": values.currency,
        "total": sums.total * sums.sign,
        "prepaid": sums.prepaid * sums.sign,
        "rounding": (sums.payable - sums.total + sums.prepaid) * sums.sign,
        "net": None if sums.net is None else sums.net * sums.sign,
        "vat": None if sums.vat is None else sums.vat * sums.sign,
        "due": days.due,
        "instalments": tuple(replace(one, amount=one.amount * sums.sign) for one in days.instalments),
        "discounts": days.discounts + written,
        "terms": terms,
    }


def _parties(stated: StatedInvoice, values: StatedValues) -> dict[str, Any]:
    buyer, seller = stated.buyer, stated.seller
    country, number = values.country(buyer.country), customer_number(buyer)
    return {
        "seller": seller.name.text,
        "seller_number": company_number(seller),
        "seller_vat": vat_number(seller),
        "buyer": buyer.name.text,
        "buyer_number": company_number(buyer),
        "buyer_vat": vat_number(buyer),
        "customer_number": number,
        "customer_name": buyer.name.text,
        "country": country,
        "address": buyer.address,
        "contact_name": buyer.contact,
        "email": values.email(buyer.email) or values.email(buyer.mailbox),
        "phone": values.phone(buyer.phone, country),
        "payer": _other(stated.payer, number),
        "recipient": _other(stated.recipient, number),
    }


def _other(party: Party | None, buyer: str) -> str:
    number = customer_number(party) if party else ""
    return "" if number == buyer else number


def _payment(stated: StatedInvoice, values: StatedValues) -> dict[str, Any]:
    """How and to whom it is paid; a payee beside the seller is whom the claim was assigned to (BG-10)."""
    place = chosen(tuple(one.code for one in stated.means))
    means = stated.means[place] if place is not None else Means()
    iban = values.iban(means.account)
    payee = stated.payee.name.text if stated.payee else ""
    assignee = "" if payee.upper() == stated.seller.name.text.upper() else payee
    return {
        "iban": iban,
        "bic": means.bic,
        "payment_method": method_of(means.code),
        "reference": stated.reference,
        "mandate": stated.mandate,
        "assignee": assignee,
        "assignee_iban": iban if assignee else "",
        "assignment_notice": " ".join(text for code, text in stated.notes if code == FACTOR_CLAUSE),
    }


def _check(record: InvoiceRecord, stated: StatedInvoice, days: DueDays, values: StatedValues) -> None:
    """What no single value can show."""
    missing = {
        "number": (record.number, "There is no invoice number (BT-1)."),
        "issued": (record.issued or stated.issued, "There is no date of issue (BT-2)."),
        "currency": (record.currency, f"“{stated.currency.text[:20]}” (BT-5) is no code of a currency."),
        "buyer": (record.customer_number, "There is no buyer: neither a name (BT-44) nor a number."),
    }
    for field, (value, reason) in missing.items():
        if not value:
            values.wrong(field, reason, stated.line)
    for field in ("number", "buyer", "seller", "customer_number", "reference"):
        if len(getattr(record, field)) > LONGEST_TEXT:
            values.wrong(field, f"The text is longer than {LONGEST_TEXT} characters.", stated.line)
    if record.is_draft:
        what = "A document marked as a test" if stated.is_test else "A pro-forma invoice (325)"
        values.wrong("kind", f"{what} asks for no money; import the invoice itself.", stated.line)
    if not values.problems:
        _check_money(record, stated, days, values)


def _check_money(record: InvoiceRecord, stated: StatedInvoice, days: DueDays, values: StatedValues) -> None:
    line = stated.totals.payable.line or stated.totals.gross.line
    if record.total == 0 and record.payable == 0:
        values.wrong("total", "The total is zero: there is nothing to collect.", line)
    elif record.prepaid < 0 or record.payable < 0:
        before, total = plain(record.prepaid, record.currency), plain(record.total, record.currency)
        reason = f"{before} was paid before, of a total of {total}: settle the difference, and import it by CSV."
        values.wrong("prepaid", reason, line)
    elif record.kind is DocumentKind.INVOICE and record.payable > 0 and record.due is None:
        values.wrong("due", days.wrong or _no_due(record), next((one.line for one in stated.terms), line))
    if record.kind is DocumentKind.INVOICE and record.corrects and record.document_type in CORRECTED:
        others = ", ".join(record.corrects)
        values.notice("corrects", f"It corrects {others}, which stays open until it is withdrawn or credited.", line)


def _no_due(record: InvoiceRecord) -> str:
    if record.terms:
        return f"No due date is stated (BT-9), only the words “{record.terms[:200]}”: {HOW}"
    return f"No due date is stated (BT-9), and no terms of payment: {HOW}"
