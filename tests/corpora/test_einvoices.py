"""Real e-invoices of the standards' own test suites, against what a person reads in them."""

from pathlib import Path
from typing import Any

import pytest

from tasks.read_einvoice import read_einvoice

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FACTUR_X, OTHERS = CORPORA / "einvoice-facturx", CORPORA / "einvoice-ubl-cii"

pytestmark = pytest.mark.skipif(
    not FACTUR_X.is_dir(), reason="the corpora are not beside the checkout (../shared/corpora)"
)

KEYS = (
    "number", "kind", "issued", "due", "currency", "total", "prepaid", "payable", "iban", "reference", "seller", "buyer",
)  # fmt: skip
AKRETION = (
    "F20260023", "invoice", "2026-01-31", "2026-03-02", "EUR", "104.90", "0.00", "104.90",
    "FR2012542547256985425874698", "F20260023BUYER", "LE FOURNISSEUR", "LE CLIENT",
)  # fmt: skip
MOULIN, BOUTIQUE, KUNDE = "Au bon moulin", "Ma jolie boutique", ("Lieferant GmbH", "Kunden AG Mitte")
XR_IBAN, XR_PARTIES = "DE79000000001234567890", ("[Seller name]", "[Buyer name]")
SIMPLE = ("471102", "invoice", "2018-03-05", None, "EUR", "529.87", "0.00", "529.87", "", "", *KUNDE)

STATED: dict[str, tuple[Any, ...]] = {
    "akretion/factur-x-basic.xml": AKRETION,
    "akretion/factur-x-basicwl.xml": AKRETION,
    "akretion/factur-x-en16931.xml": AKRETION,
    "akretion/invoice_EN16931.pdf": AKRETION,
    "akretion/factur-x-minimum.xml": (
        "F20260023", "invoice", "2026-01-31", None, "EUR", "104.90", "0.00", "104.90", "", "", "LE FOURNISSEUR",
        "LE CLIENT",
    ),
    "fnfe/Avoir_FR_type381_BASIC.pdf": (
        "AV-2017-0005", "credit_note", "2017-11-16", "2017-11-16", "EUR", "233.47", "0.00", "233.47", "",
        "AV-2017-0005", MOULIN, BOUTIQUE,
    ),
    "fnfe/Facture_FR_BASICWL.pdf": (
        "FA-2017-0010", "invoice", "2017-11-13", "2017-12-13", "EUR", "671.15", "201.00", "470.15",
        "FR2012421242124212421242124", "FA-2017-0010", MOULIN, BOUTIQUE,
    ),
    "fnfe/Facture_FR_MINIMUM.pdf": (
        "FA-2017-0010", "invoice", "2017-11-13", None, "EUR", "671.15", "201.00", "470.15", "", "", MOULIN, BOUTIQUE,
    ),
    "en16931/CII_business_example_01.xml": (
        "TOSL108", "invoice", "2013-06-30", "2013-07-20", "NOK", "1801.78", "1000.00", "801.78", "NO9386011117947",
        "0003434323213231", "Salescompany ltd.", "The Buyercompany",
    ),
    "en16931/CII_example7.xml": (
        "INVOICE_test_7", "invoice", "2013-05-13", None, "SEK", "3200.00", "0.00", "3200.00", "SE1212341234123412", "",
        "The Sellercompany Incorporated", "THe Buyercompany",
    ),
    "en16931/huf_example_cii.xml": (
        "21/001003559/996", "invoice", "2021-10-05", "2021-11-01", "HUF", "87859.00", "0.00", "87859.00",
        "DE26330403100827038100", "", "DKV Euro Service GmbH + Co. KG", "HIL Heeresinstandsetzungslogistik GmbH",
    ),
    "en16931/ubl-tc434-example1.xml": (
        "12115118", "invoice", "2015-01-09", "2015-01-09", "EUR", "250.33", "0.00", "250.33", "NL57RABO0107307510",
        "Deb. 10202 / Fact. 12115118", "De Koksmaat", "ODIN 59",
    ),
    "en16931/ubl-tc434-example6.xml": (
        "TOSL110", "invoice", "2013-04-10", "2013-05-10", "DKK", "4675.00", "0.00", "4675.00", "", "", "SellerCompany",
        "Buyercompany ltd",
    ),
    "en16931/ubl-tc434-example9.xml": (
        "20150483", "invoice", "2015-04-01", "2015-04-14", "EUR", "177.87", "0.00", "177.87", "NL13RABO0377815500",
        "2015 0483 0000 0000", "Bluem BV", "Provide Verzekeringen",
    ),
}  # fmt: skip
PAIRS: dict[str, tuple[Any, ...]] = {
    "xrechnung/01.01a-INVOICE": (
        "123456XX", "invoice", "2016-04-04", None, "EUR", "336.90", "0.00", "336.90", XR_IBAN, "", *XR_PARTIES,
    ),
    "xrechnung/01.02a-INVOICE": (
        "123456", "invoice", "2016-06-21", None, "EUR", "12.60", "0.00", "12.60", XR_IBAN, "", *XR_PARTIES,
    ),
    "xrechnung/01.03a-INVOICE": (
        "RR123456", "invoice", "2016-06-24", None, "EUR", "182.20", "0.00", "182.20", XR_IBAN, "", *XR_PARTIES,
    ),
    "xrechnung/01.04a-INVOICE": (
        "1234/78/901", "invoice", "2016-06-16", None, "EUR", "120.00", "0.00", "120.00", XR_IBAN, "", *XR_PARTIES,
    ),
    "xrechnung/01.05a-INVOICE": (
        "PRG1502112", "invoice", "2015-04-24", None, "EUR", "10555.30", "0.00", "10555.30", XR_IBAN, "", *XR_PARTIES,
    ),
    "zugferd-corpus/EN16931_1_Teilrechnung": (
        "471102", "invoice", "2018-06-05", None, "EUR", "197.65", "50.00", "147.65", "", "", *KUNDE,
    ),
    "zugferd-corpus/EN16931_2_Teilrechnung": (
        "471113", "invoice", "2018-06-13", None, "EUR", "23.54", "0.00", "23.54", "", "", *KUNDE,
    ),
    "zugferd-corpus/EN16931_Einfach": SIMPLE,
    "zugferd-corpus/EN16931_Einfach_DueDate": (*SIMPLE[:3], "2019-03-05", *SIMPLE[4:]),
    "zugferd-corpus/EN16931_Gutschrift": SIMPLE,
    "zugferd-corpus/XRECHNUNG_Einfach": (
        "471102", "invoice", "2024-11-15", None, "EUR", "529.87", "0.00", "529.87", "DE02120300000000202051", "", *KUNDE,
    ),
}  # fmt: skip
NOT_DUE = "No due date is stated (BT-9), "
ONLY_WORDS = {
    "xrechnung/01.01a-INVOICE": (71, 159, "Zahlbar sofort ohne Abzug."),
    "xrechnung/01.02a-INVOICE": (
        89, 143, ("Bitte überweisen Sie den Betrag innerhalb von 14 Tagen auf unten stehendes Konto. Das Rechnungsdatum "
        "entspricht dem Versanddatum."),
    ),
    "xrechnung/01.03a-INVOICE": (89, 162, "Fällig sofort, ohne Abzug"),
    "xrechnung/01.04a-INVOICE": (
        73, 119, ("Wir möchten Sie bitten, die Teilnahmegebühr iHv. 120,00 € innerhalb von 14 Tagen auf das oben genannte "
        "Konto unter Angabe der Rechnungsnummer 1234/78/901 zu überweisen."),
    ),
    "xrechnung/01.05a-INVOICE": (97, 218, "14 Tage"),
}  # fmt: skip


def place(name: str) -> Path:
    return (FACTUR_X if name.startswith(("akretion", "fnfe")) else OTHERS) / name


def pair(name: str) -> tuple[Path, Path]:
    ends = ("_ubl.xml", "_uncefact.xml") if name.startswith("xrechnung") else (".ubl.xml", ".cii.xml")
    return place(name + ends[0]), place(name + ends[1])


def shown(path: Path) -> dict[str, Any]:
    """Everything of the only record; the file's own name apart."""
    reading = read_einvoice(path)
    (record,) = (*reading.records, *reading.held)
    assert bool(reading.held) == any(problem.field == "due" for problem in reading.problems)
    return {key: value for key, value in record.shown().items() if key != "document"}


def test_every_file_is_expected() -> None:
    files = {path for folder in (FACTUR_X, OTHERS) for path in folder.rglob("*.*")}
    assert files == {place(name) for name in STATED} | {one for name in PAIRS for one in pair(name)}


@pytest.mark.parametrize("name", STATED)
def test_a_file_gives_what_it_states(name: str) -> None:
    found = shown(place(name))
    assert tuple(found[key] for key in KEYS) == STATED[name]


@pytest.mark.parametrize("name", PAIRS)
def test_the_same_invoice_as_ubl_and_as_cii_gives_the_same_record(name: str) -> None:
    ubl, cii = map(shown, pair(name))
    assert ubl == cii
    assert tuple(ubl[key] for key in KEYS) == PAIRS[name]


@pytest.mark.parametrize("name", ONLY_WORDS)
def test_words_are_no_due_date_in_either_syntax(name: str) -> None:
    in_ubl, in_cii, words = ONLY_WORDS[name]
    reason = f"{NOT_DUE}only the words “{words}”: say the day with --due."
    for path, line in zip(pair(name), (in_ubl, in_cii), strict=True):
        told = [(one.source, one.line, one.field, one.reason) for one in read_einvoice(path).problems]
        assert told == [(path.name, line, "due", reason)]


def test_what_goes_in_and_what_is_only_told_beside_it() -> None:
    notices = {
        name: [(one.field, one.reason.split(";")[0]) for one in reading.problems]
        for name in STATED
        if (reading := read_einvoice(place(name))).problems
    }
    without_terms = ("due", f"{NOT_DUE}and no terms of payment: say the day with --due.")
    phone = ("phone", "“5121230” is not a telephone number with its country code")
    assert notices == {
        "akretion/factur-x-minimum.xml": [without_terms],
        "fnfe/Facture_FR_MINIMUM.pdf": [without_terms],
        "en16931/CII_business_example_01.xml": [phone],
        "en16931/CII_example7.xml": [
            ("due", f"{NOT_DUE}only the words “Payment within 30 days”: say the day with --due."), phone,
            ("iban", ("“SE1212341234123412” is not an IBAN: its check digits do not fit. Whoever pays to it will not reach "
             "anybody.")),
        ],
    }  # fmt: skip


def test_the_profiles_of_one_invoice_differ_only_in_what_they_can_say() -> None:
    basic, full = shown(place("akretion/factur-x-basic.xml")), shown(place("akretion/factur-x-en16931.xml"))
    assert shown(place("akretion/factur-x-basicwl.xml")) == basic
    assert shown(place("akretion/invoice_EN16931.pdf")) == full
    assert {key: (basic[key], full[key]) for key in full if basic[key] != full[key]} == {
        "email": ("me@buyer.com", "buyer@buyer.com"),
        "phone": ("", "+33101254587"),
        "contact_name": ("", "Buyer contact name"),
        "bic": ("", "BIC_MONCOMPTE"),
    }


def test_who_is_paid_whom_it_corrects_and_who_issued_it_are_read() -> None:
    found = shown(place("akretion/factur-x-en16931.xml"))
    wanted = {
        "customer_number": "987654321", "assignee": "PAYEE NAME", "assignee_iban": "FR2012542547256985425874698",
        "corrects": ["F20260003"], "mandate": "MANDATE PT", "payment_method": "transfer", "document_type": "380",
        "seller_number": "123456782", "seller_vat": "FR11123456782", "buyer_number": "987654321",
        "buyer_vat": "FR05987654321", "terms": "PAIEMENT 30 JOURS NET",
        "address": "MON ADRESSE LIGNE 1\nBuyer line 2\nBuyer line 3\n06000 MA VILLE",
    }  # fmt: skip
    assert {key: found[key] for key in wanted} == wanted
    assert shown(place("fnfe/Avoir_FR_type381_BASIC.pdf"))["corrects"] == ["FA-2017-0010"]
    self_billed = shown(place("zugferd-corpus/EN16931_Gutschrift.cii.xml"))
    assert (self_billed["document_type"], self_billed["is_self_billed"], self_billed["kind"]) == (
        "389",
        True,
        "invoice",
    )
    assert shown(place("en16931/huf_example_cii.xml"))["payment_method"] == "bill"
