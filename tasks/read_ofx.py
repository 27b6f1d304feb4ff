"""Statements in OFX: SGML (1.x, where values have no end tag) and XML (2.x), and Quicken's .qfx, which is the same.

Source: Open Financial Exchange, specification 1.6 and 2.3, sections 3.2 (dates and amounts) and 11.4 (statements).
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from policies.money import digits
from policies.payment_record import PaymentRecord
from policies.problems import Problem
from tasks.bank_statement import MOST_LINES, Balance, Statement
from tasks.bank_text import bank_text
from tasks.bank_values import currency_code, minor_units, real_day
from tasks.cell_values import Unreadable
from tasks.mt940_details import is_iban
from tasks.read_csv import FileRefused

_TOKEN = re.compile(r"<(/?)([A-Za-z0-9._]+)\s*/?>([^<]*)")
_CDATA = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_AMOUNT = re.compile(r"([+-]?)(?=[.,]?\d)(\d*)(?:[.,](\d*))?")
_STATEMENTS, _MOVEMENTS = frozenset({"STMTRS", "CCSTMTRS"}), frozenset({"STMTTRN", "STMTTRNP"})
_GROUPS = frozenset(
    {"BANKACCTFROM", "CCACCTFROM", "LEDGERBAL", "BANKACCTTO", "CCACCTTO", "PAYEE", "CURRENCY", "ORIGCURRENCY"}
)


@dataclass(slots=True)
class OfxFile:
    """What the file says; `problems` refuse it, `notes` do not."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_ofx(path: Path) -> OfxFile:
    """Every statement of accounts and cards with its lines. Raises FileRefused.

    A day is the one written, in the bank's own time zone. The bank's id of a movement (FITID) tells it from others.
    """
    content = bank_text(path)
    if "<!DOCTYPE" in content[:10_000].upper() or "<!ENTITY" in content[:10_000].upper():
        reason = "The file declares a DOCTYPE, which no statement needs and attacks do; it is not read."
        raise FileRefused(Problem(path.name, 1, "", reason))
    reader = _Reader(path.name)
    for line, is_end, name, value in _tokens(content):
        reader.take(line, is_end, name, value)
    reader.finish(content.count("\n") + 1)
    return reader.file


def _tokens(content: str) -> Iterator[tuple[int, bool, str, str]]:
    line, place = 1, 0
    if "<![CDATA[" in content:
        content = _CDATA.sub(lambda match: html.escape(match[1], quote=False), content)
    for match in _TOKEN.finditer(content):
        line += content.count("\n", place, match.start())
        place = match.start()
        yield line, bool(match[1]), match[2].upper(), html.unescape(match[3]).strip()


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.file, self.read = source, OfxFile(), 0
        self.statement: Statement | None = None
        self.currency = ""
        self.values: dict[str, str] = {}
        self.movement_at = 0
        self.group: str = ""
        self.kind = ""

    def take(self, line: int, is_end: bool, name: str, value: str) -> None:
        """One tag, in the file's order."""
        if name in _STATEMENTS:
            self._statement(line, is_end)
        elif name in _MOVEMENTS:
            self._movement(line, is_end, name)
        elif name in _GROUPS:
            self.group = "" if is_end else name
            if is_end and name == "LEDGERBAL":
                self._balance(line)
        elif self.statement is not None and value and not is_end:
            self._value(f"{self.group}.{name}" if self.group else name, value)

    def finish(self, line: int) -> None:
        """The end of the file: nothing may stay open, something must have been there."""
        if self.statement is not None:
            self._wrong(line, "", "The file ends inside a statement: it is cut off; fetch it again.")
        elif not self.file.statements and not self.file.problems:
            self._wrong(None, "", "The file holds no statement of an account (STMTRS or CCSTMTRS).")

    def _statement(self, line: int, is_end: bool) -> None:
        self._must_have_ended()
        if is_end:
            if self.statement is not None and not self.statement.account:
                self._wrong(self.statement.place, "ACCTID", "The statement names no account.")
            self.statement, self.values = None, {}
        else:
            self.statement = Statement(f"#{len(self.file.statements) + 1}", "", line)
            self.file.statements.append(self.statement)
            self.values, self.currency, self.movement_at = {}, "", 0

    def _movement(self, line: int, is_end: bool, name: str) -> None:
        if self.statement is None:
            self._left_out(line)
            return
        if is_end:
            try:
                self.statement.lines.append(_line(self.values, self.currency, self.statement, self.movement_at, name))
            except Unreadable as error:
                self._wrong(self.movement_at, "STMTTRN", str(error))
            self.movement_at = 0
            self.read += 1
            if self.read > MOST_LINES:
                reason = f"The file holds more than {MOST_LINES} movements; export a shorter period."
                raise FileRefused(Problem(self.source, line, "", reason))
        else:
            self._must_have_ended()
            self.values, self.movement_at, self.group = {}, line, ""

    def _left_out(self, line: int) -> None:
        """Cash movements of investments stand outside the statements of accounts; the first is told."""
        if not self.file.notes:
            reason = "Movements outside a statement of an account or card (of investments, say) are left out."
            self.file.notes.append(Problem(self.source, line, "STMTTRN", reason))

    def _must_have_ended(self) -> None:
        """A movement without its end tag would vanish behind the next one."""
        if self.movement_at:
            self._wrong(self.movement_at, "STMTTRN", "The movement has no end (</STMTTRN>); fetch the file again.")
            self.movement_at = 0

    def _value(self, name: str, value: str) -> None:
        statement = self.statement
        assert statement is not None
        if name == "CURDEF":
            self.currency = value.upper()
        elif name in {"BANKACCTFROM.ACCTID", "CCACCTFROM.ACCTID"} and not self.movement_at:
            statement.account = value
        else:
            self.values.setdefault(name, value)

    def _balance(self, line: int) -> None:
        statement = self.statement
        if statement is None or "LEDGERBAL.BALAMT" not in self.values:
            return
        try:
            amount, currency = _signed(self.values["LEDGERBAL.BALAMT"], self.currency), currency_code(self.currency)
            statement.closing = Balance(amount, currency, _day(self.values.get("LEDGERBAL.DTASOF", "")))
        except Unreadable as error:
            self._wrong(line, "LEDGERBAL", str(error))

    def _wrong(self, line: int | None, where: str, reason: str) -> None:
        self.file.problems.append(Problem(self.source, line, where, reason))


def _line(values: Mapping[str, str], currency: str, statement: Statement, line: int, kind: str) -> PaymentRecord:
    if "CORRECTFITID" in values:
        raise Unreadable("The movement corrects an earlier one; ask the bank for a file without corrections.")
    booked = _day(values.get("DTPOSTED") or values.get("DTTRAN", ""))
    code = currency_code(values.get("CURRENCY.CURSYM", currency) or "")
    account = values.get("BANKACCTTO.ACCTID", "").replace(" ", "")
    return PaymentRecord(
        account=statement.account, booked=booked, value_date=_day(values["DTAVAIL"]) if "DTAVAIL" in values else booked,
        amount=_signed(values.get("TRNAMT", ""), code), currency=code,
        reference=values.get("REFNUM", "") or values.get("CHECKNUM", ""), end_to_end_id="",
        counterparty=values.get("EXTDNAME", "") or values.get("NAME", "") or values.get("PAYEE.NAME", ""),
        iban=account if is_iban(account) else "", text=values.get("MEMO", ""), return_reason="", invoices=(),
        line=line, bank_reference=values.get("FITID", ""), is_pending=kind == "STMTTRNP", statement=statement.id,
    )  # fmt: skip


def _signed(text: str, currency: str) -> int:
    """`-12.50` or `-12,50`; the standard has no sign between thousands."""
    match = _AMOUNT.fullmatch(text)
    if match is None:
        raise Unreadable(f"“{text[:40]}” is not an amount.")
    code, part = currency_code(currency), match[3] or ""
    if len(part) == 3 and digits(code) != 3:
        raise Unreadable(f"“{text}” may be thousands or decimals; {code} has {digits(code)} decimals.")
    amount = minor_units(f"{match[2] or 0}.{part}", code)
    return -amount if match[1] == "-" else amount


def _day(text: str) -> date:
    if not text[:8].isdigit() or len(text) < 8:
        raise Unreadable(f"“{text[:40]}” is not a day YYYYMMDD.")
    return real_day(text[:4], text[4:6], text[6:8], text)
