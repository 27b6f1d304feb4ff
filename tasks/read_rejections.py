"""Rejected direct debits in a payment status report (ISO 20022, pain.002, all versions): money that did not come."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from policies.payment_record import PaymentRecord
from policies.problems import Problem
from tasks.bank_statement import MOST_LINES, Statement
from tasks.bank_values import currency_code, iso_day, minor_units
from tasks.cell_values import Unreadable
from tasks.mt940_details import UNSTATED
from tasks.read_csv import FileRefused
from tasks.safe_xml import elements, local
from tasks.xml_paths import Paths, first, paths_of

ROOT = "CstmrPmtStsRpt"
_READ = ("GrpHdr", "OrgnlGrpInfAndSts", "PmtInfSts", "TxInfAndSts", "OrgnlPmtInfAndSts")
REJECTED = "RJCT"


@dataclass(slots=True)
class RejectionFile:
    """What the report says; `problems` refuse it, `notes` do not."""

    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_rejections(path: Path) -> RejectionFile:
    """Each rejected collection as money that goes back, with its reason. Raises FileRefused.

    The report is dated by its creation; the value date is the collection's own day, so that the payment it undoes is
    the one of that day. Accepted and pending transactions change nothing.
    """
    reader = _Reader(path.name)
    for element in elements(path, *_READ):
        try:
            reader.take(element)
        except Unreadable as error:
            reader.file.problems.append(Problem(path.name, element.sourceline, local(element), str(error)))
    reader.finish()
    return reader.file


@dataclass(slots=True)
class Batch:
    """What the report says of one batch of ours, as far as it is read; `told`: transactions named so far."""

    id: str = ""
    status: str = ""
    reason: str = ""
    held: int = 0
    told: int = 0

    def learn(self, element: etree._Element | None) -> None:
        """Note what stands in the batch's element beside its transactions, before it is forgotten."""
        if element is None or local(element) != "OrgnlPmtInfAndSts":
            return
        paths = paths_of(element, without="TxInfAndSts")
        self.id, self.status = self.id or first(paths, "OrgnlPmtInfId"), self.status or first(paths, "PmtInfSts")
        self.reason = self.reason or _reason(paths)
        count = first(paths, "OrgnlNbOfTxs")
        self.held = self.held or (int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 0)


class _Reader:
    def __init__(self, source: str) -> None:
        self.source, self.file = source, RejectionFile()
        self.created = self.message = self.original = self.group = ""
        self.group_reason = ""
        self.told = 0
        self.batch = Batch()

    def take(self, element: etree._Element) -> None:
        """One element of the report, in the file's order."""
        match local(element):
            case "GrpHdr":
                paths = paths_of(element)
                self.created, self.message = first(paths, "CreDtTm"), first(paths, "MsgId")
            case "OrgnlGrpInfAndSts":
                paths = paths_of(element)
                self.original, self.group = first(paths, "OrgnlMsgNmId"), first(paths, "GrpSts")
                self.group_reason = _reason(paths)
            case "PmtInfSts":
                self.batch.learn(element.getparent())
            case "TxInfAndSts":
                self.batch.learn(element.getparent())
                self._transaction(paths_of(element), element.sourceline)
            case "OrgnlPmtInfAndSts":
                self.batch.learn(element)
                self._end_of_batch(element.sourceline)
                self.batch = Batch()

    def _end_of_batch(self, line: int | None) -> None:
        """A rejected batch must name what it held: nobody could set the others against anything."""
        batch = self.batch
        if batch.status != REJECTED or batch.told >= max(batch.held, 1):
            return
        if self.original and not self._is_collection({}):
            reason = f"The bank rejected a batch of our transfers ({batch.id}); no customer's payment is touched."
            self.file.notes.append(Problem(self.source, line, "PmtInfSts", reason))
            return
        held = f" of {batch.held}" if batch.held else ""
        reason = (
            f"The bank rejected the whole batch {batch.id} and names {batch.told}{held} transactions; look up which "
            "collections it held, and record them by hand."
        )
        self.file.problems.append(Problem(self.source, line, "PmtInfSts", reason))

    def finish(self) -> None:
        """A rejection of a whole file that names no transaction cannot be set against anything."""
        if self.group == REJECTED and not self.told and not self.file.problems:
            reason = "The bank rejected the whole file and names no transaction; look up which collections it held."
            self.file.problems.append(Problem(self.source, None, "GrpSts", reason))

    def _transaction(self, paths: Paths, line: int | None) -> None:
        self.told += 1
        self.batch.told += 1
        if (first(paths, "TxSts") or self.batch.status or self.group) != REJECTED:
            return
        if not self._is_collection(paths):
            reason = "The bank rejected a transfer of ours; no customer's payment is touched, and it is left out."
            self.file.notes.append(Problem(self.source, line, "TxInfAndSts", reason))
            return
        record = self._record(paths, line or 0)
        if not self.file.statements:
            self.file.statements.append(Statement(self.message, record.account, None, is_account_known=False))
        self.file.statements[0].lines.append(record)
        if self.told > MOST_LINES:
            reason = f"The file holds more than {MOST_LINES} transactions."
            raise FileRefused(Problem(self.source, line, "TxInfAndSts", reason))

    def _is_collection(self, paths: Paths) -> bool:
        if self.original:
            return "pain.008" in self.original.lower()
        return any(name.startswith(("OrgnlTxRef/MndtRltdInf", "OrgnlTxRef/ReqdColltnDt")) for name in paths)

    def _record(self, paths: Paths, line: int) -> PaymentRecord:
        amount = "OrgnlTxRef/Amt/InstdAmt"
        if not first(paths, amount):
            raise Unreadable("The rejected transaction does not say its amount (OrgnlTxRef/Amt/InstdAmt).")
        currency = currency_code(first(paths, f"{amount}@Ccy"))
        created = iso_day(self.created)
        collected = first(paths, "OrgnlTxRef/ReqdColltnDt", "OrgnlTxRef/ReqdColltnDt/Dt")
        name = (
            "OrgnlTxRef/Dbtr/Nm",
            "OrgnlTxRef/Dbtr/Pty/Nm",
            "OrgnlTxRef/UltmtDbtr/Nm",
            "OrgnlTxRef/UltmtDbtr/Pty/Nm",
        )
        return PaymentRecord(
            account=first(paths, "OrgnlTxRef/CdtrAcct/Id/IBAN", "OrgnlTxRef/CdtrAcct/Id/Othr/Id").replace(" ", ""),
            booked=created, value_date=iso_day(collected) if collected else created,
            amount=-minor_units(first(paths, amount), currency), currency=currency,
            reference=first(paths, "OrgnlTxRef/RmtInf/Strd/CdtrRefInf/Ref"),
            end_to_end_id=_known(first(paths, "OrgnlEndToEndId")), counterparty=first(paths, *name),
            iban=first(paths, "OrgnlTxRef/DbtrAcct/Id/IBAN").replace(" ", ""),
            text=" ".join([*paths.get("StsRsnInf/AddtlInf", ()), *paths.get("OrgnlTxRef/RmtInf/Ustrd", ())]),
            return_reason=_reason(paths) or self.batch.reason or self.group_reason or UNSTATED, invoices=(), line=line, statement=self.message,
            mandate=first(paths, "OrgnlTxRef/MndtRltdInf/MndtId", "OrgnlTxRef/MndtRltdInf/DrctDbtMndt/MndtId"),
            further_references=tuple(_references(paths)),
        )  # fmt: skip


def _reason(paths: Paths) -> str:
    return first(paths, "StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry")


def _references(paths: Paths) -> Iterator[str]:
    for name in ("StsId", "OrgnlInstrId"):
        if found := first(paths, name):
            yield found


def _known(text: str) -> str:
    return "" if text.upper() in {"NOTPROVIDED", "NONREF"} else text
