"""Lines of a ledger are matched by their lettering in one pass, however many there are."""

from datetime import date

from policies.ledger_lines import LedgerLine
from policies.ledger_outcomes import read_ledger


class Lettering(str):
    """Counts how often letterings are compared."""

    __slots__ = ()
    compared = 0

    def __eq__(self, other: object) -> bool:
        Lettering.compared += 1
        return str.__eq__(self, other)

    __hash__ = str.__hash__


def line(entry: str, account: str, debit: int, credit: int, piece: str, lettering: str, number: int) -> LedgerLine:
    on = date(2025, 3, 1)
    return LedgerLine(
        ("OD", entry), "OD", on, account, "C1", "C1", piece, on, "", debit, credit, Lettering(lettering), number
    )


def test_each_payment_looks_its_invoice_up_instead_of_going_through_all() -> None:
    lines: list[LedgerLine] = []
    for number in range(200):
        mark = f"L{number}"
        lines += [
            line(f"S{number}", "411000", 100, 0, f"F{number}", mark, 4 * number),
            line(f"S{number}", "707000", 0, 100, "", "", 4 * number + 1),
            line(f"P{number}", "411000", 0, 100, "R", mark, 4 * number + 2),
            line(f"P{number}", "512000", 100, 0, "", "", 4 * number + 3),
        ]
    Lettering.compared = 0
    read = read_ledger(lines)
    assert [one.invoices for one in read.closings] == [(f"F{number}",) for number in range(200)]
    assert Lettering.compared <= 2 * len(lines)
