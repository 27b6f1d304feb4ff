"""What of a case is insured, as a sentence with its values: with whom, how much, and the two last days."""

from collections.abc import Mapping

from policies.insured import Why
from policies.insured_case import InsuredCase
from policies.money import plain

INSURED = (
    "Insured with {insurer}, policy {policy}: {amount} {currency}, of which {indemnity} {currency} would be paid. Payment may be put "
    "off to {extension}; a claim is to be filed by {filing}."
)
NOT_INSURED: Mapping[Why, str] = {
    Why.LIMIT_USED: "Not insured with {insurer}: older invoices use the whole limit.",
    Why.SUPPLIED: "Not insured with {insurer}: supplied after the extension of an unpaid invoice, without the insurer's consent.",
    Why.NO_DAY: "Not insured: the day of the invoice is not known.",
}
"""Why a case is not, where that is worth a line."""


def insured_sentence(case: InsuredCase) -> tuple[str, dict[str, str]]:
    """The sentence and its values; no sentence: the customer has no cover at all."""
    one = case.insured
    insurance = one.insurance
    values = {"insurer": insurance.insurer if insurance else ""}
    if insurance is None or one.extension is None or one.filing is None:
        return NOT_INSURED.get(one.why, ""), values
    currency = one.invoice.currency
    return INSURED, values | {
        "policy": insurance.policy, "amount": plain(one.amount, currency), "indemnity": plain(one.indemnity, currency),
        "currency": currency, "extension": str(case.extension), "filing": str(one.filing),
    }  # fmt: skip


def insured_line(case: InsuredCase | None) -> str:
    """The same in English, for the terminal; empty: nobody insures it."""
    if case is None:
        return ""
    sentence, values = insured_sentence(case)
    return sentence.format(**values)
