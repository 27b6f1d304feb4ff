"""The columns of a file that say what a customer accepted: nothing agreed counts without its day and its proof."""

from decimal import Decimal

from policies.agreed_record import AgreedRecord
from policies.interest.day_count import DayCount
from policies.rates.rate_cells import percent
from policies.toml_values import Wrong
from tasks.cell_values import Unreadable, read_choice
from tasks.row_values import RowValues

AGREED = ("contract_rate", "contract_flat", "contract_limitation_years", "contract_basis")
PROOF = ("terms_accepted_on", "terms_words")
LONGEST_PERIOD = 30


def read_agreed(row: RowValues, currency: str) -> AgreedRecord | None:
    """What the row says was accepted; None where it says nothing. `currency` is that of the flat sum."""
    if not any(row.row.values.get(name) for name in (*AGREED, *PROOF)):
        return None
    accepted_on, words = row.day("terms_accepted_on", needed=True), row.text("terms_words", needed=True)
    rate = row.read("contract_rate", lambda text: _percent(text, row.mapping.numerals.decimal), None)
    years = row.read("contract_limitation_years", _years, None)
    count = row.read("contract_basis", lambda text: read_choice(text, DayCount, "day count"), None)
    if count is not None and rate is None:
        row.wrong("contract_basis", "A day count belongs to a rate: say the rate that was agreed too.")
    flat = row.amount("contract_flat", currency) if row.row.values.get("contract_flat") else None
    if flat is not None and not currency:
        row.wrong("contract_currency", "A flat sum needs its currency, such as EUR.")
    if flat is not None and flat < 0:
        row.wrong("contract_flat", "A flat sum cannot be negative.")
    if accepted_on is None:
        return None
    return AgreedRecord(accepted_on, rate, flat, currency if flat is not None else "", years, words, count)


def _percent(text: str, decimal: str) -> Decimal | None:
    try:
        found = percent(text.removesuffix("%").strip().replace(decimal, "."))
    except Wrong:
        raise Unreadable(f"“{text}” is not a percentage a year; write it like 12{decimal}5.") from None
    if found < 0:
        raise Unreadable(f"“{text}” is negative; an agreed rate is zero or more.")
    return found


def _years(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST_PERIOD):
        raise Unreadable(f"“{text}” is not a number of years from 1 to {LONGEST_PERIOD}.")
    return int(text)
