"""Bank-to-customer messages of ISO 20022: CAMT.052 (intraday), 053 (statement) and 054 (notification)."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lxml import etree

from policies.problems import Problem
from storage.progress import progress
from tasks.bank_statement import MOST_LINES, Balance, Statement, balance_problems
from tasks.bank_values import currency_code, iso_day, minor_units
from tasks.camt_entry import INFORMATION, Entry, read_entry
from tasks.camt_totals import total_problems
from tasks.cell_values import Unreadable
from tasks.read_csv import FileRefused
from tasks.safe_xml import elements, local
from tasks.xml_paths import Paths, first, paths_of

ROOTS = frozenset({"BkToCstmrAcctRpt", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"})
"""The messages by their first element below `Document`."""
AGAIN = " #"
"""Stands before how often a statement was met in its file."""
NONE = "The message holds no statement, report or notification of an account."
TOLD_EVERY = 5_000
"""Movements between two words about how far the reading is."""
_READ = ("GrpHdr", "Acct", "Bal", "TxsSummry", "Ntry")
_STATEMENTS = frozenset({"Rpt", "Stmt", "Ntfctn"})
_NO = frozenset({"false", "0"})
_OPENING, _CLOSING = ("OPBD", "PRCD"), ("CLBD",)


@dataclass(slots=True)
class CamtFile:
    """What a file of CAMT messages says; `problems` refuse it, `notes` do not."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_camt(path: Path) -> CamtFile:
    """Every statement with its lines, checked against its own balances and sums. Raises FileRefused.

    Elements are read one at a time: a statement of a hundred thousand entries does not stand in memory as XML.
    """
    reader = _Reader(path.name)
    for element in elements(path, *_READ):
        reader.take(element)
    reader.finish()
    return reader.file


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.file = source, CamtFile()
        self.inside: etree._Element | None = None
        self.totals: Paths = {}
        self.is_whole = True
        self.read = 0

    def take(self, element: etree._Element) -> None:
        """One element of the message, in the file's order."""
        parent = element.getparent()
        inside = local(parent) if parent is not None else ""
        try:
            match local(element):
                case "GrpHdr":
                    self.is_whole = _is_whole(paths_of(element), "MsgPgntn")
                case "Acct" if inside in _STATEMENTS and parent is not None:
                    self._begin(paths_of(element), parent, element.sourceline)
                case "Bal" if inside in _STATEMENTS:
                    self._balance(paths_of(element), parent)
                case "TxsSummry" if inside in _STATEMENTS:
                    self._statement(parent)
                    self.totals = paths_of(element)
                case "Ntry" if inside in _STATEMENTS:
                    self._entry(element, parent)
        except Unreadable as error:
            self.file.problems.append(Problem(self.source, element.sourceline, local(element), str(error)))

    def finish(self) -> None:
        """The end of the statement: what it says of itself must agree."""
        if not self.file.statements and not self.file.problems:
            self.file.problems.append(Problem(self.source, None, "", NONE))
        if self.file.statements:
            statement, totals, self.totals = self.file.statements[-1], self.totals, {}
            self.file.problems += balance_problems(statement, self.source)
            try:
                self.file.problems += total_problems(statement, totals, self.source)
            except Unreadable as error:
                self.file.problems.append(Problem(self.source, statement.place, "TxsSummry", str(error)))

    def _begin(self, account: Paths, parent: etree._Element, line: int | None) -> None:
        if self.file.statements:
            self.finish()
        above = paths_of(parent, without="Acct")
        name = first(account, "Id/IBAN", "Id/Othr/Id", "Id/BBAN", "Id/PrtryAcct/Id", "Id/UPIC").replace(" ", "")
        if not name:
            raise Unreadable("The account has no number.")
        statement = Statement(self._own_name(first(above, "Id")), name, line, until=_until(above))
        goes_on = any(first(above, f"{name}/LastPgInd") in _NO for name in ("StmtPgntn", "RptPgntn"))
        statement.is_account_known = local(parent) != "Ntfctn" and not goes_on
        statement.is_whole = self.is_whole and _is_whole(above, "StmtPgntn") and _is_whole(above, "RptPgntn")
        self.inside = parent
        self.file.statements.append(statement)

    def _own_name(self, name: str) -> str:
        """The statement's id; the same statement again in the file is another one, whose lines are the same."""
        times = sum(1 for one in self.file.statements if one.id.partition(AGAIN)[0] == name)
        return f"{name}{AGAIN}{times + 1}" if times else name

    def _balance(self, paths: Paths, parent: etree._Element | None) -> None:
        kind, statement = first(paths, "Tp/CdOrPrtry/Cd"), self._statement(parent)
        if kind not in (*_OPENING, *_CLOSING):
            return
        balance = _balance(paths)
        if kind in _CLOSING:
            statement.closing = balance
        elif kind == _OPENING[0] or statement.opening is None:
            statement.opening = balance

    def _entry(self, element: etree._Element, parent: etree._Element | None) -> None:
        statement = self._statement(parent)
        entry: Entry = read_entry(element, statement.account, statement.id)
        statement.count(entry.amount, entry.currency, pending=entry.is_pending)
        if entry.status == INFORMATION:
            reason = "The bank lists this entry for information only; nothing was booked, and it is left out."
            self.file.notes.append(Problem(self.source, element.sourceline, "Ntry", reason))
            return
        statement.lines += entry.lines
        if (self.read + len(entry.lines)) // TOLD_EVERY > self.read // TOLD_EVERY:
            progress("movements read", self.read + len(entry.lines))
        self.read += len(entry.lines)
        if self.read > MOST_LINES:
            reason = f"The file holds more than {MOST_LINES} movements; export a shorter period."
            raise FileRefused(Problem(self.source, element.sourceline, "Ntry", reason))

    def _statement(self, parent: etree._Element | None) -> Statement:
        """The statement whose account stands in the same element; never the one before."""
        if parent is None or parent is not self.inside:
            raise Unreadable("It stands before any account, so nobody knows where it belongs.")
        return self.file.statements[-1]


def _balance(paths: Paths) -> Balance:
    currency = currency_code(first(paths, "Amt@Ccy"))
    amount = minor_units(first(paths, "Amt"), currency)
    day: date = iso_day(first(paths, "Dt/Dt", "Dt/DtTm"))
    side = first(paths, "CdtDbtInd")
    if side not in {"CRDT", "DBIT"} and amount:
        raise Unreadable("The balance says neither CRDT nor DBIT.")
    return Balance(-amount if side == "DBIT" else amount, currency, day)


def _until(paths: Paths) -> date | None:
    """The day of the statement's own end, where it names one."""
    text = first(paths, "FrToDt/ToDtTm", "FrToDt/ToDt")
    return iso_day(text) if text else None


def _is_whole(paths: Paths, name: str) -> bool:
    return first(paths, f"{name}/PgNb") in {"", "1"} and first(paths, f"{name}/LastPgInd") not in _NO
