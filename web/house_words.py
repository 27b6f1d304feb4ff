"""The words of the desk's own pages. Their catalogue is their own: a short word means on them what it means nowhere else."""

import tomllib
from functools import lru_cache
from pathlib import Path

from policies.staff_text.catalogue import Catalogue, catalogue
from tasks import staff_text

PAGES = Path(__file__).parent / "pages"


@lru_cache
def page_catalogue(language: str) -> Catalogue:
    """The pages' entries in a language; none for English, which they are written in."""
    path = PAGES / f"{language}.toml"
    return catalogue(language, [tomllib.loads(path.read_text(encoding="utf-8"))] if path.is_file() else [])


def say(english: str, **values: object) -> str:
    """Words of a page in the reader's language, with their values; what the pages do not know, the house may."""
    known = page_catalogue(staff_text.language()).exact(english)
    return staff_text.say(english, **values) if known is None else known.format_map(values)


def single(count: int) -> bool:
    """Whether the reader's language counts so many as one: in French none is one too."""
    return count == 1 or (count == 0 and staff_text.language() == "fr")


def told(english: str) -> str:
    """A sentence of the law or the memory in the reader's language."""
    return page_catalogue(staff_text.language()).exact(english) or staff_text.told(english)
