"""What is known of a customer beside its name: numbers, accounts, terms, other contacts. Only what there is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.exposures import exposure_line
from cli.measures import words
from cli.printing import money
from policies.answer_reasons import REASON_LAWS, AnswerReason

if TYPE_CHECKING:
    from storage.customer_views import CustomerView


LATEST = 10
"""Reasons shown; all of them stand in the JSON."""


def customer_lines(found: "CustomerView") -> list[str]:
    """Each line of `customer show` that has anything to say."""
    return [line for line in _lines(found) if line]


def account_lines(found: "CustomerView") -> list[str]:
    """Credit notes that settle nothing, and the net of each currency where there is anything to the customer's credit."""
    notes = [
        f"Credit note {one.credit_note} of {one.issued}: {money(one.left, one.currency)} is set against no invoice"
        f"{f' (left aside: {one.aside})' if one.aside else ''}"
        for one in found.credits
    ]
    sums = [
        f"Net {money(one.open - one.credit - one.overpaid, one.currency)}: {money(one.open, one.currency)} open, "
        f"{money(one.credit, one.currency)} of credit notes, {money(one.overpaid, one.currency)} paid too much"
        for one in found.balances
        if one.credit or one.overpaid
    ]
    return notes + sums


def exposure_lines(found: "CustomerView") -> list[str]:
    """What it owes and has ordered against its limit, and the commercial measures against it."""
    measures = [f"Measure {one.number}: {words(one)} ({one.state.value})" for one in found.measures]
    return [exposure_line(one) for one in found.exposures] + measures


def said_lines(found: "CustomerView") -> list[str]:
    """Why it did not pay in time, as it said it, the latest of many: *Said on 2026-03-06 (reply) FA-1: says it is paid*."""
    return [
        f"Said on {one.on} ({one.source}) {', '.join(one.invoices) or 'everything'}: {_reason(one.reason)}"
        for one in found.said[-LATEST:]
    ]


def _reason(code: str) -> str:
    sentence = REASON_LAWS[AnswerReason(code)].said
    return sentence[:1].lower() + sentence[1:]


def _lines(found: "CustomerView") -> Iterator[str]:
    yield _joined(("company number", found.company_number), ("VAT", found.vat_number), ("IBAN", found.ibans))
    limit = "" if found.credit_limit is None else money(found.credit_limit, found.credit_currency)
    yield _joined(
        ("pays by", found.payment_method.replace("_", " ")), ("mandate", found.mandate), ("paid by", found.pays_through),
        ("terms", _terms(found)), ("credit limit", limit),
    )  # fmt: skip
    yield _joined(("address", found.postal.replace("\n", ", ")))
    for one in found.contacts:
        said = [one.name, one.email, one.phone, one.postal.replace("\n", ", ")]
        yield f"{one.role.replace('_', ' ').capitalize()}: {' · '.join(part for part in said if part)}"
    yield f"Checked on {found.verified_on}" if found.verified_on else ""


def _joined(*parts: tuple[str, str]) -> str:
    line = " · ".join(f"{name}: {said}" for name, said in parts if said)
    return line[:1].upper() + line[1:]


def _terms(found: "CustomerView") -> str:
    if found.terms_days is None:
        return ""
    days = f"{found.terms_days} days"
    said = {"after": f"{days}, then the end of the month", "before": f"end of the month, then {days}"}
    on = f", on the {found.terms_on_day} of the month after" if found.terms_on_day else ""
    return said.get(found.terms_month_end, days) + on
