"""Field 61 of an MT940: one movement of the account.

Source: SWIFT Standards, Category 9, field 61: `6!n[4!n]2a[1!a]15d1!a3!c16x[//16x][34x]`.
"""

import re
from dataclasses import dataclass
from datetime import date

from tasks.bank_values import minor_units, real_day, short_year
from tasks.cell_values import Unreadable

_LINE = re.compile(
    r"(?P<value>\d{6})(?P<entry>\d{4})?\s?(?P<mark>RC|RD|EC|ED|C|D)(?P<funds>[A-Z])?\s?"
    r"(?P<amount>\d[\d ]{0,14}(?:,\d*)?)(?![.,'\d])\s?(?P<kind>[NFS][A-Z0-9]{3})?(?P<rest>.*)",
    re.DOTALL,
)
_LONGEST_REFERENCE = 16
NO_REFERENCE = frozenset({"", "NONREF", "NOREF", "NOTPROVIDED", "EREF", "KREF", "NREF"})
"""What banks write where there is no reference, or where it stands in field 86."""
RETURNED_ITEM = "RTI"
"""The transaction type of field 61, subfield 6, for what came back."""
SIGNS = {"C": 1, "D": -1, "RD": 1, "RC": -1, "EC": 1, "ED": -1}
"""A reversed credit leaves the account, a reversed debit comes back to it."""


@dataclass(frozen=True, slots=True)
class Movement:
    """What field 61 says. `amount` is signed, in minor units."""

    value_date: date
    booked: date
    amount: int
    is_reversal: bool
    """The movement takes an earlier one back: by its mark, or by its type *returned item* (RTI)."""
    is_expected: bool
    customer_reference: str
    bank_reference: str
    supplement: str


def read_line(text: str, currency: str) -> Movement:
    """The movement; raises Unreadable with the sentence what is wrong."""
    match = _LINE.match(text)
    if match is None:
        raise Unreadable(f"“{text[:40]}” is no movement: it must begin with a value date, C or D, and an amount.")
    mark, value = match["mark"], _day(match["value"])
    amount = SIGNS[mark] * minor_units(match["amount"].replace(" ", ""), currency, ",")
    head, _, supplement = match["rest"].partition("\n")
    own, _, bank = head.partition("//")
    supplement = f"{own[_LONGEST_REFERENCE:].strip()} {supplement.strip()}".strip()
    return Movement(
        value_date=value,
        booked=_entry_day(match["entry"], value),
        amount=amount,
        is_reversal=mark in {"RC", "RD"} or (match["kind"] or "")[1:] == RETURNED_ITEM,
        is_expected=mark in {"EC", "ED"},
        customer_reference=_reference(own[:_LONGEST_REFERENCE]),
        bank_reference=_reference(bank),
        supplement=supplement.replace("\n", " "),
    )


def _reference(text: str) -> str:
    bare = text.strip()
    return "" if bare.upper() in NO_REFERENCE else bare


def _day(text: str) -> date:
    """A value date YYMMDD. German banks reckon interest with months of 30 days: 29 and 30 February that do not exist
    are the month's last day."""
    year, month, day = short_year(text[:2]), text[2:4], text[4:6]
    if month == "02" and day in {"29", "30"}:
        leap = int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
        day = "29" if leap else "28"
    return real_day(year, month, day, text)


def _entry_day(text: str | None, value: date) -> date:
    """The booking day MMDD in the year that brings it nearest to the value date."""
    if not text:
        return value
    near: list[date] = []
    for year in (value.year - 1, value.year, value.year + 1):
        try:
            near.append(date(year, int(text[:2]), int(text[2:])))
        except ValueError:
            continue
    if not near:
        raise Unreadable(f"“{text}” is no day of a year.")
    return min(near, key=lambda day: abs((day - value).days))
