"""The totals of an e-invoice must add up (EN 16931-1, BR-CO-13, BR-CO-15, BR-CO-16): one that does not is asked about."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class StatedTotals:
    """The totals as stated, in units of the currency; None where the document does not say."""

    gross: Decimal  # BT-112, with VAT
    payable: Decimal | None = None  # BT-115
    lines: Decimal | None = None  # BT-106
    allowances: Decimal | None = None  # BT-107
    charges: Decimal | None = None  # BT-108
    net: Decimal | None = None  # BT-109
    vat: Decimal | None = None  # BT-110
    prepaid: Decimal | None = None  # BT-113
    rounding: Decimal | None = None  # BT-114
    third_parties: Decimal | None = None  # BT-DEX-002 of the XRechnung extension: collected for others
    tolerance: Decimal = Decimal(0)
    """EXTENDED allows 0.01 for each line, allowance and charge (BR-FXEXT-CO-13, BR-FXEXT-CO-15)."""


def mismatches(totals: StatedTotals) -> list[tuple[str, str]]:
    """The sums that do not hold, each as the field concerned and a sentence with the figures."""
    found = (_net(totals), _gross(totals), _payable(totals))
    return [one for one in found if one is not None]


def _net(totals: StatedTotals) -> tuple[str, str] | None:
    less, more = totals.allowances or Decimal(0), totals.charges or Decimal(0)
    if totals.net is None or totals.lines is None:
        return None
    if abs(totals.lines - less + more - totals.net) <= totals.tolerance:
        return None
    figures = f"lines {totals.lines} less allowances {less} plus charges {more}"
    return "total", f"The total without VAT (BT-109) is {totals.net}, but {figures} do not make that."


def _gross(totals: StatedTotals) -> tuple[str, str] | None:
    if totals.net is None or totals.vat is None:
        return None
    if abs(totals.net + totals.vat - totals.gross) <= totals.tolerance:
        return None
    figures = f"{totals.net} without VAT and {totals.vat} VAT"
    return "total", f"The total with VAT (BT-112) is {totals.gross}, but {figures} do not make that."


def _payable(totals: StatedTotals) -> tuple[str, str] | None:
    before, rounding = totals.prepaid or Decimal(0), totals.rounding or Decimal(0)
    added = rounding + (totals.third_parties or Decimal(0))
    if totals.payable is None or totals.gross - before + added == totals.payable:
        return None
    figures = f"{totals.gross} less {before} paid before" + (f" plus {added} added" if added else "")
    return "payable", f"The amount due (BT-115) is {totals.payable}, but {figures} does not make that."
