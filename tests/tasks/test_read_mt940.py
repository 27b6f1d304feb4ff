"""MT940 and MT942 in the dialects of several countries."""

from pathlib import Path

import pytest

from tests.tasks.bank_messages import read, said, told

HEAD = ":20:STMT\n:25:37040044/0532013000\n:28C:5/1\n:60F:C260302EUR100,00\n"


def message(*lines: str, closing: str = "", head: str = HEAD) -> str:
    return head + "\n".join(lines) + (f"\n:62F:{closing}" if closing else "") + "\n-\n"


def of(amount: str, details: str = "", mark: str = "C", rest: str = "NTRFNONREF") -> str:
    return f":61:2603020302{mark}{amount}{rest}" + (f"\n:86:{details}" if details else "")


def test_a_movement_has_its_days_amount_and_both_references(tmp_path: Path) -> None:
    file = message(":61:2603040302CR12,5NTRFFA-1//B77\nSupplement", closing="C260302EUR112,50")
    names = ("account", "booked", "value_date", "amount", "currency", "reference", "bank_reference", "text")
    assert said(read(tmp_path, file), *names) == [
        ("37040044/0532013000", "2026-03-02", "2026-03-04", "12.50", "EUR", "FA-1", "B77", "Supplement")
    ]


def test_a_reversed_credit_leaves_and_a_reversed_debit_comes_back(tmp_path: Path) -> None:
    file = message(of("10,", mark="RC"), of("3,", mark="RD"), closing="C260302EUR93,00")
    assert said(read(tmp_path, file), "amount", "return_reason") == [("-10.00", "NARR"), ("3.00", "NARR")]


def test_expected_movements_are_announced_and_count_for_no_balance(tmp_path: Path) -> None:
    file = message(of("10,", mark="EC"), of("3,", mark="C"), closing="C260302EUR103,00")
    assert said(read(tmp_path, file), "amount", "is_pending") == [("10.00", True), ("3.00", False)]


@pytest.mark.parametrize(
    ("dates", "booked", "value"),
    [
        ("2512310102", "2026-01-02", "2025-12-31"), ("2601021231", "2025-12-31", "2026-01-02"),
        ("260302", "2026-03-02", "2026-03-02"), ("2602300227", "2026-02-27", "2026-02-28"),
    ],
)  # fmt: skip
def test_the_booking_day_has_the_year_nearest_to_the_value_date(
    tmp_path: Path, dates: str, booked: str, value: str
) -> None:
    assert said(read(tmp_path, message(f":61:{dates}C1,NTRFX", closing="C260302EUR101,")), "booked", "value_date") == [
        (booked, value)
    ]


def test_german_fields_with_sepa_words_broken_at_their_width(tmp_path: Path) -> None:
    details = (
        "166?00SEPA-GUTSCHRIFT?20EREF+RE-2026-000000000000000?21000123?22KREF+K1?23SVWZ+Rechnung FA-2026-00412?246 vom 01.02."
        "?30COBADEFFXXX?31DE89370400440532013000?32Dupont?33 und Sohn GmbH"
    )
    names = ("end_to_end_id", "reference", "text", "iban", "counterparty")
    assert said(read(tmp_path, message(of("5,", details), closing="C260302EUR105,00")), *names) == [
        ("RE-2026-000000000000000000123", "K1", "Rechnung FA-2026-004126 vom 01.02.", "DE89370400440532013000",
         "Dupont und Sohn GmbH")
    ]  # fmt: skip


def test_a_german_return_has_its_reason_its_mandate_and_its_fee(tmp_path: Path) -> None:
    details = (
        "109?00RUECKLASTSCHRIFT?20EREF+E1?21MREF+RUM-7?22OAMT+EUR 50,00?23SVWZ+RETOURE AC04 KONTO?24 ERLOSCHEN?32DUPONT"
    )
    file = message(of("53,00", details, mark="D"), closing="C260302EUR47,00")
    assert said(read(tmp_path, file), "amount", "return_reason", "mandate", "charges", "end_to_end_id") == [
        ("-53.00", "AC04", "RUM-7", "3.00", "E1")
    ]


def test_a_reason_is_read_only_where_the_bank_says_it_is_a_return(tmp_path: Path) -> None:
    file = message(of("5,", "166?00GUTSCHRIFT?20SVWZ+ARTIKEL AC04?32DUPONT"), closing="C260302EUR105,00")
    assert said(read(tmp_path, file), "text", "return_reason") == [("ARTIKEL AC04", "")]


@pytest.mark.parametrize("sign", ["?", "<", ">", "~", "^"])
def test_polish_and_dutch_fields_have_other_signs(tmp_path: Path, sign: str) -> None:
    details = f"020{sign}00PRZELEW{sign}20FAKTURA 333/2026{sign}32HUTA SZKLA{sign}38PL61109010140000071219812874"
    assert said(
        read(tmp_path, message(of("5,", details), closing="C260302EUR105,")), "text", "counterparty", "iban"
    ) == [("FAKTURA 333/2026", "HUTA SZKLA", "PL61109010140000071219812874")]


def test_slashed_codes(tmp_path: Path) -> None:
    abn = "/TRTP/SEPA OVERBOEKING/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/Dupont BV/REMI/FA-1/EREF/NOTPROVIDED"
    ing = "/CNTP/NL91ABNA0417164300/ABNANL2A/Dupont BV/Delft//REMI/USTD//FA-2//EREF/E-9//"
    back = "/RTRN/MS03/BENM//NAME/Dupont BV/MARF/RUM-7/EREF/E1/REMI/FA-3"
    structured = "/EREF/E2//REMI/STRD/CUR/9000000000000001/NAME/Dupont BV"
    file = message(
        of("1,", abn), of("2,", ing), of("3,", back, mark="D"), of("4,", structured), closing="C260302EUR104,"
    )
    names = ("counterparty", "iban", "text", "end_to_end_id", "return_reason", "reference")
    assert said(read(tmp_path, file), *names) == [
        ("Dupont BV", "NL91ABNA0417164300", "FA-1", "", "", ""),
        ("Dupont BV", "NL91ABNA0417164300", "FA-2", "E-9", "", ""),
        ("Dupont BV", "", "FA-3", "E1", "MS03", ""),
        ("Dupont BV", "", "", "E2", "", "9000000000000001"),
    ]


def test_plain_text_over_several_lines_and_several_fields(tmp_path: Path) -> None:
    full = "GIRO VAN DUPONT BV TE DELFT INZAKE FACTUUR FA-2026-00000041 EN FA-20"
    file = message(
        of("1,", f"{full}26-00000042\nDANK"), of("2,", "BETALING\n:86:FA-7\n:86:DUPONT"), closing="C260302EUR103,"
    )
    assert said(read(tmp_path, file), "text") == [(f"{full}26-00000042DANK",), ("BETALING FA-7 DUPONT",)]


def test_an_envelope_of_the_bank_around_the_message_says_nothing(tmp_path: Path) -> None:
    swift = f"{{1:F01BANKFRPPAXXX}}{{2:I940}}{{4:\n{message(of('1,', 'FA-1'), closing='C260302EUR101,').replace(chr(10) + '-', '')}-}}"
    other = f"BANKNL2A\n940\nBANKNL2A\n{message(of('1,', 'FA-1'), closing='C260302EUR101,')}"
    for file in (swift, other, other.replace("\n", "\r\n")):
        assert said(read(tmp_path, file), "text") == [("FA-1",)]


def test_an_interim_report_has_its_currency_in_the_floor_limit(tmp_path: Path) -> None:
    file = ":20:I\n:25:37040044/0532013000\n:28C:1\n:34F:EUR0,\n:13D:2603021530+0100\n:61:260302C5,NTRFX//B1\n:86:FA-1\n-\n"
    assert said(read(tmp_path, file), "amount", "currency", "bank_reference") == [("5.00", "EUR", "B1")]


def test_every_statement_of_a_file_is_checked_and_all_that_is_wrong_is_told(tmp_path: Path) -> None:
    file = (
        message(of("1,"), closing="C260302EUR101,") + message(of("2,"), closing="C260302EUR101,")
        + message(":61:nonsense", closing="C260302EUR100,") + message(of("1,005"), closing="C260302EUR101,")
        + message(of("5,")) + ":20:X\n:28C:1\n"
    )  # fmt: skip
    assert [one.partition(" Entries are")[0] for one in told(read(tmp_path, file))] == [
        (
            "file.txt:9: balance: Statement 5/1 #2 of account 37040044/0532013000 does not add up: opening 100.00 and entries "
            "2.00 make 102.00 EUR, but the closing balance is 101.00."
        ),
        "file.txt:19: :61:: “nonsense” is no movement: it must begin with a value date, C or D, and an amount.",
        "file.txt:26: :61:: “1,005” has more decimals than EUR has (2).",
        "file.txt:29: The message has no closing balance (field 62): it is cut off; fetch the file again.",
        "file.txt:35: The message names no account (field 25): it is no whole statement.",
    ]


@pytest.mark.parametrize("amount", ["10.55", "1.000,00", "10,00,00", "1234567890123456"])
def test_an_amount_written_otherwise_than_the_standard_has_it_is_refused(tmp_path: Path, amount: str) -> None:
    file = message(f":61:260302C{amount}NTRFX", closing="C260302EUR100,")
    assert told(read(tmp_path, file))[0] == (
        f"file.txt:5: :61:: “{f'260302C{amount}NTRFX'}” is no movement: it must begin with a value date, C or D, and an amount."
    )


def test_a_movement_without_any_currency_is_refused(tmp_path: Path) -> None:
    file = ":20:I\n:25:1\n:61:260302C5,NTRFX\n-\n"
    assert told(read(tmp_path, file)) == [
        "file.txt:3: :61:: No balance names the currency of the account, so the amount says nothing."
    ]


def test_each_account_has_its_own_lines_also_where_one_field_20_stands_before_them_all(tmp_path: Path) -> None:
    one, other = (
        ":25:37040044/1\n:28C:1\n:34F:EUR0,\n:61:260302C5,NTRFX\n",
        ":25:37040044/2\n:28C:1\n:34F:EUR0,\n:61:260302C7,NTRFY\n",
    )
    for between in ("", "-\n"):
        found = said(read(tmp_path, f":20:I\n{one}{between}{other}-\n"), "account", "amount")
        assert found == [("37040044/1", "5.00"), ("37040044/2", "7.00")]


def test_a_field_behind_the_end_of_its_message_refuses_the_file(tmp_path: Path) -> None:
    file = ":20:I\n:25:37040044/1\n:28C:1\n:34F:EUR0,\n:61:260302C5,NTRFX\n:86:one\n-\n:61:260302C7,NTRFY\n-\n"
    assert told(read(tmp_path, file)) == [
        "file.txt: Line 8: a field stands behind the end of its message; fetch the file again."
    ]


def test_the_numbers_and_sums_of_an_interim_report_must_be_those_of_its_movements(tmp_path: Path) -> None:
    report = (
        ":20:I\n:25:37040044/1\n:28C:1\n:34F:EUR0,\n:61:260302C5,NTRFX\n:61:260302D2,NTRFY\n:90D:1EUR2,00\n:90C:{}\n-\n"
    )
    assert said(read(tmp_path, report.format("1EUR5,")), "amount") == [("5.00",), ("-2.00",)]
    assert told(read(tmp_path, report.format("2EUR8,50"))) == [
        "file.txt:8: :90C:: The report says it holds 2 movements (credit) of 8.50 EUR, and holds 1 of 5.00; fetch it again."
    ]


def test_a_returned_item_is_a_return_also_without_a_reason(tmp_path: Path) -> None:
    file = message(of("10,", "Storno", mark="D", rest="NRTIE2E1//B1"), closing="C260302EUR90,")
    assert said(read(tmp_path, file), "amount", "reference", "return_reason") == [("-10.00", "E2E1", "NARR")]


def test_a_line_of_three_figures_goes_on_with_what_the_payer_wrote(tmp_path: Path) -> None:
    file = message(of("1,", f"{'Rechnung FA-2026-00':>65}\n412"), closing="C260302EUR101,")
    assert said(read(tmp_path, file), "text") == [("Rechnung FA-2026-00412",)]


def test_a_file_in_utf_16_is_read_as_what_it_says(tmp_path: Path) -> None:
    file = message(of("1,", "Müller"), closing="C260302EUR101,").encode("utf-16")
    assert said(read(tmp_path, file), "text", "amount") == [("Müller", "1.00")]
    assert told(read(tmp_path, file + b"\x00")) == [
        "file.txt: The file begins as UTF-16 and is none further on; fetch it again."
    ]


@pytest.mark.parametrize("code", ["166", ""])
def test_a_field_that_is_full_ends_where_the_next_begins_with_a_word_of_its_own(tmp_path: Path, code: str) -> None:
    details = (
        f"{code}?00GUTSCHRIFT?20EREF+{'1234567890' * 2}12?21IBAN+DE89370400440532013000?22BIC+COBADEFFXXX?23SVWZ+Rechnung "
        "FA-2026-00?24412 OCMT+USD10,00?32Mustermann Maschinenbaugesel?33lschaft mbH"
    )
    names = ("end_to_end_id", "iban", "text", "counterparty")
    assert said(read(tmp_path, message(of("5,", details), closing="C260302EUR105,")), *names) == [
        (
            "1234567890123456789012",
            "DE89370400440532013000",
            "Rechnung FA-2026-00 412",
            "Mustermann Maschinenbaugesellschaft mbH",
        )
    ]


def test_codes_behind_a_movement_are_its_charges_and_no_text(tmp_path: Path) -> None:
    lines = [
        ":61:260302C9,50NTRFA\n/OCMT/EUR10,00/CHGS/EUR0,50/",
        ":61:260302C9,50NTRFB\n/CHGS/USD0,50/",
        ":61:260302C1,NTRFC\n/TRCD/00100/",
    ]
    reading = read(tmp_path, message(*lines, closing="C260302EUR120,"))
    assert said(reading, "amount", "charges", "text") == [
        ("9.50", "0.50", ""),
        ("9.50", "0.00", ""),
        ("1.00", "0.00", ""),
    ]
