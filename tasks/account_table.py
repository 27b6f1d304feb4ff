"""The table of a message's items as a file: whoever is told of many invoices at once checks them in a program of its own."""

import tomllib
from functools import lru_cache
from typing import Any

from policies.message import Line, MessageFacts
from policies.money import plain
from policies.told_lines import shown_lines
from tasks.compose import Attachment
from tasks.spreadsheet_file import safe_cell, spreadsheet
from tasks.template_choice import TEMPLATES, written_in

MORE_THAN = 30
"""Items a message shows before their table goes with it."""


def has_table(facts: MessageFacts) -> bool:
    """Whether a table goes with the message where it leaves by e-mail."""
    return len(shown_lines(facts)) > MORE_THAN


def account_table(facts: MessageFacts) -> list[Attachment]:
    """The items of the message as CSV, in its words and order, where there are more than thirty; else nothing.

    UTF-8 with its mark, and the separators the programs of the language expect: `;` and `1250,00`, in English `,` and
    `1250.00`. Days are ISO 8601. The same facts give the same bytes.
    """
    if not has_table(facts):
        return []
    lines = shown_lines(facts)
    language = written_in(facts.law, facts.text or facts.stage.value, facts.debtor, facts.language)[1]
    words = table_words()[language]
    comma = "." if language == "en" else ","
    rows = (_row(line, facts.currency, words, comma) for line in lines)
    name = f"{words['name']}-{facts.written_on.isoformat()}.csv"
    return [Attachment(name, "text/csv", spreadsheet(words["heads"], rows, "," if language == "en" else ";"))]


@lru_cache(maxsize=1)
def table_words() -> dict[str, dict[str, Any]]:
    """The fixed words by language."""
    return tomllib.loads((TEMPLATES / "_table" / "words.toml").read_text(encoding="utf-8"))


def _row(line: Line, currency: str, words: dict[str, Any], comma: str) -> list[str]:
    amounts = (plain(minor, currency) for minor in (line.original, line.paid, line.credited, line.open, line.disputed))
    return [
        safe_cell(line.invoice),
        line.issued.isoformat() if line.issued else "",
        line.due.isoformat(),
        words["status"][line.status.value],
        str(line.days_late),
        currency,
        *(each.replace(".", comma) for each in amounts),
        words["yes"] if line.demanded else words["no"],
    ]
