"""What is known of a customer beside its name: numbers, accounts, terms, other contacts. Only what there is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cli.printing import money

if TYPE_CHECKING:
    from storage.customer_views import CustomerView


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
