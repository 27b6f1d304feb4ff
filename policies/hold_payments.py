"""Payments agreed in a promise or a plan, as a person writes them down."""

import re
from datetime import date

from policies.facts import DatedAmount
from policies.form_days import day_of
from policies.money import digits

_PAYMENT = re.compile(r"([0-9-]+)\s*=\s*([0-9]{1,12})(?:\.([0-9]+))?")


def read_payments(text: str, currency: str | None, today: date) -> tuple[list[DatedAmount], list[str]]:
    """The payments in the order of their days, and a sentence for each that cannot be read. `currency` None: several."""
    parts = [one.strip() for one in re.split(r"[;\n]+", text) if one.strip()]
    if parts and currency is None:
        return [], ["The items held are in several currencies: name one invoice."]
    read = [_payment(one, currency or "", today) for one in parts]
    found = [one for one in read if isinstance(one, DatedAmount)]
    problems = [one for one in read if isinstance(one, str)]
    if len({one.on for one in found}) < len(found):
        problems.append("Name each day once.")
    return sorted(found, key=lambda one: one.on), problems


def _payment(text: str, currency: str, today: date) -> DatedAmount | str:
    """One payment agreed, or why it is none. A plan may run for longer than a year."""
    found = _PAYMENT.fullmatch(text)
    on = None if found is None else day_of(found[1])
    if found is None or on is None or len(found[3] or "") > digits(currency):
        return f"“{text}” is no payment; write 2026-05-01=500.00, with a semicolon between payments."
    amount = int(found[2] + (found[3] or "").ljust(digits(currency), "0"))
    if on <= today or not amount:
        return f"“{text}” is no payment to come; today is {today.isoformat()}."
    return DatedAmount(on, amount)
