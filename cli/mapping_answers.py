"""What the options of `import map` decide, checked before the file is looked at."""

import codecs
from collections.abc import Sequence

from cli.refusal import Refusal
from tasks.cell_values import DateOrder
from tasks.invoice_mapping import TAKEN_IN
from tasks.mapping_check import FIELDS
from tasks.mapping_questions import Said

ORDERS = {"".join(c for c in order.value.lower() if c.isalpha()): order.value for order in DateOrder}
"""`dmy` -> `D/M/Y`."""
MEANINGS = ("invoice", "credit_note", "debit", "credit")
SIGNS = {"tab": "\t", "\\t": "\t", "tabulator": "\t"}


def said_by_options(
    kind: str,
    date_order: str,
    decimal: str,
    delimiter: str,
    encoding: str,
    currency: str,
    columns: Sequence[str],
    words: Sequence[str] = (),
    only: Sequence[str] = (),
) -> Said:
    """The decisions; raises Refusal naming the option that says nothing we know."""
    order = "".join(c for c in date_order.lower() if c.isalpha())
    if kind and kind not in set(TAKEN_IN):
        raise Refusal(f"--kind must be one of {', '.join(TAKEN_IN)}.")
    if order and order not in ORDERS:
        raise Refusal(f"--date-order must be one of {', '.join(ORDERS)}.")
    if decimal not in ("", ".", ","):
        raise Refusal("--decimal must be . or ,")
    sign = SIGNS.get(delimiter.lower(), delimiter)
    if len(sign) > 1:
        raise Refusal("--delimiter must be one character, or tab.")
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise Refusal("--currency must be a code of three letters, such as EUR.")
    return Said(
        kind,
        ORDERS.get(order, ""),
        decimal,
        sign,
        _encoding(encoding),
        currency.upper(),
        _columns(columns),
        _meanings(words),
        _only(only),
    )


def _encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name if name else ""
    except LookupError:
        raise Refusal(f"--encoding: “{name}” is not known; take utf-8, cp1252, cp850 or utf-16.") from None


def _columns(given: Sequence[str]) -> dict[str, str]:
    found = {}
    known = frozenset().union(*FIELDS.values())
    for one in given:
        name, equals, column = one.partition("=")
        if not equals or name.strip() not in known:
            raise Refusal(f"--column {one}: write FIELD=COLUMN; fields are {', '.join(sorted(known))}.")
        found[name.strip()] = column.strip()
    return found


def _meanings(given: Sequence[str]) -> dict[str, str]:
    found = {}
    for one in given:
        word, equals, meaning = one.rpartition("=")
        if not equals or meaning not in MEANINGS:
            raise Refusal(f"--word {one}: write WORD=MEANING; meanings are {', '.join(MEANINGS)}.")
        found[word.strip()] = meaning
    return found


def _only(given: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in given:
        column, equals, word = (part.strip() for part in one.partition("="))
        if not equals or not column:
            raise Refusal(f"--only {one}: write COLUMN=WORD, once for each word of the rows that count.")
        found[column] = (*found.get(column, ()), *((word,) if word else ()))
    return found
