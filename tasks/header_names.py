"""Names of columns as they compare: without case, accents, punctuation and needless blanks."""

import unicodedata
from functools import lru_cache

SPELT = str.maketrans({"ß": "ss", "œ": "oe", "Œ": "oe", "æ": "ae", "°": " ", "º": " ", "№": " no "})


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """`N° pièce` is `n piece`, `Fällig_am` is `fallig am`."""
    bare = unicodedata.normalize("NFKD", name.translate(SPELT).casefold())
    letters = "".join(c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join(letters.split())


def tidy(name: str) -> str:
    """A header cell as mappings write it: line breaks and repeated blanks are one blank."""
    return " ".join(name.split())
