"""An article of law as a reader of another language cites it: the sources of the laws are noted in English."""

import re
from datetime import date

from tasks.wording import day, written_language

ASIDE = re.compile(r" \(([^()]*[a-z]{3,}[^()]*)\)$")
"""A remark in brackets at the end; `(2)` of a paragraph is none, nor `(Interest)` in the name of an act."""
DATED = re.compile(r"\bof (\d{1,2}) ([A-Z][a-z]+) (\d{4})\b")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
OF: dict[str, str] = {"fr": "du", "de": "vom", "en": "of"}
UNION: dict[str, str] = {"fr": "UE", "de": "EU", "en": "EU"}
WORDS: dict[str, dict[str, str]] = {
    "fr": {"and": "et", "to": "à", "decree": "décret", "law": "loi", "regulation": "règlement", "following": "suivants"},
    "de": {
        "and": "und", "to": "bis", "decree": "Dekret", "law": "Gesetz", "directive": "Richtlinie",
        "regulation": "Verordnung", "following": "folgende",
    },
    "en": {},
}  # fmt: skip


def article(source: str, language: str) -> str:
    """The article alone: what is said about it after a semicolon is for the lawyer who reads the law's file."""
    written = written_language(language)
    cited = ASIDE.sub(r", \1", source.split(";", maxsplit=1)[0].strip())
    cited = DATED.sub(lambda found: f"{OF[written]} {_day(found, language)}", cited)
    cited = re.sub(r"(?<=\d/)EU\b", UNION[written], cited)
    return re.sub(r"\b[a-z]+\b", lambda found: WORDS[written].get(found.group(), found.group()), cited)


def _day(found: re.Match[str], language: str) -> str:
    number, month, year = found.groups()
    if month not in MONTHS:
        return f"{number} {month} {year}"
    return day(date(int(year), MONTHS.index(month) + 1, int(number)), language)
