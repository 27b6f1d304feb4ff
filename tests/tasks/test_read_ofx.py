"""OFX in both of its spellings; QIF is refused."""

from pathlib import Path

import pytest

from tests.tasks.bank_messages import read, said, told

SGML = """OFXHEADER:100
DATA:OFXSGML
VERSION:102
ENCODING:USASCII
CHARSET:1252

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20260302</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR
<BANKACCTFROM><BANKID>30004<BRANCHID>00003<ACCTID>01234567890<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20260301<DTEND>20260302
%s
</BANKTRANLIST><LEDGERBAL><BALAMT>10,50<DTASOF>20260302</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
"""
ONE = "<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20260131235959[-5:EST]<TRNAMT>+1250.5<FITID>F1<NAME>DUPONT &amp; FILS<MEMO>FA-1</STMTTRN>"
XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<?OFX OFXHEADER="200" VERSION="211"?>\n<OFX><CREDITCARDMSGSRSV1><CCSTMTTRNRS>'
    "<CCSTMTRS><CURDEF>USD</CURDEF><CCACCTFROM><ACCTID>4111</ACCTID></CCACCTFROM><BANKTRANLIST><STMTTRN>"
    "<TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20260302120000.000[-8:PST]</DTPOSTED><DTAVAIL>20260304</DTAVAIL><TRNAMT>-12,25</TRNAMT>"
    "<FITID>F2</FITID><REFNUM>R-1</REFNUM><PAYEE><NAME>Fournisseur</NAME><CITY>Lyon</CITY></PAYEE><BANKACCTTO>"
    "<ACCTID>FR7610107001011234567890129</ACCTID></BANKACCTTO><MEMO><![CDATA[Papier < A4]]></MEMO></STMTTRN></BANKTRANLIST>"
    "<BANKTRANLISTP><STMTTRNP><TRNTYPE>CREDIT</TRNTYPE><DTTRAN>20260302</DTTRAN><TRNAMT>5</TRNAMT></STMTTRNP></BANKTRANLISTP>"
    "</CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>"
)


def test_values_without_end_tags(tmp_path: Path) -> None:
    names = ("account", "booked", "amount", "currency", "bank_reference", "counterparty", "text")
    reading = read(tmp_path, SGML % ONE, "file.qfx")
    assert said(reading, *names) == [("01234567890", "2026-01-31", "1250.50", "EUR", "F1", "DUPONT & FILS", "FA-1")]
    assert [str(day) for day in reading.through.values()] == ["2026-03-02"]


def test_xml_with_a_card_a_payee_and_an_announced_movement(tmp_path: Path) -> None:
    names = ("account", "booked", "value_date", "amount", "reference", "counterparty", "iban", "text", "is_pending")
    assert said(read(tmp_path, XML), *names) == [
        ("4111", "2026-03-02", "2026-03-04", "-12.25", "R-1", "Fournisseur", "FR7610107001011234567890129", "Papier < A4", False),
        ("4111", "2026-03-02", "2026-03-02", "5.00", "", "", "", "", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (ONE.replace("+1250.5", "1 250,50"), "“1 250,50” is not an amount."),
        (ONE.replace("+1250.5", "1,250"), "“1,250” may be thousands or decimals; EUR has 2 decimals."),
        (ONE.replace("+1250.5", "1,250.00"), "“1,250.00” is not an amount."),
        (ONE.replace("20260131235959[-5:EST]", "20260231"), "“20260231” is not a day."),
        (ONE.replace("20260131235959[-5:EST]", "31/01/2026"), "“31/01/2026” is not a day YYYYMMDD."),
        (ONE.replace("<FITID>", "<CORRECTFITID>F0<FITID>"),
         "The movement corrects an earlier one; ask the bank for a file without corrections."),
    ],
)  # fmt: skip
def test_a_wrong_movement_refuses_the_file(tmp_path: Path, wrong: str, reason: str) -> None:
    assert told(read(tmp_path, SGML % f"{ONE}\n{wrong}")) == [f"file.txt:12: STMTTRN: {reason}"]


def test_files_cut_off_empty_or_hostile_are_refused(tmp_path: Path) -> None:
    assert told(read(tmp_path, (SGML % ONE).partition("</BANKTRANLIST>")[0])) == [
        "file.txt:12: The file ends inside a statement: it is cut off; fetch it again."
    ]
    assert told(read(tmp_path, "<OFX><PROFMSGSRSV1></PROFMSGSRSV1></OFX>")) == [
        "file.txt: The file holds no statement of an account (STMTRS or CCSTMTRS)."
    ]
    assert told(read(tmp_path, f"<!DOCTYPE x [<!ENTITY a 'b'>]>{XML}")) == [
        "file.txt:1: The file declares a DOCTYPE, which no statement needs and attacks do; it is not read."
    ]


def test_qif_is_refused_because_it_does_not_say_what_it_means(tmp_path: Path) -> None:
    assert told(read(tmp_path, "!Type:Bank\nD3/4/26\nT-20.28\nPDUPONT\n^\n")) == [
        (
            "file.txt:1: This is QIF, which says neither its currency nor the order of day and month; ask the bank for CAMT, "
            "MT940 or OFX."
        )
    ]


def test_a_movement_without_its_end_never_vanishes_behind_the_next(tmp_path: Path) -> None:
    open_end = ONE.replace("</STMTTRN>", "")
    assert told(read(tmp_path, SGML % f"{open_end}\n{ONE}")) == [
        "file.txt:11: STMTTRN: The movement has no end (</STMTTRN>); fetch the file again."
    ]
    assert told(read(tmp_path, SGML % f"{ONE}\n{open_end}")) == [
        "file.txt:12: STMTTRN: The movement has no end (</STMTTRN>); fetch the file again."
    ]


def test_an_amount_below_one_may_stand_without_its_zero(tmp_path: Path) -> None:
    lines = "\n".join(ONE.replace("+1250.5", amount) for amount in ("-.50", ",5", "+.05"))
    assert said(read(tmp_path, SGML % lines), "amount") == [("-0.50",), ("0.50",), ("0.05",)]
    assert told(read(tmp_path, SGML % ONE.replace("+1250.5", "-."))) == ["file.txt:11: STMTTRN: “-.” is not an amount."]


def test_movements_of_an_investment_account_are_left_out_and_told(tmp_path: Path) -> None:
    fund = f"<INVSTMTRS><INVTRANLIST><INVBANKTRAN>{ONE}</INVBANKTRAN></INVTRANLIST></INVSTMTRS>"
    reading = read(tmp_path, (SGML % ONE).replace("</OFX>", f"{fund}</OFX>"))
    assert said(reading, "amount") == [("1250.50",)]
    assert told(reading) == [
        "file.txt:12: STMTTRN: Movements outside a statement of an account or card (of investments, say) are left out."
    ]
