"""Spaces, quotes and apostrophes as printers set them in each language."""

import re

NARROW, WIDE = "\u202f", "\u00a0"

COMMON: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"(?<=\d) (?=[^\W\d_]|%|€|£)"), WIDE),  # a figure stays with what it counts
    (re.compile(r"\b(art\.|no\.|n°|§|§§|L\.|R\.|D\.) (?=\d)"), rf"\1{WIDE}"),
)
FRENCH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r" (?=[;!?])"), NARROW),
    (re.compile(r" (?=:(?:\s|$))"), WIDE),
    (re.compile(r"« "), f"«{WIDE}"),
    (re.compile(r" »"), f"{WIDE}»"),
    (re.compile(r" (?=%)"), NARROW),
)


def typeset(text: str, language: str) -> str:
    """`text` with the spaces that must not break and the signs its language prints."""
    for sign, better in (*(FRENCH if language == "fr" else ()), *COMMON):
        text = sign.sub(better, text)
    return text
