"""`import map`: what names and values prove is proposed with its evidence; what they do not prove is asked."""

import time
from pathlib import Path
from typing import Any

import pytest

from tasks.file_refused import FileRefused
from tasks.invoice_mapping import RecordKind, load_mapping, mapping_of
from tasks.mapping_check import mapping_problems
from tasks.mapping_questions import Proposal, Said
from tasks.mapping_text import mapping_text
from tasks.propose_mapping import propose
from tasks.read_invoices import read_invoices
from tasks.read_payments import read_payments


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "export.csv"
    path.write_bytes(text.encode(encoding))
    return path


def asked(proposal: Proposal) -> list[str]:
    return [one.option for one in proposal.questions]


FRENCH = """Échéancier clients au 31/12/2025;;;;;;
;;;;;;
Code tiers;Intitulé;N° facture;Date facture;Échéance;Montant TTC;Solde dû
DUPONT;Dupont SARL;FA-1;03/11/2025;13/12/2025;1 250,50 €;1 250,50 €
DUPONT;Dupont SARL;FA-2;04/11/2025;14/12/2025;2 000,00 €;500,00 €
Sous-total DUPONT;;;;;3 250,50 €;1 750,50 €
Code tiers;Intitulé;N° facture;Date facture;Échéance;Montant TTC;Solde dû
MARTIN;Martin & fils;AV-1;05/11/2025;05/11/2025;-50,00 €;-50,00 €
Total général;;;;;3 200,50 €;1 700,50 €
"""


def test_a_french_list_of_open_items_is_proposed_whole_and_reads_without_a_problem(tmp_path: Path) -> None:
    path = written(tmp_path, FRENCH, "cp1252")
    proposal = propose(path, Said())
    assert (proposal.kind, asked(proposal), proposal.left_out) == (RecordKind.INVOICES, [], ())
    assert dict(proposal.evidence) == {
        "encoding": "It is not UTF-8: byte 0xC9 on line 1 is “É” in cp1252, which Windows programs write.",
        "delimiter": "“;” cuts 8 of the first lines into 7 cells.",
        "header": "Line 3 is the header: 7 of its 7 names are known.",
        "date order": "2 of 6 dates can only be D/M/Y, first “13/12/2025” on line 4.",
        "decimal sign": "6 of 6 amounts can only have “,”, first “1 250,50” on line 4.",
    }
    reading = read_invoices(path, mapping_of("proposed", proposal.table))
    assert [(one.number, one.kind, one.total, one.prepaid, one.due.isoformat()) for one in reading.records] == [
        ("FA-1", "invoice", 125050, 0, "2025-12-13"), ("FA-2", "invoice", 200000, 150000, "2025-12-14"),
        ("AV-1", "credit_note", 5000, 0, "2025-11-05"),
    ]  # fmt: skip
    assert (reading.problems, reading.read) == ([], 3)


def test_the_proposal_is_toml_that_loads_as_the_same_mapping(tmp_path: Path) -> None:
    proposal = propose(written(tmp_path, FRENCH, "cp1252"), Said())
    own = tmp_path / "mine.toml"
    own.write_text(mapping_text(proposal.table, proposal.evidence), encoding="utf-8")
    assert load_mapping(own) == mapping_of("mine", proposal.table)
    assert mapping_problems(proposal.table) == []


HEAD = "Invoice number,Customer,Due date,Total,Currency\n"


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ("A1,C,03/04/2025,1.50,EUR\nA2,C,05/06/2025,2.50,EUR\n", ["--date-order"]),
        ("A1,C,2025-04-03,1.50,EUR\n", []),
        ("A1,C,23/04/2025,1.50,EUR\nA2,C,04/23/2025,1.50,EUR\n", ["--date-order"]),
        ('A1,C,23/04/2025,"1,250",EUR\n', ["--decimal"]),
        ("A1,C,23/04/2025,1.250,EUR\n", ["--decimal"]),
        ("A1,C,23/04/2025,1250,EUR\n", ["--decimal"]),
        ('A1,C,23/04/2025,"1,250.00",EUR\n', []),
        ("A1,C,23/04/2025,1.250.000,EUR\n", []),
        ('A1,C,23/04/2025,"12,50",EUR\nA2,C,23/04/2025,12.50,EUR\n', ["--decimal"]),
        ("A1,C,03/04/25,1.50,EUR\n", [""]),
    ],
)
def test_what_looks_alike_is_asked_and_never_guessed(rows: str, options: list[str], tmp_path: Path) -> None:
    assert asked(propose(written(tmp_path, HEAD + rows), Said())) == options


def test_the_question_names_an_example_and_the_answers(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "A1,C,03/04/2025,1.50,EUR\n")
    (question,) = propose(path, Said()).questions
    assert question.question == "All 1 dates read as D/M/Y and as M/D/Y: “03/04/2025” on line 2 is one of both."
    assert question.choices == ("D/M/Y", "M/D/Y")
    decided = propose(path, Said(date_order="M/D/Y"))
    assert (asked(decided), decided.table["values"]["date_order"]) == ([], "M/D/Y")


@pytest.mark.parametrize(
    ("header", "row", "fields"),
    [
        ("Rechnungsnr.;Kundennr.;Rechnungsdatum;Fällig am;Bruttobetrag;Währung", "R1;K;13.11.2025;13.12.2025;1.250,50;EUR",
         ["number", "customer_number", "issued", "due", "amount", "currency"]),
        ("Factuurnummer;Klantnummer;Factuurdatum;Vervaldatum;Openstaand bedrag;Munt", "R1;K;13-11-2025;13-12-2025;1,50;EUR",
         ["number", "customer_number", "issued", "due", "balance", "currency"]),
        ("Nº factura;Cliente;Fecha factura;Fecha de vencimiento;Importe;Moneda", "R1;K;13/11/2025;13/12/2025;1,50;EUR",
         ["number", "customer_name", "issued", "due", "amount", "currency"]),
        ("Numero fattura;Codice cliente;Data fattura;Data scadenza;Dare;Avere;Valuta",
         "R1;K;13/11/2025;13/12/2025;1,50;;EUR",
         ["number", "customer_number", "issued", "due", "debit", "credit", "currency"]),
    ],
)  # fmt: skip
def test_columns_are_known_in_german_dutch_spanish_and_italian(
    header: str, row: str, fields: list[str], tmp_path: Path
) -> None:
    proposal = propose(written(tmp_path, f"{header}\n{row}\n"), Said())
    columns = {column: name for name, column in proposal.table["invoices"]["columns"].items()}
    assert [columns[name] for name in header.split(";")] == fields
    assert asked(proposal) == []


def test_bank_lines_with_a_side_are_payments_and_a_sign_beside_the_side_is_a_problem(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Date opération;Libellé;Montant;Sens;Devise\n13/12/2025;VIR DUPONT;100,00;C;EUR\n"
        "14/12/2025;FRAIS;5,00;D;EUR\n15/12/2025;TOTAL ENERGIES;-7,00;D;EUR\n",
    )
    proposal = propose(path, Said())
    assert (proposal.kind, asked(proposal)) == (RecordKind.PAYMENTS, [])
    reading = read_payments(path, mapping_of("proposed", proposal.table))
    assert [one.amount for one in reading.records] == [10000, -500]
    assert [(one.line, one.field) for one in reading.problems] == [(4, "Montant")]


def test_a_column_whose_values_contradict_its_name_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, "Date,Label,Amount,Currency,Bank Account\n2025-12-13,x,1.50,EUR,12345\n")
    proposal = propose(path, Said())
    assert proposal.left_out == ("Bank Account",)
    assert (
        "column",
        "Bank Account is not read as iban. Line 2: “12345” is not an IBAN: its check digits do not fit.",
    ) in (proposal.evidence)


def test_unknown_words_for_kinds_and_a_missing_currency_are_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "Invoice number;Customer;Due date;Total;Type\nA1;C;2025-12-13;1,50;RV\n")
    assert asked(propose(path, Said())) == ["--word RV=", "--currency"]
    decided = propose(path, Said(currency="EUR", words={"RV": "invoice"}))
    assert (asked(decided), decided.table["invoices"]["kinds"]) == ([], {"RV": "invoice"})


def test_two_columns_of_the_same_name_for_one_field_are_asked(tmp_path: Path) -> None:
    path = written(
        tmp_path, "Invoice number,Customer,Due date,Due-date,Total,Currency\nA,C,2025-12-13,2025-12-14,1.5,EUR\n"
    )
    assert asked(propose(path, Said())) == ["--column due=COLUMN"]
    assert asked(propose(path, Said(columns={"due": "Due-date"}))) == []


def refused(path: Path, said: Said | None = None) -> str:
    with pytest.raises(FileRefused) as caught:
        propose(path, said or Said())
    return str(caught.value)


def test_an_aged_balance_is_refused_and_the_export_needed_is_named(tmp_path: Path) -> None:
    text = "Code client;Nom client;Solde;Non échu;1 à 30 jours;31 à 60 jours;+ 90 jours\nDUPONT;Dupont;10,00;10,00;;;\n"
    told = refused(written(tmp_path, text))
    assert "This is an aged balance" in told
    assert "échéancier" in told


def test_other_encodings_are_told_apart_or_asked(tmp_path: Path) -> None:
    text = "N° facture;Client;Échéance;Montant;Devise\nFA-1;Hélène;13/12/2025;1,50;EUR\n"
    found: list[Any] = []
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"):
        proposal = propose(written(tmp_path, text, encoding), Said())
        found.append((proposal.table["file"]["encoding"] if proposal.kind else "", asked(proposal)[:1]))
    assert found == [("utf-8", []), ("utf-8", []), ("utf-16", []), ("cp1252", []), ("", ["--encoding"])]
    sixteen = written(tmp_path, text, "utf-16")
    reading = read_invoices(sixteen, mapping_of("proposed", propose(sixteen, Said()).table))
    assert [(one.customer_name, one.total) for one in reading.records] == [("Hélène", 150)]


def test_files_without_a_table_are_refused_in_a_sentence(tmp_path: Path) -> None:
    assert "NUL byte" in refused(written(tmp_path, "a;b\nc\0;d\n"))
    assert "empty" in refused(written(tmp_path, " \n"))


def test_a_number_on_several_lines_with_other_due_dates_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "A1,C,23/04/2025,1.50,EUR\nA1,C,23/05/2025,1.50,EUR\n")
    assert (
        "instalments",
        (
            "“A1” stands on several lines with other due dates (line 3): if they are parts of it, "
            "write lines_are_instalments = true under [invoices]."
        ),
    ) in propose(path, Said()).evidence


STATES = """Numéro;Client;Échéance;Montant TTC;Statut
FA-1;Dupont;14/02/2026;1200,50;Validée
FA-2;Durand;15/02/2026;120,00;Annulée
FA-3;Durand;16/02/2026;130,00;Brouillon
"""


def test_rows_that_are_drafts_or_cancelled_are_asked_about_and_left_out_as_said(tmp_path: Path) -> None:
    path = written(tmp_path, STATES)
    (question,) = propose(path, Said(currency="EUR")).questions
    assert (question.option, question.choices) == ("--only Statut=WORD", ("Annulée", "Brouillon", "Validée"))
    assert question.question == (
        "The column Statut says “Annulée” of some rows: which of its words count? Say it once for each; "
        "--only Statut= takes all rows."
    )
    found = propose(path, Said(currency="EUR", only={"Statut": ("Validée",)}))
    reading = read_invoices(path, mapping_of("proposed", found.table))
    assert (found.questions, [(one.number, one.total) for one in reading.records]) == ((), [("FA-1", 120050)])
    everything = propose(path, Said(currency="EUR", only={"Statut": ()}))
    assert (everything.questions, len(read_invoices(path, mapping_of("all", everything.table)).records)) == ((), 3)


def test_a_state_that_says_paid_is_no_question_where_another_column_says_what_is_open(tmp_path: Path) -> None:
    states = STATES.replace("Annulée", "Payée").replace("Brouillon", "En attente")
    assert asked(propose(written(tmp_path, states), Said(currency="EUR"))) == ["--only Statut=WORD"]
    with_open = "\n".join(
        f"{row};{more}" for row, more in zip(states.splitlines(), ("Reste dû", "10,50", "0,00", "20,00"), strict=True)
    )
    assert propose(written(tmp_path, with_open), Said(currency="EUR")).questions == ()
    assert (
        propose(
            written(tmp_path, STATES.replace("Annulée", "Échue").replace("Brouillon", "En attente")),
            Said(currency="EUR"),
        ).questions
        == ()
    )


@pytest.mark.parametrize(("name", "paid", "empty"), [("Payé", "Oui", "Non"), ("Payée le", "28/01/2026", "")])
def test_rows_that_are_paid_are_asked_about_where_nothing_says_what_is_open(
    tmp_path: Path, name: str, paid: str, empty: str
) -> None:
    path = written(
        tmp_path,
        f"N° facture;Client;Échéance;Montant TTC;{name}\nFA-1;A;31/01/2026;120,50;{empty}\nFA-2;A;31/01/2026;130,50;{paid}\n",
    )
    assert asked(propose(path, Said(currency="EUR"))) == [f"--only {name}=WORD"]
    found = propose(path, Said(currency="EUR", only={name: (empty or "(empty)",)}))
    reading = read_invoices(path, mapping_of("said", found.table))
    assert (found.questions, [one.number for one in reading.records]) == ((), ["FA-1"])


BANK = """Date,Description,Amount,Currency,State
2026-02-13,In,1250.75,EUR,COMPLETED
2026-02-14,Out,-50.00,EUR,PENDING
2026-02-15,Out,-60.00,EUR,REVERTED
"""


def test_movements_that_are_announced_or_taken_back_are_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, BANK)
    assert asked(propose(path, Said())) == ["--only State=WORD"]
    found = propose(path, Said(only={"State": ("COMPLETED",)}))
    assert [one.amount for one in read_payments(path, mapping_of("proposed", found.table)).records] == [125075]


def test_amounts_in_brackets_are_negative_and_prove_their_decimal_sign(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "Invoice number,Customer,Due date,Total,Currency\nA1,C,2025-04-03,(1.50),USD\nA2,C,2025-04-03,$2,USD\n",
    )
    found = propose(path, Said())
    reading = read_invoices(path, mapping_of("proposed", found.table))
    assert dict(found.evidence)["decimal sign"] == "1 of 2 amounts can only have “.”, first “-1.50” on line 2."
    assert [(one.number, one.kind, one.total) for one in reading.records] == [
        ("A1", "credit_note", 150),
        ("A2", "invoice", 200),
    ]


GERMAN = """Buchungstag;Valuta;Empfänger/Zahlungspflichtiger;IBAN;Vorgang/Verwendungszweck;Währung;Umsatz;S/H
13.02.2026;13.02.2026;Müller GmbH;DE02120300000000202051;RE 2026-1;EUR;1.250,75;H
14.02.2026;14.02.2026;Stadtwerke;DE89370400440532013000;Strom;EUR;50,00;S
28.02.2026;;;;Endsaldo;EUR;1.200,75;H
"""


def test_a_side_without_a_name_or_with_an_unknown_one_is_never_overlooked(tmp_path: Path) -> None:
    (unnamed,) = propose(written(tmp_path, GERMAN.replace("S/H", " ")), Said()).questions
    assert (unnamed.option, unnamed.question) == (
        "", "The column without a name says on which side each amount stands: name it in the header, such as S/H."
    )  # fmt: skip
    (unknown,) = propose(written(tmp_path, GERMAN.replace("S/H", "Kennz.")), Said()).questions
    assert (unknown.option, unknown.choices) == ("--column side=COLUMN", ("Kennz.",))
    assert propose(written(tmp_path, GERMAN.replace("S/H", "Kennz.")), Said(columns={"side": ""})).questions == ()


def test_a_row_of_a_bank_that_says_it_is_a_balance_is_no_movement(tmp_path: Path) -> None:
    path = written(tmp_path, GERMAN)
    reading = read_payments(path, mapping_of("proposed", propose(path, Said()).table))
    assert [(one.amount, one.counterparty, one.text) for one in reading.records] == [
        (125075, "Müller GmbH", "RE 2026-1"), (-5000, "Stadtwerke", "Strom")
    ]  # fmt: skip
    assert (reading.problems, reading.read) == ([], 2)


SWISS = """Datum von:;01.02.2026
Konto:;CH9300762011623852957

Buchungsdatum;Avisierungstext;Gutschrift in CHF;Lastschrift in CHF;Valuta;Saldo in CHF
2026-02-13;GUTSCHRIFT DUPONT;1250.75;;2026-02-13;2000.75
2026-02-14;MIETE;;-50.00;2026-02-14;1950.75
"""


def test_titles_above_the_header_are_no_header_where_each_column_could_be_missing(tmp_path: Path) -> None:
    path = written(tmp_path, SWISS)
    reading = read_payments(path, mapping_of("proposed", propose(path, Said(currency="CHF")).table))
    assert [(one.booked.isoformat(), one.amount, one.text) for one in reading.records] == [
        ("2026-02-13", 125075, "GUTSCHRIFT DUPONT"), ("2026-02-14", -5000, "MIETE"),
    ]  # fmt: skip


def test_a_table_with_none_of_the_mapped_columns_is_refused(tmp_path: Path) -> None:
    mapping = mapping_of("swiss", propose(written(tmp_path, SWISS), Said(currency="CHF")).table)
    reading = read_payments(written(tmp_path, "A;B\n1;2\n"), mapping)
    assert (reading.refused, [one.line for one in reading.problems]) == (True, [1])


def test_an_iban_that_never_changes_is_the_account_itself(tmp_path: Path) -> None:
    rows = "".join(f"{day}.02.2026;RE {day};10,50;DE89370400440532013000\n" for day in range(13, 17))
    path = written(tmp_path, f"Buchungstag;Verwendungszweck;Betrag (EUR);IBAN\n{rows}")
    found = propose(path, Said(currency="EUR"))
    reading = read_payments(path, mapping_of("proposed", found.table))
    assert dict(found.evidence)["column"] == "IBAN is the same on all 4 rows: it is your own account, not the payer's."
    assert {(one.account, one.iban) for one in reading.records} == {("DE89370400440532013000", "")}


def test_a_column_called_valuta_that_holds_codes_is_the_currency(tmp_path: Path) -> None:
    path = written(
        tmp_path, "Datum;Omschrijving;Bedrag;Valuta\n13-02-2026;Factuur 1;10,50;EUR\n14-02-2026;Factuur 2;11,50;EUR\n"
    )
    found = propose(path, Said())
    assert (found.questions, found.table["payments"]["columns"]["currency"]) == ((), "Valuta")


def test_names_of_columns_compare_without_blanks_capitals_and_currencies(tmp_path: Path) -> None:
    head = "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,Total (GBP),InvoiceAmountDue"
    path = written(tmp_path, f"{head}\nAcme,INV-1,2026-01-15,2026-02-14,1200.50,1000.50\n")
    reading = read_invoices(path, mapping_of("proposed", propose(path, Said(currency="GBP")).table))
    assert [(one.number, one.customer_name, one.total, one.prepaid) for one in reading.records] == [
        ("INV-1", "Acme", 120050, 20000)
    ]


def test_a_long_table_is_looked_at_in_seconds(tmp_path: Path) -> None:
    rows = "".join(f"{1 + number % 28:02}/{1 + number % 12:02}/2026;VIR {number};10,50\n" for number in range(20_000))
    path = written(tmp_path, f"Date;Libelle;Montant\n{rows}total;;\n")
    began = time.perf_counter()
    assert propose(path, Said(currency="EUR")).questions == ()
    assert time.perf_counter() - began < 5


def test_an_amount_with_three_decimals_among_others_with_two_is_asked_about(tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEAD}A1,C,2025-04-03,1.200,EUR\nA2,C,2025-04-03,12.50,EUR\n")
    (question,) = propose(path, Said()).questions
    assert (question.option, question.question) == (
        "--decimal", "“12.50” on line 3 has “.” before its decimals, and “1.200” on line 2 would have three."
    )  # fmt: skip
    reading = read_invoices(path, mapping_of("said", propose(path, Said(decimal=".")).table))
    assert [one.total for one in reading.records] == [120, 1250]


def test_what_is_open_alone_is_never_lessened_by_what_was_paid(tmp_path: Path) -> None:
    for head in ("Invoice number;Customer;Due date;Brut;Paid;Open", "Invoice number;Customer;Due date;Gross;Paid;Open"):
        path = written(tmp_path, f"{head}\nF1;A;31.01.2026;119,00;19,00;100,00\n")
        reading = read_invoices(path, mapping_of("proposed", propose(path, Said(currency="EUR")).table))
        assert [one.payable for one in reading.records] == [10000]


def test_amount_paid_and_open_that_do_not_fit_together_are_a_problem(tmp_path: Path) -> None:
    rows = (
        "F1;A;31.01.2026;119,00;19,00;100,00\nF2;A;31.01.2026;119,00;19,00;119,00\nF3;A;31.01.2026;119,00;0,00;119,00\n"
    )
    path = written(tmp_path, f"Invoice number;Customer;Due date;Gross;Paid;Open\n{rows}")
    reading = read_invoices(path, mapping_of("proposed", propose(path, Said(currency="EUR")).table))
    assert [(one.number, one.payable) for one in reading.records] == [("F1", 10000), ("F3", 11900)]
    assert [(one.line, one.field, one.reason) for one in reading.problems] == [
        (3, "Open", "The amount less what was paid before is not what is still open; one of the three is wrong.")
    ]
