"""Invented bank messages, written by hand in each format."""

from pathlib import Path
from typing import Any

from policies.payment_record import PaymentRecord
from tasks.invoice_mapping import Mapping, load_mapping
from tasks.read_money import read_money
from tasks.reading import Reading

OURS, DUPONT = "FR7630004000031234567890143", "FR7610107001011234567890129"
ROOTS = {
    "052": ("BkToCstmrAcctRpt", "Rpt"),
    "053": ("BkToCstmrStmt", "Stmt"),
    "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn"),
}


def read(path: Path, content: str | bytes, name: str = "file.txt") -> Reading[PaymentRecord]:
    """The file of this content, read as a person's import reads it."""
    place = path / name
    place.write_bytes(content.encode() if isinstance(content, str) else content)
    return again(place)


def again(place: Path) -> Reading[PaymentRecord]:
    """A file that lies there already, read as a person's import reads it."""
    mapping = load_mapping("relance-payments")
    assert isinstance(mapping, Mapping)
    return read_money(place, mapping)


def told(reading: Reading[PaymentRecord]) -> list[str]:
    """The problems as a person reads them."""
    return [str(problem) for problem in reading.problems]


def said(reading: Reading[PaymentRecord], *names: str) -> list[tuple[Any, ...]]:
    """Some fields of every record."""
    assert not reading.refused, told(reading)
    return [tuple(record.shown()[name] for name in names) for record in reading.records]


def camt(*entries: str, kind: str = "053", version: str = "02", before: str = "", header: str = "") -> str:
    """A message with one statement of our account."""
    root, statement = ROOTS[kind]
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}">'
        f"<{root}><GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-02T18:00:00</CreDtTm>{header}</GrpHdr><{statement}><Id>S1</Id>"
        f"<Acct><Id><IBAN>{OURS}</IBAN></Id><Ccy>EUR</Ccy></Acct>{before}{''.join(entries)}</{statement}></{root}></Document>"
    )


def balance(kind: str, amount: str, side: str = "CRDT", day: str = "2026-03-02") -> str:
    """A balance of a CAMT statement."""
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(
    amount: str, details: str = "", *, side: str = "CRDT", status: str = "<Sts>BOOK</Sts>", currency: str = "EUR",
    days: str = "<BookgDt><Dt>2026-03-02</Dt></BookgDt><ValDt><Dt>2026-03-03</Dt></ValDt>", more: str = "",
) -> str:  # fmt: skip
    """An entry of a CAMT statement; `more` stands before its details."""
    inside = f"<NtryDtls>{details}</NtryDtls>" if details else ""
    return f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{side}</CdtDbtInd>{status}{days}{more}{inside}</Ntry>'


def transaction(
    end_to_end: str = "NOTPROVIDED", *, amount: str = "", debtor: str = "", creditor: str = "", says: str = "", more: str = "",
    references: str = "",
) -> str:  # fmt: skip
    """A transaction of an entry, as versions 02 to 07 write it."""
    own = f'<AmtDtls><TxAmt><Amt Ccy="EUR">{amount}</Amt></TxAmt></AmtDtls>' if amount else ""
    parties = "".join(
        f"<{side}><Nm>{name}</Nm></{side}><{side}Acct><Id><IBAN>{iban}</IBAN></Id></{side}Acct>"
        for side, name, iban in (
            ("Dbtr", debtor, OURS if debtor == "Atelier Nord" else DUPONT),
            ("Cdtr", creditor, OURS if creditor == "Atelier Nord" else DUPONT),
        )
        if name
    )
    remittance = f"<RmtInf><Ustrd>{says}</Ustrd></RmtInf>" if says else ""
    return (
        f"<TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId>{references}</Refs>{own}<RltdPties>{parties}</RltdPties>"
        f"{remittance}{more}</TxDtls>"
    )
