"""When a customer's invoices are due: in words, or as days with the end of the month."""

from policies.payment_terms import LONGEST, MonthEnd, PaymentTerms, read_terms
from tasks.cell_values import Unreadable
from tasks.header_names import folded
from tasks.row_values import RowValues

WORDS = {"after": MonthEnd.AFTER, "before": MonthEnd.BEFORE, "no": MonthEnd.NO, "non": MonthEnd.NO, "0": MonthEnd.NO}
"""What the column `terms_month_end` may say: whether the end of the month comes after or before the days."""


def read_payment_terms(row: RowValues) -> PaymentTerms | None:
    """The terms of the row; None where it says nothing or what it says is a problem."""
    if not row.row.values.get("terms_days"):
        return row.read("payment_terms", _in_words, None)
    days = row.read("terms_days", _days, None)
    end = row.read("terms_month_end", _month_end, MonthEnd.NO)
    return None if days is None else PaymentTerms(days, end)


def _in_words(text: str) -> PaymentTerms | None:
    bare = " ".join(folded(part) for part in text.replace("%", " % ").split()) if "%" in text else folded(text)
    found = read_terms(bare)
    if isinstance(found, str):
        raise Unreadable(f"“{text}” does not say when invoices are due. {found}")
    return found


def _days(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and int(text) <= LONGEST):
        raise Unreadable(f"“{text}” is not a number of days from 0 to {LONGEST}.")
    return int(text)


def _month_end(text: str) -> MonthEnd:
    found = WORDS.get(folded(text))
    if found is None:
        raise Unreadable(f"“{text}” must be after (days, then the end of the month), before (the other way) or no.")
    return found
