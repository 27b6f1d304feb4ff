"""Values of an e-invoice, read; everything that is wrong with them is gathered, with the line it stands on."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from policies.discount import DiscountRecord
from policies.problems import Problem
from policies.stated_amounts import Misstated, stated_decimal, stated_minor
from tasks.addresses import mailbox, telephone
from tasks.cell_values import OLDEST, YOUNGEST, Unreadable, read_code
from tasks.invoice_tree import Term
from tasks.party_numbers import account_number
from tasks.stated_invoice import Discount

Value = TypeVar("Value")

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?")
_COMPACT = {"102": 8, "203": 12, "204": 14}
"""Formats of UNTDID 2379 that say a day, with their length."""
_VAGUE = {"610": "a month", "616": "a week"}
_DAYS = {"DAY": 1, "D": 1, "WEE": 7}
_PERIOD = re.compile(r"[0-9]{1,3}")
_ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}")


class StatedValues:
    """Reads terms into values. `problems` keep the invoice out; `notices` are told, and it goes in."""

    def __init__(self, source: str, currency: str) -> None:
        self.source, self.currency = source, currency
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def wrong(self, field: str, reason: str, line: int | None = None) -> None:
        """Note why the invoice cannot go in."""
        self.problems.append(Problem(self.source, line, field, reason))

    def notice(self, field: str, reason: str, line: int | None = None) -> None:
        """Note what a person should know, though the invoice goes in."""
        self.notices.append(Problem(self.source, line, field, reason))

    def read(self, field: str, term: Term, how: Callable[[str], Value], otherwise: Value) -> Value:
        """The term read by `how`; `otherwise` where it is empty or cannot be read."""
        try:
            return how(term.text) if term else otherwise
        except (Misstated, Unreadable) as error:
            self.wrong(field, str(error), term.line)
            return otherwise

    def day(self, field: str, term: Term) -> date | None:
        """A day, in the format the document names."""
        return self.read(field, term, lambda text: _day(text, term.form), None)

    def minor(self, field: str, term: Term) -> int | None:
        """An amount in minor units of the invoice's currency."""
        return self.read(field, self._own(field, term), lambda text: stated_minor(text, self.currency), None)

    def decimal(self, field: str, term: Term) -> Decimal | None:
        """An amount that is only added up."""
        return self.read(field, self._own(field, term), stated_decimal, None)

    def _own(self, field: str, term: Term) -> Term:
        if term.form and self.currency and term.form != self.currency:
            reason = f"The amount {term.text} is in {term.form}, while the invoice is in {self.currency} (BT-5)."
            self.wrong(field, reason, term.line)
        return term

    def discount(self, stated: Discount) -> DiscountRecord:
        """A discount in figures."""
        length = int(stated.period.text) if _PERIOD.fullmatch(stated.period.text) else None
        days = None if length is None else length * _DAYS.get(stated.period.form or "DAY", 0) or None
        start, until = self.day("discounts", stated.start), self.day("discounts", stated.end)
        if start and days:
            until, days = start + timedelta(days=days), None
        return DiscountRecord(
            percent=self._percent(stated.percent), until=until, days=days, amount=self.minor("discounts", stated.amount),
            basis=self.minor("discounts", stated.basis),
        )  # fmt: skip

    def _percent(self, term: Term) -> str:
        try:
            return str(stated_decimal(term.text)) if term else ""
        except Misstated:
            self.notice(
                "discounts", f"“{term.text[:40]}” is not a percentage; the invoice goes in without it.", term.line
            )
            return ""

    def iban(self, term: Term) -> str:
        """The account as stated, without blanks, where it looks like an IBAN; wrong check digits are told."""
        bare = re.sub(r"\s", "", term.text).upper()
        if not _ACCOUNT.fullmatch(bare):
            return ""
        try:
            account_number(bare)
        except Unreadable as error:
            self.notice("iban", f"{error} Whoever pays to it will not reach anybody.", term.line)
        return bare

    def email(self, term: Term) -> str:
        """An address a message can be sent to."""
        if not term or mailbox(term.text) is not None:
            return term.text
        self.notice("email", f"“{term.text[:80]}” is not an e-mail address; the invoice goes in without it.", term.line)
        return ""

    def phone(self, term: Term, country: str) -> str:
        """A telephone number in E.164."""
        number = telephone(term.text, country) if term else ""
        if number is None:
            reason = (
                f"“{term.text[:40]}” is not a telephone number with its country code; the invoice goes in without it."
            )
            self.notice("phone", reason, term.line)
        return number or ""

    def country(self, term: Term) -> str:
        """The ISO 3166-1 code."""
        try:
            return read_code(term.text, 2, "country") if term else ""
        except Unreadable as error:
            self.notice("country", f"{error} The invoice goes in without it.", term.line)
            return ""


def _day(text: str, form: str) -> date:
    match = _ISO.fullmatch(text)
    digits = text[:8] if _COMPACT.get(form) == len(text) and text.isascii() and text.isdigit() else ""
    parts = match.groups() if match else (digits[:4], digits[4:6], digits[6:])
    if not match and not digits:
        said = f"“{text[:40]}” says {_VAGUE[form]} and no day." if form in _VAGUE else f"“{text[:40]}” is not a date."
        raise Unreadable(said)
    try:
        found = date(*map(int, parts))
    except ValueError:
        raise Unreadable(f"“{text}” is no day of the calendar.") from None
    if not OLDEST <= found.year < YOUNGEST:
        raise Unreadable(f"“{text}” is not a date of an invoice of our time.")
    return found
