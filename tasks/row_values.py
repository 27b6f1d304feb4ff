"""The cells of one row, read into values; everything that is wrong with them is gathered."""

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
    read_iban,
    read_integer_id,
)
from tasks.invoice_mapping import Layout, Mapping
from tasks.read_csv import Row

Value = TypeVar("Value")

LONGEST_TEXT = 500
SIGNS = {"€": "EUR", "£": "GBP"}
"""Signs that mean one currency alone."""


class RowValues:
    """Reads the fields of one row and keeps the problems; a field with a problem has a harmless value."""

    def __init__(self, source: str, row: Row, mapping: Mapping, layout: Layout) -> None:
        self.source, self.row, self.mapping, self.layout = source, row, mapping, layout
        self.problems: list[Problem] = []
        if row.reason:
            self.problems.append(Problem(source, row.line, "", row.reason))

    def wrong(self, field: str, reason: str) -> None:
        """Note a problem under the column a person finds in the file."""
        self.problems.append(Problem(self.source, self.row.line, self.layout.columns.get(field, field), reason))

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

    def email(self) -> str:
        """An address a message can be sent to."""
        return self.read("email", _email, "")

    def phone(self, country: str) -> str:
        """A telephone number in E.164."""
        return self.read("phone", lambda text: _phone(text, country), "")

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
        return self.read("iban", read_iban, "")


def _bare(text: str, currency: str) -> str:
    """The figures without the row's own currency behind them: `1 250,00 €`."""
    for sign in (currency, *(sign for sign, code in SIGNS.items() if code == currency)):
        if text.endswith(sign):
            return text.removesuffix(sign).rstrip()
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
