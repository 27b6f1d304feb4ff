"""Invoices out of a ledger, and what became of them: by what stands against each line, never by its lettering alone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from policies.ledger_documents import Closing, LedgerDocument, LedgerRead
from policies.ledger_lines import ClosedBy, LedgerLine, counters


def read_ledger(lines: Iterable[LedgerLine]) -> LedgerRead:
    """Documents and closings of the customers' accounts, entry by entry."""
    entries: dict[tuple[str, str], list[LedgerLine]] = defaultdict(list)
    for line in lines:
        entries[line.entry].append(line)
    read = LedgerRead()
    closing: list[tuple[LedgerLine, list[LedgerLine]]] = []
    for entry in entries.values():
        ours = [line for line in entry if line.is_customer]
        if ours and ClosedBy.CREDIT in counters(entry):
            _documents(ours, read)
            closing += [(line, entry) for line in ours if line.credit and ClosedBy.BANK in counters(entry)]
        elif ours and _is_opening(entry):
            _opening(ours, read)
        else:
            closing += [(line, entry) for line in ours]
    for line, entry in closing:
        _close(line, entry, read)
    return read


def _is_opening(entry: Sequence[LedgerLine]) -> bool:
    words = f"{entry[0].journal} {entry[0].label}".lower().replace("-", " ")
    return "nouveau" in words or entry[0].entry[0].upper() in ("AN", "RAN", "ANO")


def _documents(ours: Sequence[LedgerLine], read: LedgerRead) -> None:
    """The lines of a sale, instalments of one piece together."""
    pieces: dict[tuple[str, str], list[LedgerLine]] = defaultdict(list)
    for line in ours:
        if not line.customer:
            read.doubts.append(
                (line.line, "The line names no customer: neither an auxiliary account nor one below 411.")
            )
        elif not line.piece:
            read.doubts.append((line.line, "The line has no PieceRef: an invoice needs its number."))
        else:
            pieces[line.customer, line.piece].append(line)
    for (customer, number), lines in pieces.items():
        first, total = lines[0], sum(line.debit - line.credit for line in lines)
        if total:
            on, lettering = first.piece_on or first.on, first.lettering
            name = first.customer_name
            read.documents.append(
                LedgerDocument(number, customer, name, on, abs(total), total < 0, lettering, first.line)
            )


def _opening(ours: Sequence[LedgerLine], read: LedgerRead) -> None:
    """What was open when the year began: an invoice only where its piece is older than the year."""
    for line in ours:
        if line.piece and line.customer and line.piece_on and line.piece_on < line.on and line.debit > line.credit:
            _documents([line], read)
        else:
            reason = "An opening balance without number and date of its invoice: import the list of open items instead."
            read.doubts.append((line.line, reason))


def _close(line: LedgerLine, entry: Sequence[LedgerLine], read: LedgerRead) -> None:
    against = {kind: net for kind, net in counters(entry).items() if kind is not ClosedBy.CREDIT}
    credit = line.credit - line.debit
    if not line.customer:
        read.doubts.append((line.line, "The line names no customer: what it closes cannot be told."))
    elif credit <= 0:
        reason = (
            "A debit that is no sale (money returned, a refund, a correction): tell it by the bank's file or by hand."
        )
        read.doubts.append((line.line, reason))
    elif len(against) == 1:
        _closed(line, next(iter(against)), credit, read)
    elif sum(against.values()) == credit and all(net > 0 for net in against.values()):
        for kind, net in against.items():
            _closed(line, kind, net, read)
    else:
        read.doubts.append(
            (line.line, "Its entry closes lines by several accounts; which closes this one cannot be told.")
        )


def _closed(line: LedgerLine, kind: ClosedBy, amount: int, read: LedgerRead) -> None:
    invoices = tuple(
        one.number
        for one in read.documents
        if line.lettering and not one.is_credit and (one.customer, one.lettering) == (line.customer, line.lettering)
    )
    read.closings.append(
        Closing(kind, line.customer, line.customer_name, line.on, amount, line.piece, line.label, invoices, line.line)
    )
