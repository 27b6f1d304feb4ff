"""CAMT.052, 053 and 054 as banks of several countries write them."""

from datetime import date
from pathlib import Path

import pytest

from tests.tasks.bank_messages import DUPONT, OURS, balance, camt, entry, read, said, told, transaction


@pytest.mark.parametrize("kind", ["052", "053", "054"])
@pytest.mark.parametrize("version", ["01", "02", "04", "08", "13"])
def test_every_message_in_every_version_is_read(tmp_path: Path, kind: str, version: str) -> None:
    file = camt(entry("8.85", transaction("E1", debtor="Dupont SARL", says="FA-1")), kind=kind, version=version)
    assert said(
        read(tmp_path, file), "account", "booked", "value_date", "amount", "currency", "end_to_end_id", "text"
    ) == [(OURS, "2026-03-02", "2026-03-03", "8.85", "EUR", "E1", "FA-1")]


def test_status_and_parties_stand_deeper_from_version_eight(tmp_path: Path) -> None:
    details = (
        "<TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>Dupont SARL</Nm></Pty></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{DUPONT}</IBAN></Id></DbtrAcct></RltdPties></TxDtls>"
    )
    file = camt(entry("8.85", details, status="<Sts><Cd>PDNG</Cd></Sts>"), version="08")
    assert said(read(tmp_path, file), "counterparty", "iban", "is_pending") == [("Dupont SARL", DUPONT, True)]


def test_the_other_side_is_the_debtor_of_money_in_and_the_creditor_of_money_out(tmp_path: Path) -> None:
    both = transaction(debtor="Dupont SARL", creditor="Atelier Nord")
    back = transaction(debtor="Atelier Nord", creditor="Dupont SARL")
    file = camt(entry("5.00", both), entry("5.00", back, side="DBIT"))
    assert said(read(tmp_path, file), "amount", "counterparty", "iban") == [
        ("5.00", "Dupont SARL", DUPONT), ("-5.00", "Dupont SARL", DUPONT)
    ]  # fmt: skip


def test_the_party_behind_the_payer_is_named_where_the_payer_is_not(tmp_path: Path) -> None:
    details = "<TxDtls><RltdPties><UltmtDbtr><Nm>Filiale Sud</Nm></UltmtDbtr></RltdPties></TxDtls>"
    assert said(read(tmp_path, camt(entry("5.00", details))), "counterparty", "iban") == [("Filiale Sud", "")]


def test_our_own_name_is_never_the_other_side(tmp_path: Path) -> None:
    assert said(read(tmp_path, camt(entry("5.00", transaction(creditor="Dupont SARL")))), "counterparty") == [("",)]


def test_references_invoices_and_words_are_kept_apart(tmp_path: Path) -> None:
    details = (
        "<TxDtls><Refs><MndtId>RUM-7</MndtId><Prtry><Tp>Legal</Tp><Ref>100</Ref></Prtry></Refs><RmtInf>"
        "<Ustrd>Merci</Ustrd><Ustrd>Bien a vous</Ustrd><Strd><RfrdDocInf><Nb>FA-1</Nb></RfrdDocInf>"
        "<RfrdDocInf><Nb>FA-2</Nb></RfrdDocInf><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf>"
        "<AddtlRmtInf>mars</AddtlRmtInf></Strd></RmtInf></TxDtls>"
    )
    file = camt(entry("5.00", details, more="<AcctSvcrRef>B1</AcctSvcrRef>"))
    names = ("reference", "invoices", "text", "mandate", "bank_reference", "further_references")
    assert said(read(tmp_path, file), *names) == [
        ("RF18539007547034", ["FA-1", "FA-2"], "Merci Bien a vous mars", "RUM-7", "B1", ["100"])
    ]


def test_what_the_bank_adds_is_the_text_only_where_the_payer_wrote_none(tmp_path: Path) -> None:
    own = transaction(more="<AddtlTxInf>CLIENT 90782</AddtlTxInf>")
    file = camt(
        entry("5.00", own) + "", entry("6.00").replace("</Ntry>", "<AddtlNtryInf>VIREMENT</AddtlNtryInf></Ntry>")
    )
    assert said(read(tmp_path, file), "text") == [("CLIENT 90782",), ("VIREMENT",)]


def test_a_collective_entry_is_booked_by_its_parts_where_they_make_it_up(tmp_path: Path) -> None:
    parts = transaction("E1", amount="60.00", says="FA-1") + transaction("E2", amount="40.00", says="FA-2")
    file = camt(entry("100.00", "<Btch><NbOfTxs>2</NbOfTxs></Btch>" + parts, more="<AcctSvcrRef>B1</AcctSvcrRef>"))
    assert said(read(tmp_path, file), "amount", "end_to_end_id", "text", "batch", "bank_reference") == [
        ("60.00", "E1", "FA-1", "B1", ""), ("40.00", "E2", "FA-2", "B1", "")
    ]  # fmt: skip


def test_parts_with_own_sides_may_go_both_ways(tmp_path: Path) -> None:
    parts = "".join(
        f'<TxDtls><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd></TxDtls>'
        for amount, side in (("70.00", "CRDT"), ("20.00", "DBIT"))
    )
    assert said(read(tmp_path, camt(entry("50.00", parts))), "amount") == [("70.00",), ("-20.00",)]


@pytest.mark.parametrize("amounts", [("60.00", "39.99"), ("100.00", "")])
def test_otherwise_it_stays_one_line_with_all_references(tmp_path: Path, amounts: tuple[str, str]) -> None:
    parts = "".join(transaction(f"E{n}", amount=amount, says=f"FA-{n}") for n, amount in enumerate(amounts, 1))
    assert said(read(tmp_path, camt(entry("100.00", parts))), "amount", "end_to_end_id", "text") == [
        ("100.00", "E1; E2", "FA-1 FA-2")
    ]


def test_the_banks_fee_is_told_apart_from_the_amount_that_came(tmp_path: Path) -> None:
    fee = '<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">3.00</TtlChrgsAndTaxAmt></Chrgs>'
    old = '<Chrgs><Amt Ccy="EUR">1.00</Amt></Chrgs><Chrgs><Amt Ccy="EUR">2.00</Amt></Chrgs>'
    new = '<Chrgs><Rcrd><Amt Ccy="EUR">4.00</Amt></Rcrd></Chrgs>'
    file = camt(*(entry("97.00", transaction(amount="100.00"), more=more) for more in (fee, old, new)))
    assert said(read(tmp_path, file), "amount", "charges") == [("97.00", "3.00"), ("97.00", "3.00"), ("97.00", "4.00")]


def test_a_returned_collection_says_why_and_what_the_return_cost(tmp_path: Path) -> None:
    details = transaction(
        "E1",
        amount="564.05",
        debtor="Dupont SARL",
        creditor="Atelier Nord",
        more="<RtrInf><Rsn><Cd>AM04</Cd></Rsn></RtrInf>",
    )
    file = camt(entry("594.05", details, side="DBIT", status="<RvslInd>true</RvslInd><Sts>BOOK</Sts>"))
    assert said(read(tmp_path, file), "amount", "return_reason", "charges", "counterparty", "end_to_end_id") == [
        ("-594.05", "AM04", "30.00", "Dupont SARL", "E1")
    ]


@pytest.mark.parametrize("family", ["UPDD", "UPCT", "RRTN"])
def test_an_unpaid_collection_or_card_payment_is_a_return_also_without_a_reason(tmp_path: Path, family: str) -> None:
    code = f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>X</Cd><SubFmlyCd>{family}</SubFmlyCd></Fmly></Domn></BkTxCd>"
    words = "<RtrInf><AddtlInf>IMPAYE 31</AddtlInf></RtrInf>"
    file = camt(entry("5.00", transaction(more=words), side="DBIT", more=code), entry("5.00", transaction()))
    assert said(read(tmp_path, file), "return_reason", "text") == [("NARR", "IMPAYE 31"), ("", "")]


def test_days_may_have_a_time_and_one_may_be_missing(tmp_path: Path) -> None:
    file = camt(
        entry("1.00", days="<BookgDt><DtTm>2026-03-02T23:30:00+01:00</DtTm></BookgDt>"),
        entry("2.00", days="<ValDt><Dt>2026-03-04</Dt></ValDt>"),
    )
    assert said(read(tmp_path, file), "booked", "value_date") == [
        ("2026-03-02", "2026-03-02"), ("2026-03-04", "2026-03-04")
    ]  # fmt: skip


def test_opening_and_entries_must_make_the_closing_balance(tmp_path: Path) -> None:
    lines = (entry("30.00"), entry("10.00", side="DBIT"), entry("5.00", status="<Sts>PDNG</Sts>"))
    right = camt(*lines, before=balance("OPBD", "10.00", "DBIT") + balance("CLBD", "10.00"))
    wrong = camt(*lines, before=balance("PRCD", "10.00") + balance("CLBD", "31.00"))
    assert len(read(tmp_path, right).records) == 3
    assert told(read(tmp_path, wrong)) == [
        (
            f"file.txt:2: balance: Statement S1 of account {OURS} does not add up: opening 10.00 and entries 20.00 make 30.00 "
            "EUR, but the closing balance is 31.00. Entries are missing or damaged; fetch the file again."
        )
    ]


def test_balances_of_a_statement_in_several_messages_enclose_more_than_this_one(tmp_path: Path) -> None:
    pages = "<MsgPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></MsgPgntn>"
    file = camt(entry("1.00"), before=balance("OPBD", "0.00") + balance("CLBD", "9.00"), header=pages)
    assert len(read(tmp_path, file).records) == 1


def test_counts_and_sums_of_the_statement_must_be_those_of_its_entries(tmp_path: Path) -> None:
    totals = (
        "<TxsSummry><TtlNtries><NbOfNtries>3</NbOfNtries><Sum>40.00</Sum></TtlNtries><TtlCdtNtries><NbOfNtries>1</NbOfNtries>"
        "<Sum>31.00</Sum></TtlCdtNtries></TxsSummry>"
    )
    assert told(read(tmp_path, camt(entry("30.00"), entry("10.00", side="DBIT"), before=totals))) == [
        "file.txt:2: TtlNtries: The statement says it holds 3 entries (all), and holds 2; fetch it again.",
        (
            "file.txt:2: TtlCdtNtries: The statement says its entries (credit) come to 31.00 EUR, and they come to 30.00; "
            "fetch it again."
        ),
    ]


def test_one_bad_entry_refuses_the_file_and_every_bad_one_is_told(tmp_path: Path) -> None:
    file = camt(
        entry("1.005"), entry("1.00", side="WHAT"), entry("1.00", days=""), entry("1,00"), entry("100", currency="E"),
        entry("1.00", days="<BookgDt><Dt>2026-02-30</Dt></BookgDt>"), entry("7.00"),
    )  # fmt: skip
    reading = read(tmp_path, file)
    assert (reading.refused, reading.records) == (True, ())
    assert [one.reason for one in reading.problems] == [
        "“1.005” has more decimals than EUR has (2).",
        "The entry says neither CRDT nor DBIT, so nobody knows which way the money went.",
        "The entry says neither when it was booked nor its value date.",
        "“1,00” is not an amount with the decimal sign “.”.",
        "“E” is not a currency code of 3 letters.",
        "“2026-02-30” is not a day.",
    ]


def test_amounts_have_the_decimals_of_their_currency(tmp_path: Path) -> None:
    file = camt(entry("100", currency="JPY"), entry("1.250", currency="TND"), entry("8.50000"))
    assert said(read(tmp_path, file), "amount", "currency") == [("100", "JPY"), ("1.250", "TND"), ("8.50", "EUR")]


def test_an_entry_for_information_only_is_left_out_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, camt(entry("5.00", status="<Sts>INFO</Sts>"), entry("6.00")))
    assert (said(reading, "amount"), [one.field for one in reading.problems]) == ([("6.00",)], ["Ntry"])


def test_a_statement_says_how_far_its_account_is_known_and_a_notification_does_not(tmp_path: Path) -> None:
    whole = camt(before=balance("OPBD", "5.00") + balance("CLBD", "5.00", day="2026-03-06"))
    assert [str(day) for day in read(tmp_path, whole).through.values()] == ["2026-03-06"]
    assert read(tmp_path, camt(entry("5.00"), kind="054")).through == {}


def test_a_message_without_a_statement_and_another_message_are_refused(tmp_path: Path) -> None:
    empty = camt().replace("<Stmt>", "<!--").replace("</Stmt>", "-->")
    other = '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn/></Document>'
    assert told(read(tmp_path, empty)) == [
        "file.txt: The message holds no statement, report or notification of an account."
    ]
    assert told(read(tmp_path, other)) == [
        (
            "file.txt:1: This is no bank file we read: its message is “CstmrCdtTrfInitn”. Known are CAMT.052, 053, 054 and "
            "pain.002."
        )
    ]


def test_a_statement_without_an_account_is_never_that_of_the_account_before(tmp_path: Path) -> None:
    file = camt(entry("10.00")).replace("</Stmt>", f"</Stmt><Stmt><Id>S2</Id>{entry('99.00')}</Stmt>")
    assert told(read(tmp_path, file)) == [
        "file.txt:2: Ntry: It stands before any account, so nobody knows where it belongs."
    ]


def test_an_account_is_known_no_further_by_a_page_that_another_follows(tmp_path: Path) -> None:
    pages = "<StmtPgntn><PgNb>{}</PgNb><LastPgInd>{}</LastPgInd></StmtPgntn>"
    first, last = (
        camt(entry("1.00"), version="08", before=pages.format(*page)) for page in ((1, "false"), (2, "true"))
    )
    assert [read(tmp_path, file).through for file in (first, last)] == [{}, {OURS: date(2026, 3, 2)}]


def test_a_message_is_read_inside_the_envelope_it_travels_in(tmp_path: Path) -> None:
    message = camt(entry("10.00", transaction("E1", debtor="Dupont SARL"))).partition("\n")[2]
    header = '<AppHdr xmlns="urn:iso:std:iso:20022:tech:xsd:head.001.001.02"><Fr><FIId/></Fr><BizMsgIdr>B1</BizMsgIdr></AppHdr>'
    file = f'<Envelope xmlns="urn:swift:xsd:envelope">{header}{message}</Envelope>'
    assert said(read(tmp_path, file), "account", "amount", "end_to_end_id") == [(OURS, "10.00", "E1")]


def test_a_status_or_a_side_of_a_balance_that_is_not_said_is_never_taken_for_one(tmp_path: Path) -> None:
    opening = balance("OPBD", "5.00", side="").replace("<CdtDbtInd></CdtDbtInd>", "")
    file = camt(entry("1.00", status="<Sts><Prtry>Verbucht</Prtry></Sts>"), version="08", before=opening)
    assert told(read(tmp_path, file)) == [
        "file.txt:2: Bal: The balance says neither CRDT nor DBIT.",
        "file.txt:2: Ntry: The status “Verbucht” is none of BOOK, PDNG, FUTR, INFO: whether it was booked is not said.",
    ]


@pytest.mark.parametrize(
    ("more", "inside"),
    [
        ("", "<RtrInf><AddtlInf>Retoure</AddtlInf></RtrInf>"),
        ("<BkTxCd><Prtry><Cd>NRTI+109+00931</Cd><Issr>DK</Issr></Prtry></BkTxCd>", ""),
        ("<BkTxCd><Prtry><Cd>NDDT+159+00931</Cd><Issr>DK</Issr></Prtry></BkTxCd>", ""),
    ],
)
def test_a_return_is_one_also_where_only_its_group_or_the_banks_own_code_says_so(
    tmp_path: Path, more: str, inside: str
) -> None:
    file = camt(entry("10.00", transaction("E1", more=inside), side="DBIT", more=more))
    assert said(read(tmp_path, file), "amount", "end_to_end_id", "return_reason") == [("-10.00", "E1", "NARR")]
    plain = camt(
        entry("10.00", transaction("E1"), side="DBIT", more="<BkTxCd><Prtry><Cd>NDDT+105+00931</Cd></Prtry></BkTxCd>")
    )
    assert said(read(tmp_path, plain), "return_reason") == [("",)]


def test_the_parts_of_a_reversal_may_keep_the_side_of_what_they_take_back(tmp_path: Path) -> None:
    own = "<CdtDbtInd>CRDT</CdtDbtInd>"
    parts = "".join(transaction(name, amount=amount, more=own) for name, amount in (("E1", "10.00"), ("E2", "20.00")))
    file = camt(entry("30.00", parts, side="DBIT", more="<RvslInd>true</RvslInd>"))
    assert said(read(tmp_path, file), "amount", "end_to_end_id", "return_reason") == [
        ("-10.00", "E1", "NARR"), ("-20.00", "E2", "NARR")
    ]  # fmt: skip
