"""Customers with their numbers: a wrong number keeps the row out, a wrong way to reach somebody is dropped and told."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from policies.customer_record import ContactRecord, CustomerRecord
from policies.payment_terms import MonthEnd, PaymentTerms
from tasks.invoice_mapping import Mapping, load_mapping
from tasks.mail_domains import likely_meant
from tasks.party_numbers import creditor_reference
from tasks.read_customers import read_customers
from tasks.reading import Reading


def read(folder: Path, header: str, *rows: str) -> Reading[CustomerRecord]:
    path = folder / "customers.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    mapping = load_mapping("relance-customers")
    assert isinstance(mapping, Mapping)
    return read_customers(path, replace(mapping, delimiter=";"))


def test_a_customer_is_read_with_numbers_terms_and_contacts(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "number;name;country;company_number;vat_number;iban;payment_method;mandate;payer;payment_terms;verified_on;postal;"
        "phone;management_contact;management_email;registered_office_postal",
        "C-1;Dupont SARL;FR;552 100 554;FR96 552100554;FR76 3000 6000 0112 3456 7890 189 / DE89370400440532013000;"
        "Prélèvement;RUM-7;HOLDING;45 jours fin de mois;2026-01-05;1 rue du Port, 44000 Nantes;02 40 12 34 56;"
        "Mme Dupont;direction@dupont.example;2 quai Ouest, 44000 Nantes",
    )
    assert reading.problems == []
    (one,) = reading.records
    assert (one.company_number, one.vat_number, one.ibans) == (
        "552100554", "FR96552100554", ("FR7630006000011234567890189", "DE89370400440532013000"),
    )  # fmt: skip
    assert (one.payment_method, one.mandate, one.payer, one.verified_on, one.phone) == (
        "direct_debit", "RUM-7", "HOLDING", date(2026, 1, 5), "+33240123456",
    )  # fmt: skip
    assert (one.payment_terms, one.postal) == (PaymentTerms(45, MonthEnd.AFTER), "1 rue du Port, 44000 Nantes")
    assert one.contacts == (
        ContactRecord("management", "Mme Dupont", "direction@dupont.example"),
        ContactRecord("registered_office", postal="2 quai Ouest, 44000 Nantes"),
    )
    assert one.shown()["payment_terms"] == {"days": 45, "month_end": "after", "on_day": 0}


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("company_number", "552100555", "“552100555” is not a SIREN: its check digit does not fit."),
        ("company_number", "5521005", "“5521005” has 7 figures; a SIREN has 9, a SIRET has 14."),
        ("company_number", "55210055400014", "“55210055400014” is not a SIRET: its check digit does not fit."),
        ("vat_number", "FR97552100554", "“97552100554” is not a VAT number: its check digit does not fit."),
        ("vat_number", "BE0403170702", "“0403170702” is not a VAT number: its check digit does not fit."),
        ("iban", "FR7630006000011234567890188",
         "“FR7630006000011234567890188” is not an IBAN: its check digits do not fit."),
        ("payment_terms", "selon contrat",
         "“selon contrat” does not say when invoices are due. It names no number of days, such as 30 jours."),
        ("payment_terms", "2% 10 jours, 30 jours net", ("“2% 10 jours, 30 jours net” does not say when invoices are due. "
         "It names several periods or other figures; write one, such as 45 jours fin de mois.")),
        ("payment_method", "troc",
         "“troc” is not a way to pay; it must be one of transfer, card, direct_debit, bill, cheque."),
    ],
)  # fmt: skip
def test_a_wrong_number_keeps_the_row_out_and_names_its_column(
    column: str, text: str, reason: str, tmp_path: Path
) -> None:
    reading = read(tmp_path, f"number;name;country;{column}", f"C-1;Dupont;FR;{text}", "C-2;Durand;FR;")
    assert [one.number for one in reading.records] == ["C-2"]
    assert [(one.line, one.field, one.reason) for one in reading.problems] == [(2, column, reason)]


def test_swiss_numbers_and_italian_tax_codes_are_read_as_their_countries_write_them(tmp_path: Path) -> None:
    rows = [
        "C-1;A;CH;CHE-107.787.577;CHE-107.787.577 MWST", "C-2;B;CH;;CHE-107.787.577 TVA", "C-3;C;LI;;CHE-107.787.577",
        "C-4;D;IT;RSSMRA85T10A562S;IT00743110157", "C-5;E;CH;;CHE-107.787.578 MWST",
    ]  # fmt: skip
    reading = read(tmp_path, "number;name;country;company_number;vat_number", *rows)
    assert [(one.company_number, one.vat_number) for one in reading.records] == [
        ("CHE107787577", "CHE107787577MWST"), ("", "CHE107787577TVA"), ("", "CHE107787577"),
        ("RSSMRA85T10A562S", "IT00743110157"),
    ]  # fmt: skip
    assert [one.reason for one in reading.problems] == [
        "“CHE107787578MWST” is not a VAT number: its check digit does not fit."
    ]


def test_a_vat_number_of_another_company_keeps_the_row_out(tmp_path: Path) -> None:
    reading = read(tmp_path, "number;name;country;company_number;vat_number", "C-1;X;FR;552100554;FR40303265045")
    assert [one.reason for one in reading.problems] == [
        "FR40303265045 is the VAT number of 303265045, not of 552100554."
    ]


def test_ways_to_reach_somebody_are_dropped_with_a_warning_and_the_row_goes_in(tmp_path: Path) -> None:
    reading = read(
        tmp_path, "number;name;country;email;phone", "C-1;Dupont;FR;not an address;12", "C-2;Durand;FR;x@gmial.com;"
    )
    assert [(one.number, one.email, one.phone) for one in reading.records] == [
        ("C-1", "", ""),
        ("C-2", "x@gmial.com", ""),
    ]
    assert [(one.line, one.field, one.reason) for one in reading.problems] == [
        (2, "email", ("“not an address” is not an e-mail address; one address fits here. "
         "The rest of the row went in without it.")),
        (2, "phone", ("“12” is not a telephone number; write it with its country code, like +33 6 12 34 56 78. "
         "The rest of the row went in without it.")),
        (3, "email", "“x@gmial.com” may be meant to end in gmail.com; it went in as it stands."),
    ]  # fmt: skip


def test_terms_in_days_take_the_end_of_the_month_before_or_after(tmp_path: Path) -> None:
    rows = ["C-1;A;45;before", "C-2;B;45;after", "C-3;C;30;", "C-4;D;3x;"]
    reading = read(tmp_path, "number;name;terms_days;terms_month_end", *rows)
    assert [one.payment_terms for one in reading.records] == [
        PaymentTerms(45, MonthEnd.BEFORE), PaymentTerms(45, MonthEnd.AFTER), PaymentTerms(30),
    ]  # fmt: skip
    assert [one.reason for one in reading.problems] == ["“3x” is not a number of days from 0 to 365."]


def test_domains_that_exist_are_no_slips() -> None:
    found = [
        likely_meant(each) for each in ("gmial.com", "hotmial.fr", "orang.fr", "gmx.at", "dupont.example", "free.fr")
    ]
    assert found == ["gmail.com", "hotmail.fr", "orange.fr", None, None, None]


def test_a_creditor_reference_is_told_by_its_check_digits() -> None:
    assert [creditor_reference(each) for each in ("RF18 5390 0754 7034", "RF18539007547035", "PO-1")] == [
        "RF18539007547034", None, None,
    ]  # fmt: skip
