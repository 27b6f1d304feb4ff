"""Names of columns as they compare: without case, accents, punctuation and needless blanks."""

import unicodedata
from functools import lru_cache

SPELT = str.maketrans({"ß": "ss", "œ": "oe", "Œ": "oe", "æ": "ae", "°": " ", "º": " ", "№": " no "})


_CURRENCIES = frozenset(("eur", "euro", "euros", "chf", "usd", "gbp", "sek", "nok", "dkk", "pln", "czk", "cad"))


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """`N° pièce` is `n piece`, `Fällig_am` is `fallig am`."""
    bare = unicodedata.normalize("NFKD", name.translate(SPELT).casefold())
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(letters.split())


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """What tells a column's name from others: `InvoiceDate`, `Invoice date` and `invoice_date` are one, and so are `Betrag`,
    `Betrag (EUR)` and `Betrag in CHF`."""
    parts = folded(name).split()
    if len(parts) > 1 and parts[-1] in _CURRENCIES:
        parts.pop()
        if len(parts) > 1 and parts[-1] in ("in", "en"):
            parts.pop()
    return "".join(parts)


def tidy(name: str) -> str:
    """A header cell as mappings write it: line breaks and repeated blanks are one blank."""
    return " ".join(name.split())
