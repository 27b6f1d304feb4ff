"""Tables of banks: what a column of debits and one of credits say together."""

from pathlib import Path

from policies.payment_record import PaymentRecord
from tasks.cell_values import DateOrder, Numerals
from tasks.invoice_mapping import Layout, Mapping, RecordKind
from tasks.read_payments import read_payments
from tasks.reading import Reading

COLUMNS = {"booked": "Date", "text": "Label", "debit": "Debit", "credit": "Credit"}
BANK = Mapping(
    "bank", "A bank", "utf-8", ";", DateOrder.DMY, Numerals(",", " "),
    {RecordKind.PAYMENTS: Layout(COLUMNS, constants={"currency": "EUR"})},
)  # fmt: skip


def read(folder: Path, *rows: str) -> Reading[PaymentRecord]:
    path = folder / "bank.csv"
    path.write_text("\n".join(("Date;Label;Debit;Credit", *rows)), encoding="utf-8")
    return read_payments(path, BANK)


def amounts(reading: Reading[PaymentRecord]) -> list[int]:
    return [one.amount for one in reading.records]


def test_what_leaves_stands_in_the_column_of_debits_with_a_minus_or_without(tmp_path: Path) -> None:
    plain, signed = (
        ["13/02/2026;Rent;50,00;", "14/02/2026;In;0,00;20,00"],
        ["13/02/2026;Rent;-50,00;", "14/02/2026;In;;20,00"],
    )
    assert [amounts(read(tmp_path, *rows)) for rows in (plain, signed)] == [[-5000, 2000], [-5000, 2000]]


def test_a_reversed_credit_has_a_minus_among_the_credits(tmp_path: Path) -> None:
    assert amounts(read(tmp_path, "13/02/2026;Rent;50,00;", "14/02/2026;Reversal;;-20,00")) == [-5000, -2000]


def test_debits_with_a_minus_beside_debits_without_refuse_the_file(tmp_path: Path) -> None:
    reading = read(tmp_path, "13/02/2026;Rent;-50,00;", "14/02/2026;In;;20,00", "15/02/2026;Rent back;50,00;")
    told = (
        "bank.csv:4: Debit: The column of debits holds “50,00” and “-50,00”: one of them left the account and one came back, "
        "and the file does not say which. Nothing was imported: export it with one signed amount."
    )
    assert (reading.refused, reading.records, [str(one) for one in reading.problems]) == (True, (), [told])


def test_a_row_with_a_debit_and_a_credit_is_a_problem(tmp_path: Path) -> None:
    reading = read(tmp_path, "13/02/2026;Both;10,00;20,00", "14/02/2026;In;;20,00")
    told = "bank.csv:2: Debit: Debit and credit both hold an amount: which of them moved is not said."
    assert (amounts(reading), [str(one) for one in reading.problems]) == ([2000], [told])


def test_an_amount_may_carry_its_sign_as_bookkeepers_write_it(tmp_path: Path) -> None:
    american = Mapping(
        "us", "A bank", "utf-8", ";", DateOrder.MDY, Numerals(".", ","),
        {RecordKind.PAYMENTS: Layout({"booked": "Date", "amount": "Amount"}, constants={"currency": "USD"})},
    )  # fmt: skip
    path = tmp_path / "us.csv"
    texts = [
        "$1,250.75",
        "($50.00)",
        "-$3.00",
        "(2.00)",
        "4.00-",
        "5.00+",
        "\u22126.00",
        "USD 7.00",
        "C$8.00",
        "(-9.00)",
        "€1.00",
    ]
    path.write_text("\n".join(("Date;Amount", *(f"02/13/2026;{text}" for text in texts))), encoding="utf-8")
    reading = read_payments(path, american)
    assert amounts(reading) == [125075, -5000, -300, -200, -400, 500, -600, 700]
    assert [one.line for one in reading.problems] == [10, 11, 12]
