"""Lists of open items as French accounting programs export them: one invented file each."""

from datetime import date
from pathlib import Path

from policies.records import InvoiceRecord
from tasks.invoice_mapping import Mapping, load_mapping
from tasks.read_invoices import read_invoices
from tasks.reading import Reading

Brief = tuple[str, str, str, date, int, int]


def read(folder: Path, mapping: str, text: str) -> Reading[InvoiceRecord]:
    loaded = load_mapping(mapping)
    assert isinstance(loaded, Mapping), loaded
    path = folder / "export.csv"
    path.write_bytes(text.encode(loaded.encoding))
    return read_invoices(path, loaded)


def brief(reading: Reading[InvoiceRecord]) -> list[Brief]:
    return [
        (one.number, one.customer_number, one.kind.value, one.due, one.total, one.payable) for one in reading.records
    ]


def test_sage_tells_lines_by_journal_and_a_line_of_the_bank_is_a_problem(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "sage-echeancier",
        "Atelier Nord SAS;;;;;;;\nÉchéancier clients au 31/12/2025;;;;;;;\n"
        "N° compte tiers;Intitulé;Journal;Date;N° facture;Date échéance;Débit;Crédit\n"
        "CDUPONT;Dupont SARL;VE;03/11/2025;FA-1;18/12/2025;1 250,50;\n"
        "CDUPONT;Dupont SARL;VE;05/11/2025;AV-1;05/11/2025;;50,00\n"
        "CDUPONT;Dupont SARL;BQ;06/11/2025;VIR;06/11/2025;;100,00\n"
        "Total tiers;;;;;;1 250,50;150,00\n"
        "N° compte tiers;Intitulé;Journal;Date;N° facture;Date échéance;Débit;Crédit\n"
        "CMARTIN;Martin;AN;01/01/2025;FA-0;31/01/2025;80,00;0,00\n",
    )
    assert brief(reading) == [
        ("FA-1", "CDUPONT", "invoice", date(2025, 12, 18), 125050, 125050),
        ("AV-1", "CDUPONT", "credit_note", date(2025, 11, 5), 5000, 5000),
        ("FA-0", "CMARTIN", "invoice", date(2025, 1, 31), 8000, 8000),
    ]
    assert [(one.line, one.field) for one in reading.problems] == [(6, "Journal")]


def test_cegid_has_totals_by_side_and_the_open_part_as_balance(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "cegid-echeancier",
        "Auxiliaire;Libellé auxiliaire;Journal;Référence;Date pièce;Date échéance;Débit;Crédit;Solde\n"
        "0DUPONT;Dupont SARL;VE;FA-1;03/11/2025;18/12/2025;1 250,50;;250,50\n"
        "0DUPONT;Dupont SARL;AC;AV-1;05/11/2025;05/11/2025;;50,00;-50,00\n"
        "0DUPONT;Dupont SARL;VE;FA-2;03/11/2025;18/12/2025;100,00;;150,00\n"
        "Total auxiliaire 0DUPONT;;;;;;1 350,50;50,00;350,50\n",
    )
    assert brief(reading) == [
        ("FA-1", "0DUPONT", "invoice", date(2025, 12, 18), 125050, 25050),
        ("AV-1", "0DUPONT", "credit_note", date(2025, 11, 5), 5000, 5000),
    ]
    assert [(one.line, one.reason) for one in reading.problems] == [
        (4, "What is still open must lie between zero and the whole amount.")
    ]


def test_ebp_has_what_is_still_open_and_negative_credit_notes(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "ebp-echeancier",
        "Code tiers;Nom du tiers;N° de pièce;Date;Date d'échéance;Montant TTC;Solde dû\n"
        "CL001;Dupont SARL;FA-1;03/11/2025;18/12/2025;1 250,50;250,50\n"
        "CL001;Dupont SARL;AV-1;05/11/2025;05/11/2025;-50,00;-50,00\n"
        "Total client CL001;;;;;1 200,50;200,50\n",
    )
    assert brief(reading) == [
        ("FA-1", "CL001", "invoice", date(2025, 12, 18), 125050, 25050),
        ("AV-1", "CL001", "credit_note", date(2025, 11, 5), 5000, 5000),
    ]
    assert reading.problems == []


def test_pennylane_names_the_currency_and_who_is_written_to(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "pennylane-factures",
        "Numéro de facture,Identifiant client,Client,E-mail client,Date d'émission,Date d'échéance,Devise,Montant TTC,"
        'Restant dû\nF-2025-1,42,Dupont SARL,compta@dupont.example,03/11/2025,18/12/2025,EUR,"1250,50","1250,50"\n',
    )
    assert brief(reading) == [("F-2025-1", "42", "invoice", date(2025, 12, 18), 125050, 125050)]
    assert (reading.records[0].email, reading.problems) == ("compta@dupont.example", [])


def test_lines_of_one_invoice_with_several_due_dates_are_its_instalments(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "ebp-echeancier",
        "Code tiers;Nom du tiers;N° de pièce;Date;Date d'échéance;Montant TTC;Solde dû\n"
        "CL001;Dupont SARL;FA-1;03/11/2025;31/12/2025;600,00;600,00\n"
        "CL001;Dupont SARL;FA-1;03/11/2025;30/11/2025;400,00;100,00\n"
        "CL001;Dupont SARL;FA-2;03/11/2025;30/11/2025;10,00;10,00\n"
        "CL001;Dupont SARL;FA-2;03/11/2025;30/11/2025;20,00;20,00\n",
    )
    assert brief(reading) == [
        ("FA-1", "CL001", "invoice", date(2025, 12, 31), 100000, 70000),
        ("FA-2", "CL001", "invoice", date(2025, 11, 30), 1000, 1000),
    ]
    assert [(one.due, one.amount) for one in reading.records[0].instalments] == [
        (date(2025, 11, 30), 10000), (date(2025, 12, 31), 60000),
    ]  # fmt: skip
    assert [one.line for one in reading.problems] == [5]


def test_a_balance_that_runs_on_from_row_to_row_is_never_what_is_open_of_a_row(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "cegid-echeancier",
        "Auxiliaire;Libellé auxiliaire;Journal;Référence;Date pièce;Date échéance;Débit;Crédit;Solde\n"
        "0DUPONT;Dupont SARL;AC;AV-1;05/11/2025;05/11/2025;;300,00;-300,00\n"
        "0DUPONT;Dupont SARL;VE;FA-1;03/11/2025;18/12/2025;1 200,00;;900,00\n"
        "0DUPONT;Dupont SARL;VE;FA-2;04/11/2025;19/12/2025;100,00;;1 000,00\n",
    )
    told = (
        "export.csv:4: Solde: “1 000,00” is the balance of the row before and this row's amount: the column runs on and says of "
        "no row what is open. Nothing was imported: leave it out of the mapping (import map --column balance=), or export "
        "open items."
    )
    assert (reading.refused, reading.records, [str(one) for one in reading.problems]) == (True, (), [told])
