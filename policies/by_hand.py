"""What a person may write to a customer: a subject on one line, a text of some lines, letters and nothing else."""

import unicodedata

from policies.problems import Problem

LONGEST_SUBJECT, LONGEST_TEXT = 150, 5000
"""Characters."""
LINE_SIGNS = frozenset("\n\r\t")
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of reading: with them a text shows what it does not say."""


def words_wrong(subject: str, text: str) -> list[Problem]:
    """Why these words cannot be sent; empty: they can."""
    return [*_wrong("subject", subject, LONGEST_SUBJECT, frozenset()), *_wrong("text", text, LONGEST_TEXT, LINE_SIGNS)]


def _wrong(field: str, words: str, longest: int, lines: frozenset[str]) -> list[Problem]:
    told = words.strip()
    if not told:
        return [Problem("form", None, field, f"Write the {field} of the message.")]
    if len(told) > longest:
        return [Problem("form", None, field, f"Write at most {longest} characters; these are {len(told)}.")]
    if any(_is_sign(letter) and letter not in lines for letter in told):
        what = "on one line, without" if not lines else "without"
        return [Problem("form", None, field, f"Write the {field} {what} control characters.")]
    return []


def _is_sign(letter: str) -> bool:
    return letter in TURNING or unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp")
