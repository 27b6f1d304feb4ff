"""Rejected direct debits in pain.002, and why a payment came back in words."""

from pathlib import Path

import pytest

from tasks.return_words import ReturnReason, return_reason
from tests.tasks.bank_messages import DUPONT, OURS, read, said, told

_ORIGINAL = (
    '<OrgnlTxRef><Amt><InstdAmt Ccy="EUR">{amount}</InstdAmt></Amt><ReqdColltnDt>2026-03-05</ReqdColltnDt><MndtRltdInf>'
    "<MndtId>RUM-7</MndtId></MndtRltdInf><RmtInf><Ustrd>FA-1</Ustrd></RmtInf><Dbtr><Nm>Dupont SARL</Nm></Dbtr><DbtrAcct><Id>"
    f"<IBAN>{DUPONT}</IBAN></Id></DbtrAcct><CdtrAcct><Id><IBAN>{OURS}</IBAN></Id></CdtrAcct></OrgnlTxRef>"
)


def transaction(end_to_end: str, status: str = "RJCT", reason: str = "AC04", amount: str = "100.00") -> str:
    why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else ""
    state = f"<TxSts>{status}</TxSts>" if status else ""
    return (
        f"<TxInfAndSts><StsId>R{end_to_end}</StsId><OrgnlEndToEndId>{end_to_end}</OrgnlEndToEndId>{state}{why}"
        f"{_ORIGINAL.format(amount=amount)}</TxInfAndSts>"
    )


def report(
    *transactions: str, group: str = "", batch: str = "", original: str = "pain.008.001.02", version: str = "03"
) -> str:
    return (
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}"><CstmrPmtStsRpt><GrpHdr><MsgId>M1</MsgId>'
        "<CreDtTm>2026-03-04T09:00:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>O1</OrgnlMsgId>"
        f"<OrgnlMsgNmId>{original}</OrgnlMsgNmId>{group}</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>{batch}"
        f"{''.join(transactions)}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    )


@pytest.mark.parametrize("version", ["02", "03", "10", "14"])
def test_each_rejected_collection_is_money_that_goes_back(tmp_path: Path, version: str) -> None:
    file = report(transaction("E1"), transaction("E2", "ACCP"), transaction("E3", "PDNG"), version=version)
    names = (
        "account",
        "booked",
        "value_date",
        "amount",
        "end_to_end_id",
        "mandate",
        "counterparty",
        "iban",
        "return_reason",
    )
    assert said(read(tmp_path, file), *names) == [
        (OURS, "2026-03-04", "2026-03-05", "-100.00", "E1", "RUM-7", "Dupont SARL", DUPONT, "AC04")
    ]


def test_a_status_of_the_batch_or_the_file_holds_for_transactions_without_their_own(tmp_path: Path) -> None:
    rejected = "<PmtInfSts>RJCT</PmtInfSts>"
    file = report(transaction("E1", "", ""), transaction("E2", "ACSC"), batch=rejected)
    assert said(read(tmp_path, file), "end_to_end_id", "return_reason") == [("E1", "NARR")]
    whole = "<GrpSts>RJCT</GrpSts><StsRsnInf><Rsn><Cd>FF01</Cd></Rsn></StsRsnInf>"
    file = report(transaction("E1", "", ""), group=whole)
    assert said(read(tmp_path, file), "end_to_end_id", "return_reason") == [("E1", "FF01")]


def test_a_rejected_file_that_names_no_transaction_cannot_be_set_against_anything(tmp_path: Path) -> None:
    assert told(read(tmp_path, report(group="<GrpSts>RJCT</GrpSts>"))) == [
        "file.txt: GrpSts: The bank rejected the whole file and names no transaction; look up which collections it held."
    ]


BATCH = "<OrgnlPmtInfId>B1</OrgnlPmtInfId><OrgnlNbOfTxs>2</OrgnlNbOfTxs><PmtInfSts>RJCT</PmtInfSts>"


def test_the_reason_of_a_batch_is_that_of_its_transactions(tmp_path: Path) -> None:
    batch = f"{BATCH}<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>"
    file = report(transaction("E1", "", ""), transaction("E2", "", "MD01"), batch=batch)
    assert said(read(tmp_path, file), "end_to_end_id", "return_reason") == [("E1", "AC01"), ("E2", "MD01")]


def test_a_rejected_batch_that_does_not_name_all_it_held_refuses_the_file(tmp_path: Path) -> None:
    told_of = "look up which collections it held, and record them by hand."
    assert told(read(tmp_path, report(batch=BATCH))) == [
        f"file.txt:1: PmtInfSts: The bank rejected the whole batch B1 and names 0 of 2 transactions; {told_of}"
    ]
    assert told(read(tmp_path, report(transaction("E1", "", ""), batch=BATCH))) == [
        f"file.txt:1: PmtInfSts: The bank rejected the whole batch B1 and names 1 of 2 transactions; {told_of}"
    ]
    ours = read(tmp_path, report(batch=BATCH, original="pain.001.001.03"))
    assert (said(ours), told(ours)) == (
        [],
        ["file.txt:1: PmtInfSts: The bank rejected a batch of our transfers (B1); no customer's payment is touched."],
    )


def test_a_rejected_transfer_of_ours_touches_no_customer(tmp_path: Path) -> None:
    reading = read(tmp_path, report(transaction("E1"), original="pain.001.001.03"))
    assert (said(reading), [one.field for one in reading.problems]) == ([], ["TxInfAndSts"])


def test_a_rejection_without_its_amount_is_refused(tmp_path: Path) -> None:
    file = report(transaction("E1").replace("InstdAmt", "Other"))
    assert told(read(tmp_path, file)) == [
        "file.txt:1: TxInfAndSts: The rejected transaction does not say its amount (OrgnlTxRef/Amt/InstdAmt)."
    ]


def test_reasons_have_words_in_french_and_english_and_say_what_follows() -> None:
    assert return_reason("AM04", "fr") == ReturnReason("AM04", "Provision insuffisante", "retry")
    assert return_reason("am04", "en") == ReturnReason("AM04", "Not enough money on the account", "retry")
    assert [return_reason(code, "en").follows for code in ("AC04", "MD01", "MD07", "MS02")] == [
        "mandate", "mandate", "stay", "person"
    ]  # fmt: skip
    assert return_reason("X99", "fr") == ReturnReason("X99", "X99", "person")
