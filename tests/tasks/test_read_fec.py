"""A FEC: sales become invoices with the customer's terms; what stands against a line says what became of it."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from policies.payment_terms import MonthEnd, PaymentTerms
from tasks.fec_lines import fec_lines, is_fec
from tasks.read_fec import LedgerReading, read_fec

HEAD = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\tCompAuxLib\tPieceRef\tPieceDate\t"
    "EcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\tValidDate\tMontantdevise\tIdevise"
)
TERMS = {"CDUPONT": PaymentTerms(45, MonthEnd.AFTER), "CMARTIN": PaymentTerms(30)}


def line(
    journal: str, entry: str, on: str, account: str, debit: str, credit: str, piece: str = "", let: str = "",
    customer: str = "CDUPONT",
) -> str:  # fmt: skip
    who = (customer, "Dupont SARL") if account.startswith("411") else ("", "")
    cells = [journal, "Journal", entry, on, account, "Compte", *who, piece, on, "Écriture", debit, credit, let]
    return "\t".join((*cells, "", on, "", ""))


def sale(entry: str, on: str, piece: str, amount: str, let: str = "", customer: str = "CDUPONT") -> list[str]:
    return [
        line("VE", entry, on, "411000", amount, "0,00", piece, let, customer),
        line("VE", entry, on, "707000", "0,00", amount, piece),
    ]


def closing(account: str, let: str, amount: str = "120,00", on: str = "20250301") -> list[str]:
    return [line("OD", "9", on, account, amount, "0,00"), line("OD", "9", on, "411000", "0,00", amount, "R-1", let)]


def read(folder: Path, *lines: str, encoding: str = "utf-8", sign: str = "\t") -> LedgerReading:
    path = folder / "123456789FEC20251231.txt"
    path.write_bytes("\r\n".join((HEAD, *lines)).replace("\t", sign).encode(encoding))
    assert is_fec(path)
    return read_fec(path, TERMS)


def reasons(reading: LedgerReading) -> list[tuple[int | None, str]]:
    return [(one.line, one.reason) for one in reading.invoices.problems]


@pytest.mark.parametrize(("encoding", "sign"), [("utf-8", "\t"), ("cp1252", "|"), ("utf-8-sig", "\t")])
def test_sales_become_invoices_due_by_the_customer_s_terms(encoding: str, sign: str, tmp_path: Path) -> None:
    lines = [*sale("1", "20250115", "FA-1", "1200,00"), *sale("2", "20250120", "FA-2", "80,50", customer="CMARTIN")]
    reading = read(tmp_path, *lines, encoding=encoding, sign=sign)
    found = [(one.number, one.customer_number, one.issued, one.due, one.total) for one in reading.invoices.records]
    assert found == [
        ("FA-1", "CDUPONT", date(2025, 1, 15), date(2025, 3, 31), 120000),
        ("FA-2", "CMARTIN", date(2025, 1, 20), date(2025, 2, 19), 8050),
    ]
    assert (reasons(reading), reading.payments) == ([], ())


def test_without_terms_an_invoice_does_not_go_in(tmp_path: Path) -> None:
    reading = read(tmp_path, *sale("1", "20250115", "FA-1", "1200,00", customer="CNEW"))
    assert reading.invoices.records == ()
    assert reasons(reading) == [
        (2, ("A FEC has no due dates, and the terms of customer CNEW are not known: import them with the customers "
            "(payment_terms), or import the list of open items.")),
    ]  # fmt: skip


def test_the_bank_against_a_lettered_line_is_money_for_its_invoices(tmp_path: Path) -> None:
    reading = read(tmp_path, *sale("1", "20250115", "FA-1", "120,00", "AA"), *closing("512000", "AA"))
    assert [one.number for one in reading.invoices.records] == ["FA-1"]
    assert [(one.amount, one.booked, one.invoices) for one in reading.payments] == [
        (12000, date(2025, 3, 1), ("FA-1",))
    ]


def test_money_without_lettering_names_no_invoice(tmp_path: Path) -> None:
    reading = read(tmp_path, *sale("1", "20250115", "FA-1", "120,00"), *closing("512000", ""))
    assert [(one.amount, one.invoices) for one in reading.payments] == [(12000, ())]


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ("413000", "FA-1 was settled by a bill of exchange (413) on 2025-03-01"),
        ("511200", "FA-1 was settled by a cheque (511) handed in on 2025-03-01"),
        ("416000", "FA-1 was moved to doubtful customers (416) on 2025-03-01"),
        ("654000", "FA-1 was written off (654) on 2025-03-01"),
        ("467000", "FA-1 was closed on 2025-03-01 by an account that says neither money nor credit"),
    ],
)
def test_lettering_alone_is_never_payment(account: str, words: str, tmp_path: Path) -> None:
    reading = read(tmp_path, *sale("1", "20250115", "FA-1", "120,00", "AA"), *closing(account, "AA"))
    assert (reading.invoices.records, reading.payments) == ((), ())
    ((at, reason),) = reasons(reading)
    assert (at, reason[: len(words)]) == (5, words)


def test_a_sale_taken_back_is_a_credit_note_for_the_invoice_it_is_lettered_with(tmp_path: Path) -> None:
    back = [
        line("VE", "3", "20250201", "411000", "0,00", "24,00", "AV-1", "AA"),
        line("VE", "3", "20250201", "709000", "20,00", "0,00"), line("VE", "3", "20250201", "445710", "4,00", "0,00"),
    ]  # fmt: skip
    reading = read(tmp_path, *sale("1", "20250115", "FA-1", "120,00", "AA"), *back)
    assert [(one.number, one.kind.value, one.total, one.reference) for one in reading.invoices.records] == [
        ("FA-1", "invoice", 12000, ""), ("AV-1", "credit_note", 2400, "FA-1"),
    ]  # fmt: skip
    assert reasons(reading) == []


def test_a_short_payment_whose_rest_was_lost_is_split(tmp_path: Path) -> None:
    entry = [
        line("BQ", "4", "20250301", "512000", "95,00", "0,00"), line("BQ", "4", "20250301", "654000", "25,00", "0,00"),
        line("BQ", "4", "20250301", "411000", "0,00", "120,00", "R", "AA"),
    ]  # fmt: skip
    reading = read(tmp_path, *sale("1", "20250115", "FA-1", "120,00", "AA"), *entry)
    assert [(one.kind.value, one.amount, one.invoices) for one in reading.closings] == [("loss", 2500, ("FA-1",))]
    assert (reading.invoices.records, reading.payments) == ((), ())


def test_a_customer_who_is_a_supplier_too_is_no_payer_of_the_whole(tmp_path: Path) -> None:
    entry = [
        line("OD", "4", "20250301", "512000", "60,00", "0,00"), line("OD", "4", "20250301", "401000", "40,00", "0,00"),
        line("OD", "4", "20250301", "411000", "0,00", "100,00", "R", ""),
    ]  # fmt: skip
    reading = read(tmp_path, *entry)
    assert [(one.amount, one.invoices) for one in reading.payments] == [(6000, ())]
    assert [at for at, _ in reasons(reading)] == [4]


def test_lines_that_say_nothing_sure_are_problems(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        line("AN", "1", "20250101", "411000", "50,00", "0,00"), line("AN", "1", "20250101", "890000", "0,00", "50,00"),
        line("VE", "2", "20250110", "411000", "10,00", "0,00", "FA-1", customer=""),
        line("VE", "2", "20250110", "707000", "0,00", "10,00"),
        line("BQ", "3", "20250110", "411000", "10,00", "0,00", "R"), line("BQ", "3", "20250110", "512000", "0,00", "10,00"),
        line("VE", "4", "2025-13-10", "411000", "10,00", "0,00", "FA-2"),
    )  # fmt: skip
    assert reading.invoices.records == ()
    assert reasons(reading) == [
        (2, "An opening balance without number and date of its invoice: import the list of open items instead."),
        (4, "The line names no customer: neither an auxiliary account nor one below 411."),
        (6, "A debit that is no sale (money returned, a refund, a correction): tell it by the bank's file or by hand."),
        (8, "“2025-13-10” is not a date in the declared order Y-M-D."),
    ]


def test_amount_and_side_in_two_columns_are_read_too(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    head = HEAD.replace("Debit\tCredit", "Montant\tSens")
    lines = [
        row.replace("0,00\t10,00", "10,00\tC").replace("10,00\t0,00", "10,00\tD")
        for row in sale("1", "20250115", "FA-1", "10,00")
    ]
    path.write_text("\n".join((head, *lines)), encoding="utf-8")
    assert [(one.number, one.total) for one in read_fec(path, TERMS).invoices.records] == [("FA-1", 1000)]


def test_a_column_the_law_wants_and_the_file_lacks_refuses_it(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    path.write_text(HEAD.replace("EcritureLet", "Let") + "\n", encoding="utf-8")
    reading = read_fec(path, TERMS).invoices
    assert (reading.refused, reading.problems[0].field) == (True, "ecriturelet")


def paid(reading: LedgerReading) -> list[tuple[int, tuple[str, ...]]]:
    return [(one.amount, one.invoices) for one in reading.payments]


def documents(reading: LedgerReading) -> list[tuple[str, str, int]]:
    return [(one.number, one.kind.value, one.total) for one in reading.invoices.records]


def sold_and_paid(amount: str, money: str, piece: str = "F1", bank: str = "512000") -> list[str]:
    """One entry: 100.00 is sold, and so much is paid at once."""
    return [
        line("VE", "1", "20250115", "411000", "100,00", "0,00", "F1"),
        line("VE", "1", "20250115", "707000", "0,00", "83,33"), line("VE", "1", "20250115", "445710", "0,00", "16,67"),
        line("VE", "1", "20250115", bank, money, "0,00"), line("VE", "1", "20250115", "411000", "0,00", amount, piece),
    ]  # fmt: skip


def test_a_payment_in_the_entry_of_its_sale_counts_once(tmp_path: Path) -> None:
    reading = read(tmp_path, *sold_and_paid("40,00", "40,00"))
    assert (documents(reading), paid(reading)) == ([("F1", "invoice", 10000)], [(4000, ("F1",))])
    assert reasons(reading) == []


def test_a_sale_paid_in_its_own_entry_leaves_no_loose_money(tmp_path: Path) -> None:
    reading = read(tmp_path, *sold_and_paid("100,00", "100,00"))
    assert (documents(reading), paid(reading)) == ([("F1", "invoice", 10000)], [(10000, ("F1",))])


def test_the_payment_s_own_piece_does_not_make_it_a_credit_note(tmp_path: Path) -> None:
    reading = read(tmp_path, *sold_and_paid("40,00", "40,00", "R-1"))
    assert (documents(reading), paid(reading)) == ([("F1", "invoice", 10000)], [(4000, ())])


def test_a_cheque_in_the_entry_of_a_sale_is_told_like_one_of_its_own_entry(tmp_path: Path) -> None:
    reading = read(tmp_path, *sold_and_paid("100,00", "100,00", bank="511200"))
    assert (documents(reading), paid(reading)) == ([], [])
    ((at, reason),) = reasons(reading)
    assert (at, reason[:34]) == (6, "F1 was settled by a cheque (511) h")


def test_bank_charges_beside_a_payment_in_the_entry_of_its_sale_do_not_blur_it(tmp_path: Path) -> None:
    charges = line("VE", "1", "20250115", "627000", "1,00", "0,00")
    reading = read(tmp_path, *sold_and_paid("40,00", "39,00"), charges)
    assert (documents(reading), paid(reading)) == ([("F1", "invoice", 10000)], [(4000, ("F1",))])


def test_a_sale_of_which_only_the_unpaid_rest_stands_on_the_customer_is_that_rest(tmp_path: Path) -> None:
    lines = [
        line("VE", "1", "20250115", "411000", "60,00", "0,00", "F1"), line("VE", "1", "20250115", "512000", "40,00", "0,00"),
        line("VE", "1", "20250115", "707000", "0,00", "100,00"),
    ]  # fmt: skip
    reading = read(tmp_path, *lines)
    assert (documents(reading), paid(reading)) == ([("F1", "invoice", 6000)], [])


def test_a_sale_taken_back_and_returned_in_one_entry_leaves_nothing_to_set_off(tmp_path: Path) -> None:
    lines = [
        line("VE", "1", "20250115", "411000", "0,00", "100,00", "AV-1"), line("VE", "1", "20250115", "707000", "100,00", "0,00"),
        line("VE", "1", "20250115", "411000", "100,00", "0,00", "AV-1"), line("VE", "1", "20250115", "512000", "0,00", "100,00"),
    ]  # fmt: skip
    reading = read(tmp_path, *lines)
    assert (documents(reading), paid(reading), reasons(reading)) == ([], [], [])


def test_an_entry_of_sales_refunds_and_money_whose_amounts_do_not_fit_is_told_line_by_line(tmp_path: Path) -> None:
    lines = [
        line("VE", "1", "20250115", "411000", "100,00", "0,00", "F1"), line("VE", "1", "20250115", "707000", "0,00", "80,00"),
        line("VE", "1", "20250115", "411000", "0,00", "20,00", "AV-1", customer="CMARTIN"),
        line("VE", "1", "20250115", "411000", "0,00", "40,00", "R-1"), line("VE", "1", "20250115", "512000", "40,00", "0,00"),
    ]  # fmt: skip
    reading = read(tmp_path, *lines)
    assert (documents(reading), paid(reading)) == ([], [])
    told = "Its entry holds sales and what closed them, and its amounts do not tell which this line is."
    assert reasons(reading) == [(2, told), (4, told), (5, told)]


def test_unlettered_money_is_for_the_invoice_it_names_as_its_piece(tmp_path: Path) -> None:
    entry = [
        line("BQ", "9", "20250301", "512000", "120,00", "0,00"),
        line("BQ", "9", "20250301", "411000", "0,00", "120,00", "FA-1"),
    ]
    same = read(tmp_path, *sale("1", "20250115", "FA-1", "120,00"), *entry)
    other = read(tmp_path, *sale("1", "20250115", "FA-1", "120,00", customer="CMARTIN"), *entry)
    assert (paid(same), paid(other)) == ([(12000, ("FA-1",))], [(12000, ())])


def named(row: str, journal: str = "Journal", label: str = "Écriture") -> str:
    return row.replace("\tJournal\t", f"\t{journal}\t").replace("\tÉcriture\t", f"\t{label}\t")


@pytest.mark.parametrize(
    ("journal", "name", "label"),
    [("BQ", "Banque", "VIR NOUVEAU MONDE"), ("BQ", "Banque A NOUVEAU MONDE", "VIR"), ("AN", "Agence Nord", "VIR")],
)
def test_a_transfer_is_money_whatever_its_label_and_its_journal_are_called(
    journal: str, name: str, label: str, tmp_path: Path
) -> None:
    money = [line.replace("OD\t", f"{journal}\t", 1) for line in closing("512000", "A")]
    lines = [*sale("1", "20250115", "FA-1", "120,00", "A"), *(named(row, name, label) for row in money)]
    reading = read(tmp_path, *lines)
    assert (paid(reading), reasons(reading)) == ([(12000, ("FA-1",))], [])


@pytest.mark.parametrize(
    ("journal", "name"), [("AN", "Journal"), ("RAN", "Journal"), ("OD", "À nouveaux"), ("X", "REPORT A-NOUVEAU")]
)
def test_an_opening_entry_of_the_whole_balance_sheet_brings_the_invoices_of_the_year_before(
    journal: str, name: str, tmp_path: Path
) -> None:
    old = line(journal, "1", "20250101", "411000", "50,00", "0,00", "FA-0").replace(
        "FA-0\t20250101", "FA-0\t20241210", 1
    )
    rest = [
        line(journal, "1", "20250101", "512000", "70,00", "0,00"), line(journal, "1", "20250101", "101000", "0,00", "120,00"),
    ]  # fmt: skip
    reading = read(tmp_path, *(named(row, name) for row in (old, *rest)))
    assert (documents(reading), reasons(reading)) == ([("FA-0", "invoice", 5000)], [])


def test_telling_whether_a_file_is_a_fec_reads_its_head_alone(tmp_path: Path) -> None:
    path = tmp_path / "fec.txt"
    path.write_bytes(HEAD.encode() + b"\n" + bytes(8_000_000))
    tracemalloc.start()
    try:
        found, (_, most) = is_fec(path), tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (found, most < 1_000_000) == (True, True)


def test_a_line_whose_text_holds_the_delimiter_is_told_and_never_read_by_wrong_columns(tmp_path: Path) -> None:
    good = sale("1", "20250115", "FA-1", "1200,00")
    reading = read(
        tmp_path, good[0].replace("Écriture", "Écriture\t"), good[1], *sale("2", "20250115", "FA-2", "80,00")
    )
    assert [(one.number, one.kind, one.total) for one in reading.invoices.records] == [("FA-2", "invoice", 8000)]
    told = "The line has 19 cells where the header has 18: a text may hold the delimiter, and its amounts may stand in wrong columns."
    assert reasons(reading) == [(2, told)]


def test_a_line_may_leave_its_last_empty_cells_away(tmp_path: Path) -> None:
    reading = read(tmp_path, *(each.rstrip("\t") for each in sale("1", "20250115", "FA-1", "1200,00")))
    assert [(one.number, one.total) for one in reading.invoices.records] == [("FA-1", 120000)]
    assert reasons(reading) == []


def test_quotes_in_texts_are_signs_like_others(tmp_path: Path) -> None:
    lines = [*sale("1", "20250115", "FA-1", "1200,00"), *sale("2", "20250115", "FA-2", "80,00")]
    lines[0], lines[3] = lines[0].replace("Écriture", '"Le Coin'), lines[3].replace("Écriture", 'du Bois"')
    reading = read(tmp_path, *lines)
    assert [(one.number, one.total) for one in reading.invoices.records] == [("FA-1", 120000), ("FA-2", 8000)]
    assert reasons(reading) == []


def test_an_amount_that_may_have_thousands_is_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, *sale("1", "20250115", "FA-1", "1.200"))
    told = "“1.200” may be thousands or decimals; the law wants neither points nor blanks in thousands."
    assert (reading.invoices.records, reasons(reading)) == ((), [(2, told), (3, told)])


def test_an_invoice_lettered_with_a_payment_less_discount_is_never_asked_for_whole(tmp_path: Path) -> None:
    lines = [
        *sale("1", "20250115", "FA-1", "1200,00", "AA"),
        line("BQ", "2", "20250201", "512000", "1176,00", "0,00"), line("BQ", "2", "20250201", "665000", "20,00", "0,00"),
        line("BQ", "2", "20250201", "445710", "4,00", "0,00"),
        line("BQ", "2", "20250201", "411000", "0,00", "1200,00", "VIR", "AA"),
    ]  # fmt: skip
    reading = read(tmp_path, *lines)
    told = "FA-1 was closed on 2025-02-01 by several accounts; which of them closed it cannot be told, so a person must say."
    assert (reading.invoices.records, reading.payments, reasons(reading)) == ((), (), [(7, told)])
    assert [(one.kind, one.amount, one.invoices) for one in reading.closings] == [
        ("several accounts", 120000, ("FA-1",))
    ]


def test_an_invoice_whose_payment_came_back_is_not_paid_by_its_lettering(tmp_path: Path) -> None:
    lines = [
        *sale("1", "20250115", "FA-1", "1200,00", "AA"),
        line("BQ", "2", "20250201", "512000", "1200,00", "0,00"),
        line("BQ", "2", "20250201", "411000", "0,00", "1200,00", "PRLV", "AA"),
        line("BQ", "3", "20250210", "411000", "1200,00", "0,00", "IMP", "AA"),
        line("BQ", "3", "20250210", "512000", "0,00", "1200,00"),
    ]
    reading = read(tmp_path, *lines)
    told = "FA-1 was debited again on 2025-02-10 by no sale (money that came back, a refund); a person must say what is open."
    assert (reading.invoices.records, reading.payments, reasons(reading)) == ((), (), [(6, told)])


def test_the_words_of_a_long_ledger_are_kept_once(tmp_path: Path) -> None:
    path = tmp_path / "f.txt"
    rows = (row for number in range(10_000) for row in sale(str(number), "20250115", f"FA-{number}", "1200,00"))
    path.write_text("\n".join((HEAD, *rows)), encoding="utf-8")
    tracemalloc.start()
    try:
        found, (held, _) = list(fec_lines(path, [])), tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (len(found), held < 20_000 * 450) == (20_000, True)
