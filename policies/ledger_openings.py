"""Which entries of a ledger carry over what was open when the year began, and are no movement of this year.

The opening balance is the closing balance of the year before (article L123-19 of the French commercial code): it holds
accounts of the balance sheet alone, never costs (class 6) or income (class 7).
"""

import re
from collections.abc import Sequence

from policies.ledger_lines import LedgerLine, kind_of

CODES = ("AN", "RAN", "ANO")
NAME = re.compile(r"\b[aà]\W?nouveau", re.IGNORECASE)
RESULT = ("6", "7")


def is_opening(entry: Sequence[LedgerLine]) -> bool:
    """Whether the entry's journal is the one of openings and nothing in the entry contradicts it.

    The words of a single line say nothing: a bank writes "VIR NOUVEAU MONDE". An entry whose every other line stands on
    an account that closes customers (only 512, say) is a payment, in whatever journal it stands.
    """
    first, others = entry[0], [line for line in entry if not line.is_customer]
    if first.entry[0].upper() not in CODES and not NAME.search(first.journal):
        return False
    if any(line.account.startswith(RESULT) for line in others):
        return False
    return not others or any(kind_of(line.account) is None for line in others)
