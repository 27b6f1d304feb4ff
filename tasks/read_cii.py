"""UN/CEFACT Cross Industry Invoice: Factur-X and ZUGFeRD of every profile and version, XRechnung, the French CTC."""

from lxml import etree

from tasks.invoice_tree import NOTHING, Term, at, each, term, terms
from tasks.stated_invoice import Discount, Identifier, Means, Party, StatedInvoice, Terms, Totals

ROOTS = ("CrossIndustryInvoice", "CrossIndustryDocument")
"""The second one is ZUGFeRD 1.0 (2014)."""
MANDATE = "SpecifiedTradeSettlementPaymentMeans/ApplicableTradePaymentMandate/ID"
"""Where younger versions of CII have the mandate (BT-89)."""


def read_cii(root: etree._Element) -> StatedInvoice:
    """What the document states; ZUGFeRD 1.0 has other names for the same groups."""
    document = at(root, "ExchangedDocument", "HeaderExchangedDocument")
    trade = at(root, "SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
    agreement = at(trade, "ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
    settlement = at(trade, "ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
    context = at(root, "ExchangedDocumentContext", "SpecifiedExchangedDocumentContext")
    currency = term(settlement, "InvoiceCurrencyCode")
    return StatedInvoice(
        profile=term(context, "GuidelineSpecifiedDocumentContextParameter/ID").text,
        number=term(document, "ID"),
        type_code=term(document, "TypeCode"),
        issued=_day(document, "IssueDateTime"),
        currency=currency,
        seller=_party(at(agreement, "SellerTradeParty")),
        buyer=_party(at(agreement, "BuyerTradeParty")),
        totals=_totals(settlement, len(each(trade, "IncludedSupplyChainTradeLineItem")), currency.text),
        line=root.sourceline,
        is_cii=True,
        is_test=term(context, "TestIndicator/Indicator").text.lower() in ("true", "1"),
        payee=_other(settlement, "PayeeTradeParty"),
        payer=_other(settlement, "PayerTradeParty"),
        recipient=_other(settlement, "InvoiceeTradeParty"),
        means=tuple(_means(one) for one in each(settlement, "SpecifiedTradeSettlementPaymentMeans")),
        terms=tuple(_terms(one) for one in each(settlement, "SpecifiedTradePaymentTerms")),
        reference=term(settlement, "PaymentReference").text,
        mandate=term(settlement, "SpecifiedTradePaymentTerms/DirectDebitMandateID", MANDATE).text,
        corrects=tuple(one.text for one in terms(settlement, "InvoiceReferencedDocument/IssuerAssignedID")),
        notes=tuple(
            (term(one, "SubjectCode").text, term(one, "Content").text) for one in each(document, "IncludedNote")
        ),
        language=term(document, "LanguageID").text,
    )


def _day(element: etree._Element | None, name: str) -> Term:
    return term(element, f"{name}/DateTimeString", f"{name}/DateString", f"{name}/DateTime", form="format")


def _other(settlement: etree._Element | None, name: str) -> Party | None:
    found = at(settlement, name)
    return None if found is None else _party(found)


def _party(party: etree._Element | None) -> Party:
    taxes = each(party, "SpecifiedTaxRegistration/ID")
    address = at(party, "PostalTradeAddress")
    contact = at(party, "DefinedTradeContact")
    mailbox = term(party, "URIUniversalCommunication/URIID", form="schemeID")
    return Party(
        name=term(party, "Name"),
        ids=tuple(
            Identifier(one.text, one.form) for name in ("ID", "GlobalID") for one in terms(party, name, "schemeID")
        ),
        legal_id=term(party, "SpecifiedLegalOrganization/ID").text,
        vat=next((" ".join((one.text or "").split()) for one in taxes if one.get("schemeID") in ("VA", "VAT")), ""),
        address=_address(address),
        country=term(address, "CountryID"),
        contact=term(contact, "PersonName").text,
        email=term(contact, "EmailURIUniversalCommunication/URIID"),
        phone=term(contact, "TelephoneUniversalCommunication/CompleteNumber"),
        mailbox=mailbox if mailbox.form == "EM" else NOTHING,
    )


def _address(address: etree._Element | None) -> str:
    lines = [term(address, name).text for name in ("LineOne", "LineTwo", "LineThree")]
    town = f"{term(address, 'PostcodeCode').text} {term(address, 'CityName').text}".strip()
    return "\n".join(line for line in (*lines, town, term(address, "CountrySubDivisionName").text) if line)


def _means(means: etree._Element) -> Means:
    return Means(
        code=term(means, "TypeCode").text,
        account=term(
            means, "PayeePartyCreditorFinancialAccount/IBANID", "PayeePartyCreditorFinancialAccount/ProprietaryID"
        ),
        bic=term(means, "PayeeSpecifiedCreditorFinancialInstitution/BICID").text,
    )


def _terms(group: etree._Element) -> Terms:
    return Terms(
        due=_day(group, "DueDateDateTime"),
        amount=term(group, "PartialPaymentAmount", form="currencyID"),
        words=" ".join(one.text for one in terms(group, "Description")),
        discounts=tuple(_discount(one) for one in each(group, "ApplicableTradePaymentDiscountTerms")),
        line=group.sourceline,
    )


def _discount(group: etree._Element) -> Discount:
    return Discount(
        percent=term(group, "CalculationPercent"),
        amount=term(group, "ActualDiscountAmount", form="currencyID"),
        basis=term(group, "BasisAmount", form="currencyID"),
        start=_day(group, "BasisDateTime"),
        period=term(group, "BasisPeriodMeasure", form="unitCode"),
    )


def _totals(settlement: etree._Element | None, lines: int, currency: str) -> Totals:
    sums = at(
        settlement, "SpecifiedTradeSettlementHeaderMonetarySummation", "SpecifiedTradeSettlementMonetarySummation"
    )

    def amount(name: str) -> Term:
        stated = list(terms(sums, name, "currencyID"))
        return next((one for one in stated if one.form in ("", currency)), stated[0] if stated else NOTHING)

    vat = [one for one in terms(sums, "TaxTotalAmount", "currencyID") if one.form in ("", currency)]
    further = ("SpecifiedTradeAllowanceCharge", "SpecifiedLogisticsServiceCharge")
    return Totals(
        lines=amount("LineTotalAmount"),
        allowances=amount("AllowanceTotalAmount"),
        charges=amount("ChargeTotalAmount"),
        net=amount("TaxBasisTotalAmount"),
        vat=vat[0] if vat else NOTHING,
        gross=amount("GrandTotalAmount"),
        prepaid=amount("TotalPrepaidAmount"),
        rounding=amount("RoundingAmount"),
        payable=amount("DuePayableAmount"),
        rows=lines + sum(len(each(settlement, name)) for name in further),
    )
