"""OASIS UBL 2.x Invoice and CreditNote: EN 16931, Peppol BIS Billing, XRechnung and its extension."""

import re

from lxml import etree

from policies.payment_means import chosen
from tasks.invoice_tree import NOTHING, Term, at, each, term, terms
from tasks.safe_xml import local
from tasks.stated_invoice import Discount, Identifier, Means, Party, StatedInvoice, Terms, Totals

ROOTS = ("Invoice", "CreditNote")
NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_CODED = re.compile(r"#(?P<code>[A-Z]{3})#(?P<text>.*)")
"""A note with its subject code, as EN 16931 binds BT-21 to UBL."""


def read_ubl(root: etree._Element) -> StatedInvoice:
    """What the document states."""
    currency = term(root, "DocumentCurrencyCode")
    payee = at(root, "PayeeParty")
    return StatedInvoice(
        profile=term(root, "CustomizationID").text,
        number=term(root, "ID"),
        type_code=term(root, "InvoiceTypeCode", "CreditNoteTypeCode"),
        issued=term(root, "IssueDate"),
        currency=currency,
        seller=_party(at(root, "AccountingSupplierParty/Party")),
        buyer=_party(at(root, "AccountingCustomerParty/Party")),
        totals=_totals(root, currency.text),
        line=root.sourceline,
        credit_note=local(root) == "CreditNote",
        payee=None if payee is None else _party(payee),
        means=tuple(_means(one) for one in each(root, "PaymentMeans")),
        terms=_all_terms(root),
        reference=_reference(root),
        mandate=term(root, "PaymentMeans/PaymentMandate/ID").text,
        corrects=tuple(one.text for one in terms(root, "BillingReference/InvoiceDocumentReference/ID")),
        notes=tuple(_note(one.text) for one in terms(root, "Note")),
    )


def _reference(root: etree._Element) -> str:
    """The reference beside the account that counts (BT-83), else the first one."""
    means = each(root, "PaymentMeans")
    place = chosen(tuple(term(one, "PaymentMeansCode").text for one in means))
    own = term(means[place], "PaymentID").text if place is not None else ""
    return own or term(root, "PaymentMeans/PaymentID").text


def _note(text: str) -> tuple[str, str]:
    match = _CODED.fullmatch(text)
    return (match["code"], match["text"].strip()) if match else ("", text)


def _party(party: etree._Element | None) -> Party:
    address = at(party, "PostalAddress")
    taxes = each(party, "PartyTaxScheme")
    mailbox = term(party, "EndpointID", form="schemeID")
    identifiers = [one for one in terms(party, "PartyIdentification/ID", "schemeID") if one.form != "SEPA"]
    return Party(
        name=term(party, "PartyLegalEntity/RegistrationName", "PartyName/Name"),
        ids=tuple(Identifier(one.text, one.form) for one in identifiers),
        legal_id=term(party, "PartyLegalEntity/CompanyID").text,
        vat=next((term(one, "CompanyID").text for one in taxes if term(one, "TaxScheme/ID").text in ("VAT", "VA")), ""),
        address=_address(address),
        country=term(address, "Country/IdentificationCode"),
        contact=term(party, "Contact/Name").text,
        email=term(party, "Contact/ElectronicMail"),
        phone=term(party, "Contact/Telephone"),
        mailbox=mailbox if mailbox.form == "EM" else NOTHING,
    )


def _address(address: etree._Element | None) -> str:
    lines = [term(address, name).text for name in ("StreetName", "AdditionalStreetName", "AddressLine/Line")]
    town = f"{term(address, 'PostalZone').text} {term(address, 'CityName').text}".strip()
    return "\n".join(line for line in (*lines, town, term(address, "CountrySubentity").text) if line)


def _means(means: etree._Element) -> Means:
    branch = "PayeeFinancialAccount/FinancialInstitutionBranch"
    return Means(
        code=term(means, "PaymentMeansCode").text,
        account=term(means, "PayeeFinancialAccount/ID"),
        bic=term(means, f"{branch}/ID", f"{branch}/FinancialInstitution/ID").text,
    )


def _all_terms(root: etree._Element) -> tuple[Terms, ...]:
    """The terms with their own days; else the day of the document, or of its means of payment (credit notes)."""
    groups = [_terms(one) for one in each(root, "PaymentTerms")]
    of_document = term(root, "DueDate")
    days = [of_document] if of_document else list(terms(root, "PaymentMeans/PaymentDueDate"))
    if any(one.due and one.amount for one in groups):
        known = {one.due.text for one in groups}
        days = [day for day in days if day.text not in known]
    return (*groups, *(Terms(due=day, line=day.line) for day in days))


def _terms(group: etree._Element) -> Terms:
    discount = Discount(
        percent=term(group, "SettlementDiscountPercent"),
        amount=term(group, "SettlementDiscountAmount", form="currencyID"),
        end=term(group, "SettlementPeriod/EndDate"),
        period=term(group, "SettlementPeriod/DurationMeasure", form="unitCode"),
    )
    return Terms(
        due=term(group, "InstallmentDueDate", "PaymentDueDate"),
        amount=term(group, "Amount", form="currencyID"),
        words=" ".join(one.text for one in terms(group, "Note")),
        discounts=(discount,) if discount.percent or discount.amount else (),
        line=group.sourceline,
    )


def _totals(root: etree._Element, currency: str) -> Totals:
    sums = at(root, "LegalMonetaryTotal")

    def amount(name: str) -> Term:
        return term(sums, name, form="currencyID")

    vat = [one for one in terms(root, "TaxTotal/TaxAmount", "currencyID") if one.form in ("", currency)]
    return Totals(
        lines=amount("LineExtensionAmount"),
        allowances=amount("AllowanceTotalAmount"),
        charges=amount("ChargeTotalAmount"),
        net=amount("TaxExclusiveAmount"),
        vat=vat[0] if vat else NOTHING,
        gross=amount("TaxInclusiveAmount"),
        prepaid=amount("PrepaidAmount"),
        rounding=amount("PayableRoundingAmount"),
        payable=amount("PayableAmount"),
        third_parties=tuple(terms(root, "PrepaidPayment/PaidAmount", "currencyID")),
    )
