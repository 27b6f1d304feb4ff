"""An amount of money as a person writes it in a form or a command: digits, and a point before the smaller unit."""

import re

from policies.money import digits

_WRITTEN = re.compile(r"([0-9]{1,12})(?:\.([0-9]+))?")


def read_sum(text: str, currency: str) -> int | str:
    """The amount in minor units of `currency`; or the sentence why it is none."""
    found = _WRITTEN.fullmatch(text.strip())
    decimals = digits(currency)
    example = f"1250.{'0' * decimals}" if decimals else "1250"
    if found is None or len(found[2] or "") > decimals:
        return (
            f"“{text.strip()}” is no amount in {currency}; write {example}."
            if text.strip()
            else f"Say how much: {example}."
        )
    minor = int(found[1] + (found[2] or "").ljust(decimals, "0"))
    return minor or "The amount must be more than nothing."
