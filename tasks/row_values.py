"""The cells of one row, read into values; everything that is wrong with them is gathered."""

import re
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from policies.money import digits
from policies.problems import Problem
from tasks.addresses import mailbox, telephone
from tasks.cell_values import (
    Unreadable,
    read_amount,
    read_code,
    read_day,
    read_integer_id,
)
from tasks.invoice_mapping import Layout, Mapping
from tasks.mail_domains import likely_meant
from tasks.party_numbers import account_number, creditor_reference
from tasks.read_csv import Row

Value = TypeVar("Value")
LIKE_RF = re.compile(r"RF\d{2}[A-Z0-9]{4,21}")

LONGEST_TEXT = 500
SIGNS = {"€": "EUR", "£": "GBP"}
"""Signs that mean one currency alone."""
_APART = re.compile(r"(?<=^[(+-])\s+|\s+(?=[)+-]$)")
"""Blanks left between a sign and its figures."""
_DOLLAR = dict.fromkeys(("USD", "CAD", "AUD", "NZD", "SGD", "HKD"), ("$",))
"""Currencies whose amounts may carry a sign that other currencies have too: it says nothing, and contradicts nothing."""


class RowValues:
    """Reads the fields of one row and keeps the problems; a field with a problem has a harmless value."""

    def __init__(self, source: str, row: Row, mapping: Mapping, layout: Layout) -> None:
        self.source, self.row, self.mapping, self.layout = source, row, mapping, layout
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        if row.reason:
            self.problems.append(Problem(source, row.line, "", row.reason))

    def wrong(self, field: str, reason: str) -> None:
        """Note a problem under the column a person finds in the file."""
        self.problems.append(Problem(self.source, self.row.line, self.layout.columns.get(field, field), reason))

    def warn(self, field: str, reason: str) -> None:
        """Note what is wrong with a field the row can do without: the rest of it goes in."""
        self.warnings.append(Problem(self.source, self.row.line, self.layout.columns.get(field, field), reason))

    def reach(self, field: str, how: Callable[[str], str]) -> str:
        """A way to reach somebody; one that cannot be right is dropped with a warning, the rest of the row goes in."""
        text = self.row.values.get(field, "")
        try:
            return how(text) if text else ""
        except Unreadable as error:
            self.warn(field, f"{error} The rest of the row went in without it.")
            return ""

    def read(self, field: str, how: Callable[[str], Value], otherwise: Value, *, needed: bool = False) -> Value:
        """The field read by `how`; `otherwise` where it is empty or cannot be read."""
        text = self.row.values.get(field, "")
        if not text:
            if needed and not self.row.reason:
                self.wrong(field, "This must not be empty.")
            return otherwise
        try:
            return how(text)
        except Unreadable as error:
            self.wrong(field, str(error))
            return otherwise

    def text(self, field: str, *, needed: bool = False) -> str:
        """Plain text; a declared integer id loses its decimals."""
        return self.read(field, read_integer_id if field in self.layout.integer_ids else _short, "", needed=needed)

    def day(self, field: str, *, needed: bool = False) -> date | None:
        """A date in the declared order."""
        return self.read(field, lambda text: read_day(text, self.mapping.order), None, needed=needed)

    def currency(self) -> str:
        """The ISO 4217 code."""
        return self.read("currency", lambda text: read_code(SIGNS.get(text, text), 3, "currency"), "", needed=True)

    def amount(self, field: str, currency: str, *, needed: bool = False) -> int:
        """Minor units of `currency`; without a currency an amount means nothing and is not read."""
        if not currency or digits(currency) < 0:
            return 0
        return self.read(
            field, lambda text: read_amount(_bare(text, currency), currency, self.mapping.numerals), 0, needed=needed
        )

    def peek(self, field: str, currency: str) -> int | None:
        """The amount where there is a readable one; nothing is noted."""
        text = self.row.values.get(field, "")
        try:
            return read_amount(_bare(text, currency), currency, self.mapping.numerals) if text else None
        except Unreadable:
            return None

    def email(self, field: str = "email") -> str:
        """An address a message can be sent to; one that looks like a slip of the pen is kept and told."""
        found = self.reach(field, _email)
        meant = likely_meant(found.rpartition("@")[2]) if found else None
        if meant:
            self.warn(field, f"“{found}” may be meant to end in {meant}; it went in as it stands.")
        return found

    def phone(self, country: str, field: str = "phone") -> str:
        """A telephone number in E.164."""
        return self.reach(field, lambda text: _phone(text, country))

    def reference(self) -> str:
        """Our own reference; one that looks like a creditor reference (ISO 11649) and is none is told."""
        found = self.text("reference")
        if LIKE_RF.fullmatch(found.replace(" ", "")) and creditor_reference(found) is None:
            self.warn("reference", f"“{found}” looks like a creditor reference (RF) and its check digits do not fit.")
        return found

    def country(self) -> str:
        """The ISO 3166-1 code."""
        return self.read("country", lambda text: read_code(text, 2, "country"), "")

    def language(self) -> str:
        """The ISO 639-1 code; a region after it is dropped."""
        return self.read(
            "language", lambda text: read_code(text[:2] if text[2:3] in "-_" else text, 2, "language"), ""
        ).lower()

    def iban(self) -> str:
        """An IBAN with correct check digits."""
        return self.read("iban", account_number, "")


def _bare(text: str, currency: str) -> str:
    """The figures without the row's own currency before or behind them: `1 250,00 €`, `-$50.00`."""
    for sign in (currency, *(sign for sign, code in SIGNS.items() if code == currency), *_DOLLAR.get(currency, ())):
        if text.count(sign) == 1 and (text.lstrip("(+- ").startswith(sign) or text.rstrip(")+- ").endswith(sign)):
            return _APART.sub("", " ".join(text.replace(sign, " ").split()))
    return text


def _short(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise Unreadable(f"The text has {len(text)} characters; at most {LONGEST_TEXT} fit.")
    return text


def _email(text: str) -> str:
    if mailbox(text) is None:
        raise Unreadable(f"“{_short(text)}” is not an e-mail address; one address fits here.")
    return text


def _phone(text: str, country: str) -> str:
    number = telephone(text, country)
    if number is None:
        raise Unreadable(
            f"“{_short(text)}” is not a telephone number; write it with its country code, like +33 6 12 34 56 78."
        )
    return number
