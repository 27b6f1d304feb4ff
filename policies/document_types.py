"""What a document is, by its code of UNTDID 1001, as EN 16931-1 uses the list (BT-3, BR-CL-01)."""

from policies.records import DocumentKind

CREDIT_NOTES = frozenset(
    {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "502", "503", "532"}
)  # fmt: skip
"""Credit notes: for goods and services, self-billed (261, 502), consolidated (262), factored (396), of advances (503)…"""
INVOICES = frozenset({
    "71", "80", "82", "84", "102", "130", "202", "203", "204", "211", "218", "219", "295", "325", "326", "331", "380",
    "382", "383", "384", "385", "386", "387", "388", "389", "390", "393", "394", "395", "456", "457", "471", "472",
    "473", "500", "501", "527", "553", "575", "623", "633", "751", "780", "817", "870", "875", "876", "877", "935",
})  # fmt: skip
"""Invoices: commercial (380), partial (326), corrected (384), of an advance (386), self-billed (389), factored (393)…"""
SELF_BILLED = frozenset({"261", "389", "471", "473", "500", "501", "502", "527"})
"""Issued by the buyer in the seller's name; the seller is still the one who is owed."""
CORRECTED = frozenset({"384", "471", "472", "473"})
"""Takes the place of the invoice it names, or corrects a part of it."""
PRO_FORMA = "325"
"""Shows what an invoice would say; nobody owes anything by it."""


def kind_of(code: str) -> DocumentKind | None:
    """Invoice or credit note; None where the code is neither."""
    if code in CREDIT_NOTES:
        return DocumentKind.CREDIT_NOTE
    return DocumentKind.INVOICE if code in INVOICES else None


def kind_by_sign(kind: DocumentKind, total: int) -> DocumentKind:
    """What a document with this total (minor units) does: an invoice below zero gives money back and is a credit note;
    by the same convention (EN 16931-1, 6.2) a credit note below zero asks for money."""
    if total >= 0:
        return kind
    return DocumentKind.INVOICE if kind is DocumentKind.CREDIT_NOTE else DocumentKind.CREDIT_NOTE
