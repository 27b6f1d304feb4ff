"""Invoices out of a ledger, and what became of them: by what stands against each line, never by its lettering alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from policies.ledger_documents import Closing, InvoiceNumbers, LedgerDocument, LedgerRead
from policies.ledger_lines import ClosedBy, LedgerLine, counters
from policies.ledger_openings import is_opening
from policies.ledger_sales import split_sale


def read_ledger(lines: Iterable[LedgerLine]) -> LedgerRead:
    """Documents and closings of the customers' accounts, entry by entry."""
    entries: dict[tuple[str, str], list[LedgerLine]] = defaultdict(list)
    for line in lines:
        entries[line.entry].append(line)
    read = LedgerRead(through=max((line.on for entry in entries.values() for line in entry), default=None))
    closing: list[tuple[LedgerLine, Mapping[ClosedBy, int]]] = []
    for entry in entries.values():
        ours, against = [line for line in entry if line.is_customer], counters(entry)
        if ours and ClosedBy.CREDIT in against:
            closing += _sale(ours, against, read)
        elif ours and is_opening(entry):
            _opening(ours, read)
        else:
            closing += [(line, against) for line in ours]
    named = InvoiceNumbers(read.documents)
    for line, counter in closing:
        _close(line, counter, named, read)
    return read


def _sale(
    ours: Sequence[LedgerLine], against: Mapping[ClosedBy, int], read: LedgerRead
) -> list[tuple[LedgerLine, Mapping[ClosedBy, int]]]:
    """The documents of an entry of sales; what it also closed is answered, with what stands against it."""
    found = split_sale(ours, against)
    if found is None:
        reason = "Its entry holds sales and what closed them, and its amounts do not tell which this line is."
        read.doubts += [(line.line, reason) for line in ours]
        return []
    _documents(found.documents, read)
    return [(line, found.against or {}) for line in found.closing]


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


def _close(line: LedgerLine, against: Mapping[ClosedBy, int], named: InvoiceNumbers, read: LedgerRead) -> None:
    credit = line.credit - line.debit
    if not line.customer:
        read.doubts.append((line.line, "The line names no customer: what it closes cannot be told."))
    elif credit <= 0:
        reason = (
            "A debit that is no sale (money returned, a refund, a correction): tell it by the bank's file or by hand."
        )
        _doubt(line, ClosedBy.RETURNED, -credit, reason, named, read)
    elif len(against) == 1:
        _closed(line, next(iter(against)), credit, named, read)
    elif sum(against.values()) == credit and all(net > 0 for net in against.values()):
        for kind, net in against.items():
            _closed(line, kind, net, named, read)
    else:
        reason = "Its entry closes lines by several accounts; which closes this one cannot be told."
        _doubt(line, ClosedBy.SEVERAL, credit, reason, named, read)


def _doubt(line: LedgerLine, kind: ClosedBy, amount: int, reason: str, named: InvoiceNumbers, read: LedgerRead) -> None:
    """What cannot be told: of the invoices it names nobody knows what is open; where it names none it is told alone."""
    if _named(line, named):
        _closed(line, kind, amount, named, read)
    else:
        read.doubts.append((line.line, reason))


def _closed(line: LedgerLine, kind: ClosedBy, amount: int, named: InvoiceNumbers, read: LedgerRead) -> None:
    invoices = _named(line, named)
    read.closings.append(
        Closing(kind, line.customer, line.customer_name, line.on, amount, line.piece, line.label, invoices, line.line)
    )


def _named(line: LedgerLine, named: InvoiceNumbers) -> tuple[str, ...]:
    """Its invoices are those lettered with it; without lettering the one whose number it names as its piece."""
    return named.lettered(line.customer, line.lettering) if line.lettering else named.piece(line.customer, line.piece)
