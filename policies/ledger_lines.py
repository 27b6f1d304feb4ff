"""Lines of a ledger as a French accounting file (FEC, article A47 A-1 LPF) has them, and the accounts they speak of.

Accounts are those of the French general plan (PCG): 411 customers, 413 bills receivable, 416 doubtful customers, 512 banks,
53 cash, 58 transfers, 511 cheques to be cashed, 654 and 6714 losses, 70 sales, 4191 advances.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CUSTOMERS = "411"
SALES = ("70",)
VAT = ("4457", "4458")


class ClosedBy(StrEnum):
    """What stands against a line of a customer's account in the same entry."""

    BANK = "bank"
    BILL = "bill"  # 413: a bill of exchange was accepted
    CHEQUE = "cheque"  # 511: handed in, not yet money
    DOUBTFUL = "doubtful"  # 416
    LOSS = "loss"  # 654, 6714
    CREDIT = "credit"  # 70: a sale taken back
    UNKNOWN = "unknown"
    SEVERAL = "several accounts"  # of which none alone says what closed the line
    RETURNED = "a debit that is no sale"  # money that went back, or a correction


ACCOUNTS: tuple[tuple[str, ClosedBy], ...] = (
    ("512", ClosedBy.BANK), ("514", ClosedBy.BANK), ("515", ClosedBy.BANK), ("517", ClosedBy.BANK), ("53", ClosedBy.BANK),
    ("54", ClosedBy.BANK), ("511", ClosedBy.CHEQUE), ("413", ClosedBy.BILL), ("416", ClosedBy.DOUBTFUL),
    ("654", ClosedBy.LOSS), ("6714", ClosedBy.LOSS), ("70", ClosedBy.CREDIT),
)  # fmt: skip
BESIDE = ("445", "627", "668", "768")
"""Accounts that go along with another (VAT, bank charges, exchange) and say nothing of what closed a line alone."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line. Amounts in minor units of the ledger's currency; `entry` tells journal and entry."""

    entry: tuple[str, str]
    journal: str
    on: date
    account: str
    customer: str
    customer_name: str
    piece: str
    piece_on: date | None
    label: str
    debit: int
    credit: int
    lettering: str
    line: int

    @property
    def is_customer(self) -> bool:
        """Whether it stands on a customer's account."""
        return self.account.startswith(CUSTOMERS)


def kind_of(account: str) -> ClosedBy | None:
    """What this account says of a line it stands against; None: nothing by itself."""
    return next((kind for start, kind in ACCOUNTS if account.startswith(start)), None)


def counters(entry: Iterable[LedgerLine]) -> dict[ClosedBy, int]:
    """What stands against the customers' lines of one entry: net debit per kind, in minor units; VAT goes with sales."""
    found: dict[ClosedBy, int] = {}
    lines = [line for line in entry if not line.is_customer]
    kinds = {kind for line in lines if (kind := kind_of(line.account)) is not None}
    for line in lines:
        kind = kind_of(line.account)
        if kind is None and ClosedBy.CREDIT in kinds and line.account.startswith(VAT):
            kind = ClosedBy.CREDIT
        if kind is None and kinds and line.account.startswith(BESIDE):
            continue
        found[kind or ClosedBy.UNKNOWN] = found.get(kind or ClosedBy.UNKNOWN, 0) + line.debit - line.credit
    return {kind: net for kind, net in found.items() if net}
