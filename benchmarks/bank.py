"""A statement of 100,000 entries against 100,000 open invoices: read, told from what is known, matched, booked; then the
same again as an overlapping file."""

import asyncio
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from benchmarks.own_database import own_database

Say = Callable[[str], None]
ENTRIES, SEED = 100_000, 20260302
FIRST = date(2026, 1, 5)
LIMIT = 60.0
"""Seconds for reading, matching and booking the statement together."""
MOST_MEGABYTES = 1_000
NOW = datetime(2026, 3, 3, 9, tzinfo=UTC)

CUSTOMERS = 20_000
_DEBTORS = text(
    "INSERT INTO customer (creditor_id, number, name, kind, country) "
    "SELECT :creditor, 'C' || n, 'Client ' || n || ' SARL', 'business', 'FR' FROM generate_series(0, :count - 1) n"
)
_INVOICES = text(
    "INSERT INTO invoice (creditor_id, source, number, kind, customer_id, issued, due, currency, total) "
    "SELECT :creditor, 'bench', 'FA-2026-' || lpad(n::text, 6, '0'), 'invoice', d.id, DATE '2025-12-01', "
    "DATE '2025-12-31', 'EUR', 1000 + (n::bigint * 7919) % 499000 FROM generate_series(0, :count - 1) n "
    "JOIN customer d ON d.number = 'C' || (n % :customers)"
)

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId>'
    "<CreDtTm>2026-03-02T18:00:00</CreDtTm></GrpHdr>\n<Stmt><Id>S1</Id><Acct><Id><IBAN>FR7630004000031234567890143</IBAN>"
    "</Id><Ccy>EUR</Ccy></Acct>{opening}{closing}\n"
)
_BALANCE = (
    '<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
    "<Dt><Dt>{day}</Dt></Dt></Bal>"
)
_ENTRY = (
    '<Ntry><NtryRef>{n}</NtryRef><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
    "<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>{servicer}"
    "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
    "<NtryDtls><TxDtls><Refs><EndToEndId>{end}</EndToEndId></Refs>"
    "<RltdPties><Dbtr><Pty><Nm>Client {who} SARL</Nm><PstlAdr><Ctry>FR</Ctry></PstlAdr></Pty></Dbtr>"
    "<DbtrAcct><Id><IBAN>FR76300040000{who:014d}</IBAN></Id></DbtrAcct></RltdPties>"
    "<RltdAgts><DbtrAgt><FinInstnId><BICFI>BNPAFRPPXXX</BICFI></FinInstnId></DbtrAgt></RltdAgts>"
    "<RmtInf><Ustrd>{text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>\n"
)


def run(say: Say) -> dict[str, Any]:
    """The statement goes in once in full, and a second time without changing anything."""
    with own_database() as (_, folder):
        statement = folder / "statement.xml"
        write_statement(statement)
        say(f"{ENTRIES} entries written, {statement.stat().st_size // 1_000_000} MB")
        return asyncio.run(_measured(statement, say))


def write_statement(path: Path, entries: int = ENTRIES) -> None:
    """A CAMT.053 by the seed: half the entries have a bank reference, a fifth an end-to-end id of the payer's; seven in ten
    pay an invoice they name, one in ten pays half of it, the others name none, many of them with one amount."""
    amounts, lines = [], []
    for amount, line in _entries(entries):
        amounts.append(amount)
        lines.append(line)
    last = FIRST + timedelta(days=50)
    balances = [
        _BALANCE.format(kind=kind, amount=_plain(amount), day=day)
        for kind, amount, day in (("OPBD", 1_000_00, FIRST), ("CLBD", 1_000_00 + sum(amounts), last))
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD.format(opening=balances[0], closing=balances[1]))
        file.writelines(lines)
        file.write("</Stmt></BkToCstmrStmt></Document>\n")


def _entries(entries: int) -> Iterator[tuple[int, str]]:
    dice = random.Random(SEED)  # a seeded sample, nothing secret
    for n in range(entries):
        habit, whole = dice.random(), 1_000 + n * 7_919 % 499_000
        amount = (
            whole
            if habit < 0.7
            else whole // 2
            if habit < 0.8
            else 12_000
            if habit < 0.9
            else dice.randint(1_000, 5_000_00)
        )
        words = f"FACTURE FA-2026-{n:06d}" if habit < 0.8 else "VOTRE FACTURE MERCI"
        yield amount, _ENTRY.format(
            n=n, amount=_plain(amount), day=FIRST + timedelta(days=n * 50 // entries),
            servicer=f"<AcctSvcrRef>B{n:09d}</AcctSvcrRef>" if dice.random() < 0.5 else "",
            end=f"E{n}" if dice.random() < 0.2 else "NOTPROVIDED", who=n % CUSTOMERS, text=words,
        )  # fmt: skip


def _plain(amount: int) -> str:
    return f"{amount // 100}.{amount % 100:02d}"


async def _measured(statement: Path, say: Say) -> dict[str, Any]:
    from storage import session
    from storage.creditor import ensure_creditor
    from storage.payments import book_payments
    from tasks.read_money import read_alone

    creditor = await ensure_creditor()
    async with session.transaction() as connection:
        await connection.execute(_DEBTORS, {"creditor": creditor.id, "count": CUSTOMERS})
        await connection.execute(_INVOICES, {"creditor": creditor.id, "count": ENTRIES, "customers": CUSTOMERS})
    began = time.monotonic()
    reading = read_alone(statement)
    read = round(time.monotonic() - began, 1)
    assert reading is not None
    assert not reading.problems, reading.problems[:3]
    say(f"{len(reading.records)} lines read in {read} s")
    seconds = []
    for new in (ENTRIES, 0):
        began = time.monotonic()
        booked = await book_payments(reading.records, "bench", "sha", creditor.id, NOW)
        seconds.append(round(time.monotonic() - began, 1))
        assert booked.new == new, f"{booked.new} new"
        say(
            f"{booked.new} new, {booked.unchanged} unchanged, {booked.booked} booked, {booked.proposed} proposed, "
            f"{booked.unmatched} unmatched in {seconds[-1]} s"
        )
    await session.disconnect()
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // scale
    say(f"{megabytes} MB of memory at most")
    return {
        "entries": ENTRIES, "read_s": read, "booked_s": seconds[0], "again_s": seconds[1], "megabytes": megabytes,
        "limit_s": LIMIT, "limit_megabytes": MOST_MEGABYTES,
    }  # fmt: skip
