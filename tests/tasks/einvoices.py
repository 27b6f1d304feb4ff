"""Invented e-invoices, the same one written as UBL, as CII, as ZUGFeRD 1.0 and into a PDF."""

import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

EN = "urn:cen.eu:en16931:2017"
EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"
MINIMUM = "urn:factur-x.eu:1p0:minimum"


@dataclass(frozen=True)
class Invented:
    """An invoice of Moulin Vert SAS to Épicerie du Port. Empty values are left out of the document."""

    profile: str = EN
    number: str = "MV-26-0007"
    type_code: str = "380"
    issued: str = "2026-03-02"
    due: str = "2026-04-01"
    currency: str = "EUR"
    seller: str = "Moulin Vert SAS"
    seller_legal: str = "552081317"
    seller_vat: str = "FR40 552 081 317"
    buyer: str = "Épicerie du Port"
    buyer_id: str = "C-118"
    buyer_legal: str = "732 829 320"
    buyer_vat: str = "FR44732829320"
    country: str = "FR"
    contact: str = "Jeanne Le Goff"
    email: str = "compta@epicerie-du-port.example"
    phone: str = "02 98 44 12 30"
    payee: str = ""
    means: tuple[tuple[str, str, str], ...] = (("30", "FR76 3000 6000 0112 3456 7890 189", "AGRIFRPP"),)
    reference: str = "RF18 MV26 0007"
    mandate: str = ""
    words: str = "30 jours nets"
    parts: tuple[tuple[str, str], ...] = ()
    """Day and amount of each instalment."""
    corrects: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = (("PMT", "Indemnité forfaitaire de 40 €"), ("AAB", "Pas d'escompte"))
    lines: str = "1000.00"
    net: str = "1000.00"
    vat: str = "200.00"
    gross: str = "1200.00"
    prepaid: str = ""
    rounding: str = ""
    payable: str = "1200.00"
    tax_currency: str = ""

    def but(self, **changes: Any) -> "Invented":
        """The same invoice with other values."""
        return replace(self, **changes)


def e(name: str, *inside: str, **attributes: str) -> str:
    """An element with what is inside it, already markup; nothing where all of it is empty."""
    content = "".join(inside)
    told = "".join(f' {key}="{value}"' for key, value in attributes.items() if value)
    return f"<{name}{told}>{content}</{name}>\n" if content else ""


def t(name: str, text: str, **attributes: str) -> str:
    """An element with a text."""
    return e(name, escape(text), **attributes)


UBL = {
    "xmlns:cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "xmlns:cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}


def ubl(one: Invented, *, root: str = "Invoice", terms: str = "", further: str = "") -> bytes:
    """The invoice in UBL 2.1; a credit note says its due date beside its means of payment."""
    due = t("cbc:DueDate", one.due) if root == "Invoice" else ""
    body = e(
        root,
        t("cbc:CustomizationID", one.profile),
        t("cbc:ID", one.number),
        t("cbc:IssueDate", one.issued),
        due,
        t(f"cbc:{root}TypeCode", one.type_code),
        *(t("cbc:Note", f"#{subject}#{note}") for subject, note in one.notes),
        t("cbc:DocumentCurrencyCode", one.currency),
        t("cbc:TaxCurrencyCode", one.tax_currency),
        *(e("cac:BillingReference", e("cac:InvoiceDocumentReference", t("cbc:ID", of))) for of in one.corrects),
        e("cac:AccountingSupplierParty", e("cac:Party", _ubl_numbers(one.seller, one.seller_legal, one.seller_vat))),
        e("cac:AccountingCustomerParty", e("cac:Party", _ubl_buyer(one))),
        e("cac:PayeeParty", e("cac:PartyName", t("cbc:Name", one.payee))),
        *(_ubl_means(one, means, "" if due else one.due) for means in one.means),
        e("cac:PaymentTerms", t("cbc:Note", one.words)),
        terms,
        *(_ubl_part(one, day, amount) for day, amount in one.parts),
        e("cac:TaxTotal", t("cbc:TaxAmount", "1.00" if one.tax_currency else "", currencyID=one.tax_currency)),
        e("cac:TaxTotal", t("cbc:TaxAmount", one.vat, currencyID=one.currency)),
        _ubl_sums(one),
        further,
        xmlns=f"urn:oasis:names:specification:ubl:schema:xsd:{root}-2",
        **UBL,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def _ubl_numbers(name: str, legal: str, vat: str) -> str:
    tax = e("cac:PartyTaxScheme", t("cbc:CompanyID", vat), e("cac:TaxScheme", t("cbc:ID", "VAT" if vat else "")))
    entity = t("cbc:RegistrationName", name) + t("cbc:CompanyID", legal, schemeID="0002")
    return tax + e("cac:PartyLegalEntity", entity)


def _ubl_buyer(one: Invented) -> str:
    street = t("cbc:StreetName", "3 quai du Commerce") + t("cbc:CityName", "Brest") + t("cbc:PostalZone", "29200")
    country = e("cac:Country", t("cbc:IdentificationCode", one.country))
    contact = t("cbc:Name", one.contact) + t("cbc:Telephone", one.phone) + t("cbc:ElectronicMail", one.email)
    return (
        e("cac:PartyIdentification", t("cbc:ID", one.buyer_id))
        + e("cac:PostalAddress", street, country)
        + _ubl_numbers(one.buyer, one.buyer_legal, one.buyer_vat)
        + e("cac:Contact", contact)
    )


def _ubl_means(one: Invented, means: tuple[str, str, str], due: str) -> str:
    code, account, bic = means
    branch = e("cac:FinancialInstitutionBranch", t("cbc:ID", bic))
    return e(
        "cac:PaymentMeans",
        t("cbc:PaymentMeansCode", code),
        t("cbc:PaymentDueDate", due),
        t("cbc:PaymentID", one.reference),
        e("cac:PayeeFinancialAccount", t("cbc:ID", account), branch),
        e("cac:PaymentMandate", t("cbc:ID", one.mandate)),
    )


def _ubl_part(one: Invented, day: str, amount: str) -> str:
    of = t("cbc:Amount", amount, currencyID=one.currency)
    return e("cac:PaymentTerms", of, t("cbc:PaymentDueDate", day))


def _ubl_sums(one: Invented) -> str:
    amounts = {
        "LineExtensionAmount": one.lines, "TaxExclusiveAmount": one.net, "TaxInclusiveAmount": one.gross,
        "PrepaidAmount": one.prepaid, "PayableRoundingAmount": one.rounding, "PayableAmount": one.payable,
    }  # fmt: skip
    told = (t(f"cbc:{name}", amount, currencyID=one.currency) for name, amount in amounts.items())
    return e("cac:LegalMonetaryTotal", *told)


CII = {
    "root": "CrossIndustryInvoice", "space": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "context": "ExchangedDocumentContext", "document": "ExchangedDocument", "trade": "SupplyChainTradeTransaction",
    "agreement": "ApplicableHeaderTradeAgreement", "settlement": "ApplicableHeaderTradeSettlement",
    "sums": "SpecifiedTradeSettlementHeaderMonetarySummation",
}  # fmt: skip
ZUGFERD_1 = {
    "root": "CrossIndustryDocument", "space": "urn:ferd:CrossIndustryDocument:invoice:1p0",
    "context": "SpecifiedExchangedDocumentContext", "document": "HeaderExchangedDocument",
    "trade": "SpecifiedSupplyChainTradeTransaction", "agreement": "ApplicableSupplyChainTradeAgreement",
    "settlement": "ApplicableSupplyChainTradeSettlement", "sums": "SpecifiedTradeSettlementMonetarySummation",
}  # fmt: skip


def cii(one: Invented, *, terms: str = "", further: str = "", names: dict[str, str] = CII) -> bytes:
    """The invoice in CII; `terms` stand in place of its own, `further` inside the settlement."""
    seller = _cii_numbers(one.seller, one.seller_legal, one.seller_vat, "")
    buyer = t("ram:ID", one.buyer_id) + _cii_numbers(one.buyer, one.buyer_legal, one.buyer_vat, _cii_reach(one))
    body = e(
        f"rsm:{names['root']}",
        e(f"rsm:{names['context']}", e("ram:GuidelineSpecifiedDocumentContextParameter", t("ram:ID", one.profile))),
        e(f"rsm:{names['document']}", _cii_head(one)),
        e(
            f"rsm:{names['trade']}",
            e(f"ram:{names['agreement']}", e("ram:SellerTradeParty", seller), e("ram:BuyerTradeParty", buyer)),
            e(f"ram:{names['settlement']}", _cii_settlement(one, terms, names["sums"]), further),
        ),
        **{
            "xmlns:rsm": names["space"],
            "xmlns:ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
            "xmlns:udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
        },
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()


def cii_day(name: str, day: str, form: str = "102") -> str:
    """A day in format 102, or a text in another one."""
    return e(f"ram:{name}", t("udt:DateTimeString", day.replace("-", "") if form == "102" else day, format=form))


def cii_terms(day: str = "", amount: str = "", words: str = "", *inside: str) -> str:
    """One group of payment terms."""
    due = cii_day("DueDateDateTime", day)
    return e("ram:SpecifiedTradePaymentTerms", t("ram:Description", words), due, amount and part(amount), *inside)


def part(amount: str) -> str:
    """What is due at the day beside it."""
    return t("ram:PartialPaymentAmount", amount)


def _cii_head(one: Invented) -> str:
    notes = (e("ram:IncludedNote", t("ram:Content", note), t("ram:SubjectCode", code)) for code, note in one.notes)
    head = t("ram:ID", one.number) + t("ram:TypeCode", one.type_code) + cii_day("IssueDateTime", one.issued)
    return head + "".join(notes)


def _cii_numbers(name: str, legal: str, vat: str, between: str) -> str:
    register = e("ram:SpecifiedLegalOrganization", t("ram:ID", legal, schemeID="0002"))
    return t("ram:Name", name) + register + between + e("ram:SpecifiedTaxRegistration", t("ram:ID", vat, schemeID="VA"))


def _cii_reach(one: Invented) -> str:
    phone = e("ram:TelephoneUniversalCommunication", t("ram:CompleteNumber", one.phone))
    email = e("ram:EmailURIUniversalCommunication", t("ram:URIID", one.email))
    street = t("ram:PostcodeCode", "29200") + t("ram:LineOne", "3 quai du Commerce") + t("ram:CityName", "Brest")
    return (
        e("ram:DefinedTradeContact", t("ram:PersonName", one.contact), phone, email)
        + e("ram:PostalTradeAddress", street, t("ram:CountryID", one.country))
    )  # fmt: skip


def _cii_settlement(one: Invented, terms: str, sums: str) -> str:
    mandate = t("ram:DirectDebitMandateID", one.mandate)
    parts = "".join(cii_terms(day, amount) for day, amount in one.parts)
    corrected = (e("ram:InvoiceReferencedDocument", t("ram:IssuerAssignedID", of)) for of in one.corrects)
    return (
        t("ram:PaymentReference", one.reference)
        + t("ram:TaxCurrencyCode", one.tax_currency)
        + t("ram:InvoiceCurrencyCode", one.currency)
        + e("ram:PayeeTradeParty", t("ram:Name", one.payee))
        + "".join(_cii_means(*means) for means in one.means)
        + (terms or cii_terms("" if parts else one.due, "", one.words, mandate) + parts)
        + _cii_sums(one, sums)
        + "".join(corrected)
    )


def _cii_means(code: str, account: str, bic: str) -> str:
    to = e("ram:PayeePartyCreditorFinancialAccount", t("ram:IBANID", account))
    bank = e("ram:PayeeSpecifiedCreditorFinancialInstitution", t("ram:BICID", bic))
    return e("ram:SpecifiedTradeSettlementPaymentMeans", t("ram:TypeCode", code), to, bank)


def _cii_sums(one: Invented, name: str) -> str:
    return e(
        f"ram:{name}",
        t("ram:LineTotalAmount", one.lines),
        t("ram:TaxBasisTotalAmount", one.net),
        t("ram:TaxTotalAmount", "1.00" if one.tax_currency else "", currencyID=one.tax_currency),
        t("ram:TaxTotalAmount", one.vat, currencyID=one.currency),
        t("ram:RoundingAmount", one.rounding),
        t("ram:GrandTotalAmount", one.gross),
        t("ram:TotalPrepaidAmount", one.prepaid),
        t("ram:DuePayableAmount", one.payable),
    )


def pdf(*files: tuple[str, bytes], relation: str = "/Alternative", by_tree: bool = True) -> bytes:
    """A page with embedded files, known by the tree of names or only as associated files."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    specs = ArrayObject()
    for name, content in files:
        stream = DecodedStreamObject()
        stream.set_data(content)
        stream[NameObject("/Type")] = NameObject("/EmbeddedFile")
        place = writer._add_object(stream.flate_encode())
        spec = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Filespec"),
                NameObject("/F"): TextStringObject(name),
                NameObject("/UF"): TextStringObject(name),
                NameObject("/AFRelationship"): NameObject(relation),
                NameObject("/EF"): DictionaryObject({NameObject("/F"): place}),
            }
        )
        specs.extend([TextStringObject(name), writer._add_object(spec)] if by_tree else [writer._add_object(spec)])
    root = writer._root_object
    if by_tree:
        tree = DictionaryObject({NameObject("/Names"): specs})
        root[NameObject("/Names")] = DictionaryObject({NameObject("/EmbeddedFiles"): tree})
    else:
        root[NameObject("/AF")] = specs
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def written(folder: Path, content: bytes, name: str = "invoice.xml") -> Path:
    """The file in `folder`."""
    path = folder / name
    path.write_bytes(content)
    return path
