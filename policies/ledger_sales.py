"""A sale whose entry also holds its payment: which lines of the customers are the sale, and which were paid."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policies.ledger_lines import ClosedBy, LedgerLine


@dataclass(frozen=True, slots=True)
class SaleEntry:
    """The customers' lines of one entry: `documents` of sales, `closing` with what stands `against` them (minor units)."""

    documents: Sequence[LedgerLine]
    closing: Sequence[LedgerLine] = ()
    against: Mapping[ClosedBy, int] | None = None


def split_sale(ours: Sequence[LedgerLine], against: Mapping[ClosedBy, int]) -> SaleEntry | None:
    """Sale and payment apart; None where the amounts do not tell which line is which.

    The debits are the sale and the credits its payment only where one of both agrees with its own accounts to the cent.
    A sale taken back whose money was returned is netted by its piece.
    """
    sales = -against.get(ClosedBy.CREDIT, 0)
    rest: dict[ClosedBy, int] = {kind: net for kind, net in against.items() if kind is not ClosedBy.CREDIT}
    known: dict[ClosedBy, int] = {kind: net for kind, net in rest.items() if kind is not ClosedBy.UNKNOWN}
    if not known:
        return SaleEntry(ours)
    paid = sum(known.values())
    debits = [line for line in ours if line.debit > line.credit]
    credits = [line for line in ours if line.credit > line.debit]
    if sales > 0 and credits and paid > 0 and _sum(credits) == paid:
        return SaleEntry(debits, credits, known)
    if sales > 0 and (_sum(debits) == sales or (paid > 0 and not credits)):
        return SaleEntry(debits, credits, rest)
    if sales < 0 and paid < 0 and _sum(credits) == -sales:
        back = {(line.customer, line.piece) for line in credits}
        netted = [line for line in ours if (line.customer, line.piece) in back]
        return SaleEntry(netted, [line for line in debits if line not in netted], rest)
    if sales < 0 and not debits and _sum(credits) == -sales:
        return SaleEntry(credits)
    return None


def _sum(lines: Iterable[LedgerLine]) -> int:
    return abs(sum(line.debit - line.credit for line in lines))
