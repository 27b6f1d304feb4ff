"""Reading amounts of a policy file, exactly: by currency, as text, never through a binary fraction."""

import re

from policies.money import digits
from policies.toml_values import Wrong, shown

_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(r"([0-9]{1,15})(?:\.([0-9]+))?")


def amounts(value: object) -> dict[str, int]:
    """Amounts by currency, as minor units: { EUR = "2000.00" } is 200000 cents."""
    if not isinstance(value, dict) or not value:
        raise Wrong(f'{shown(value)} is not an amount by currency; write {{ EUR = "2000.00" }}.')
    return {currency: amount(currency, written) for currency, written in value.items()}


def amount(currency: str, written: object) -> int:
    """One amount, exact: text, a point, and no more decimals than the currency has."""
    if not _CURRENCY.fullmatch(currency):
        raise Wrong(f"{shown(currency)} is not a currency; use its three capital letters, such as EUR.")
    places = digits(currency)
    found = _AMOUNT.fullmatch(written) if isinstance(written, str) else None
    if found is None or len(found.group(2) or "") not in (0, places):
        example = "2000" if places == 0 else f"2000.{'0' * places}"
        raise Wrong(f'{shown(written)} is not an amount in {currency}; write it between quotes, such as "{example}".')
    return int(found.group(1) + (found.group(2) or "0" * places))
