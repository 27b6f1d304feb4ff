"""The body and the annexes of a letter: cut from the message's own words, so that mail and letter cannot differ."""

import re
from datetime import date
from typing import Any

from policies.accessories import AccessoriesFacts
from policies.message import Line, MessageFacts
from policies.told_lines import shown_lines
from tasks import wording
from tasks.render import lines_told

STATUS = re.compile(r"\(([^()]*)\)\s*$")


def parts_of(facts: MessageFacts, text: str, language: str, words: dict[str, Any]) -> list[dict[str, Any]]:
    """The plain part in paragraphs, its list of items replaced by the table of the same items."""
    block = lines_told(facts).strip("\n")
    before, found, after = text.partition(block)
    if not found:
        return _paragraphs(text)
    return [*_paragraphs(before), _table(facts, block, language, words), *_paragraphs(after)]


def _paragraphs(text: str) -> list[dict[str, Any]]:
    return [{"kind": "text", "lines": each.split("\n")} for each in text.strip("\n").split("\n\n") if each.strip()]


def _table(facts: MessageFacts, block: str, language: str, words: dict[str, Any]) -> dict[str, Any]:
    titles = [line for line in block.split("\n") if line.startswith("- ")]
    states = [line for number, line in enumerate(block.split("\n")) if number % 3 == 1]
    shown = shown_lines(facts)
    assert len(titles) == len(states) == len(shown), "every item is told in three lines of the template"
    credited = any(line.credited for line in shown)
    rows = [
        _row(line, title, state, facts.currency, language, credited=credited)
        for line, title, state in zip(shown, titles, states, strict=True)
    ]
    heads = [head for at, head in enumerate(words["heads"]) if at != 5 or credited]
    return {"kind": "table", "heads": heads, "rows": rows}


def _row(line: Line, title: str, state: str, currency: str, language: str, *, credited: bool) -> list[str]:
    status = STATUS.search(state)
    kind = title.removeprefix("- ").split(line.invoice, 1)[0].strip()
    due = wording.day(line.due, language) + (f"\u2028{status[1]}" if status else "")

    def money(minor: int) -> str:
        return wording.amount(minor, currency, language)

    # As in the message: of an item nothing is credited on, no credit is told.
    credit = [money(line.credited) if line.credited else ""] if credited else []
    issued = wording.day(line.issued, language) if line.issued else ""
    return [f"{kind} {line.invoice}", issued, due, money(line.original), money(line.paid), *credit, money(line.open)]


def annex_of(
    facts: MessageFacts, history: tuple[tuple[date, str], ...], language: str, words: dict[str, Any]
) -> list[dict[str, Any]]:
    """The calculation of what is claimed besides the principal, then what was sent before; empty: neither is told."""
    claimed = facts.accessories
    calculated = [] if claimed is None or claimed.reserved else _calculation(claimed, facts.currency, language, words)
    sent = [[wording.day(on, language), _by(told, words["by"])] for on, told in history]
    return calculated + ([_heading(words["history"]), {"kind": "history", "rows": sent}] if sent else [])


def _by(told: str, by: dict[str, str]) -> str:
    """`letter · F-1001` in the reader's words: *Lettre · F-1001*."""
    channel, dot, invoices = told.partition(" · ")
    return f"{by.get(channel, channel)}{dot}{invoices}"


def _calculation(
    claimed: AccessoriesFacts, currency: str, language: str, words: dict[str, Any]
) -> list[dict[str, Any]]:
    def money(minor: int) -> str:
        return wording.amount(minor, currency, language)

    rows = [
        [line.invoice, wording.day(part.start, language), wording.day(part.end, language), money(part.principal),
         wording.percent(part.rate, language), f"{part.days} / {part.year}", money(part.interest)]
        for line in claimed.lines for part in line.segments
    ]  # fmt: skip
    rows += [
        [line.invoice, words["flat"], *[""] * 4, money(line.flat)] for line in claimed.lines if line.flat is not None
    ]
    totals = (("interest", claimed.interest), ("flat", claimed.flat), ("total", claimed.total_with))
    told = [
        {"kind": "text", "lines": [f"{words[name]}{words['colon']}{money(sum_)}"]}
        for name, sum_ in totals
        if sum_ is not None
    ]
    return [_heading(words["annex"]), {"kind": "table", "heads": words["calculation"], "rows": rows}, *told]


def _heading(text: str) -> dict[str, Any]:
    return {"kind": "heading", "text": text}
