"""The fixed words of a file handed over, and how it writes amounts, days and hours. Shipped in French and English."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from policies.claim_file import ClaimFile
from policies.languages import OTHERWISE, primary
from tasks import wording
from tasks.template_choice import TEMPLATES

WORDS = TEMPLATES / "_handover" / "words.toml"
BREAK = "\u2028"
"""A new line within a cell."""


@lru_cache(maxsize=1)
def fixed_words() -> dict[str, dict[str, Any]]:
    """The fixed words by language."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def language_of(file: ClaimFile) -> str:
    """The language of the sheets: the one chosen where it is shipped, else English."""
    own = primary(file.choice.language)
    return own if own in fixed_words() else OTHERWISE


@dataclass(frozen=True, slots=True)
class Speech:
    """How this file says things."""

    file: ClaimFile
    language: str
    words: dict[str, Any]

    def money(self, minor: int) -> str:
        """An amount of the file's currency."""
        return wording.amount(minor, self.file.currency, self.language)

    def day(self, on: date | None) -> str:
        """`3 décembre 2026`; empty where there is none."""
        return "" if on is None else wording.day(on, self.language)

    def short(self, on: date | None) -> str:
        """`03/12/2026` in a table; ISO 8601 in English, where D/M and M/D look alike."""
        if on is None:
            return ""
        return f"{on:%d/%m/%Y}" if self.language == "fr" else on.isoformat()

    def hour(self, at: datetime) -> str:
        """Day and hour in the debtor's time zone."""
        there = at.astimezone(ZoneInfo(self.file.zone))
        return f"{self.short(there.date())} {there:%H:%M}"

    def fact(self, name: str, value: str) -> str:
        """`Statut : à jour`."""
        return f"{self.words[name]}{self.words['colon']}{value}"


def speech(file: ClaimFile) -> Speech:
    """How `file` says things."""
    language = language_of(file)
    return Speech(file, language, fixed_words()[language])


def section(
    title: str,
    heads: Iterable[str] = (),
    rows: Iterable[list[str]] = (),
    lines: Iterable[str] = (),
    *,
    widths: tuple[int, ...] = (),
    right: tuple[int, ...] = (),
) -> dict[str, Any]:
    """A heading with a table or lines under it. `widths`: the share of each column, 0 as wide as it needs; `right`: figures."""
    told = list(heads)
    shares = widths or (1,) + (0,) * (len(told) - 1)
    return {
        "title": title, "heads": told, "rows": list(rows), "lines": list(lines), "widths": list(shares), "right": list(right),
    }  # fmt: skip
