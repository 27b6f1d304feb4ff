"""What the values of a column prove about the order of its dates and its decimal sign; what they do not prove is asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tasks.cell_values import BLANKS, IN_BRACKETS, MIDNIGHT, DateOrder, day_in
from tasks.sheet_rows import REAL

Cells = Sequence[tuple[int, str]]
"""Line and text of each cell of a column."""

SIGN_OF_MONEY = re.compile(r"\s*(?:€|£|\$|EUR|USD|GBP|CHF|CAD)\s*\Z|\A(?:€|£|\$)\s*")
SIGN_BEFORE = re.compile(r"\A([+-]?)\s*(?:€|£|\$|EUR|USD|GBP|CHF|CAD)\s*")
FIGURES = re.compile(r"[+-]?[0-9][0-9., ']*[+-]?\Z")


@dataclass(frozen=True, slots=True)
class Found:
    """The answer, or None where a person must give it; `choices` are those the values allow."""

    answer: str | None
    evidence: str
    choices: tuple[str, ...] = ()


def date_order(cells: Cells) -> Found:
    """The order all dates of these cells are written in. D/M/Y and M/D/Y look alike: without proof it is asked."""
    texts = [(line, text) for line, text in cells if text and not text.endswith(REAL)]
    if not texts:
        return Found(DateOrder.YMD.value, "All dates are real dates of the workbook; no order is needed.")
    reads = {order: [(line, text) for line, text in texts if day_in(text, order)] for order in DateOrder}
    most = max(len(read) for read in reads.values())
    if not most:
        line, text = texts[0]
        return Found(None, f"No text reads as a date; the first is “{text}” on line {line}.")
    fitting = [order for order in DateOrder if len(reads[order]) == most]
    unread = _unread(texts, reads[fitting[0]])
    if len(fitting) == 1:
        return Found(fitting[0].value, f"{_proof(reads, fitting[0])}{unread}")
    if DateOrder.YMD in fitting and DateOrder.DMY not in fitting:
        return Found(DateOrder.YMD.value, f"{most} dates have the year first, as ISO 8601 writes them.{unread}")
    line, text = texts[0]
    names = tuple(order.value for order in fitting)
    return Found(
        None,
        f"All {most} dates read as {' and as '.join(names)}: “{text}” on line {line} is one of both.{unread}",
        names,
    )


def _proof(reads: dict[DateOrder, list[tuple[int, str]]], order: DateOrder) -> str:
    """How many dates only this order reads, beside its mirror."""
    mirror = {
        DateOrder.DMY: DateOrder.MDY, DateOrder.MDY: DateOrder.DMY, DateOrder.YMD: DateOrder.YDM,
        DateOrder.YDM: DateOrder.YMD,
    }[order]  # fmt: skip
    also = set(reads[mirror])
    only = [cell for cell in reads[order] if cell not in also]
    line, text = only[0]
    return f"{len(only)} of {len(reads[order])} dates can only be {order.value}, first “{text}” on line {line}."


def _unread(texts: Cells, read: Cells) -> str:
    known = set(read)
    left = [cell for cell in texts if cell not in known]
    return f" {len(left)} are no date in it, first “{left[0][1]}” on line {left[0][0]}." if left else ""


def two_digit_years(cells: Cells) -> bool:
    """Whether the dates are written with two figures for the year, which nothing reads."""
    texts = [MIDNIGHT.sub("", text) for _, text in cells if text and not text.endswith(REAL)]
    short = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2}|\d{6}")
    return bool(texts) and all(short.fullmatch(text) for text in texts)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The signs in the amounts of a table."""

    decimal: Found
    thousands: str


def numerals(cells: Cells) -> Numbers:
    """The decimal sign, by the amounts that only one of both can write."""
    texts = [(line, bare(text)) for line, text in cells if text and not text.endswith(REAL)]
    figures = [(line, text) for line, text in texts if FIGURES.fullmatch(text)]
    if not texts:
        return Numbers(Found(".", "All amounts are real numbers of the workbook; no sign is needed."), "")
    proofs = {sign: [cell for cell in figures if decimal_sign(cell[1]) == sign] for sign in (".", ",")}
    proven = [sign for sign in proofs if proofs[sign]]
    if len(proven) == 1:
        return _proven(proven[0], proofs[proven[0]], figures)
    if len(proven) == 2:
        first = "; ".join(f"“{proofs[sign][0][1]}” on line {proofs[sign][0][0]}" for sign in proven)
        return Numbers(Found(None, f"Amounts contradict each other: {first}.", (".", ",")), "")
    if not figures:
        return Numbers(Found(None, f"No text reads as an amount; the first is “{texts[0][1]}”."), "")
    unclear = next(((line, text) for line, text in figures if "." in text or "," in text), None)
    if unclear is None:
        return Numbers(
            Found(None, f"None of {len(figures)} amounts has a decimal part.", (".", ",")), _thousands(figures, "")
        )
    line, text = unclear
    why = f"“{text}” on line {line} can have thousands or decimals, and no amount says which."
    return Numbers(Found(None, why, (".", ",")), "")


def _proven(sign: str, proofs: Cells, figures: Cells) -> Numbers:
    """The sign some amounts prove; one that would have three decimals by it contradicts them: it may have thousands."""
    line, text = proofs[0]
    odd = next((cell for cell in figures if sign in cell[1] and not decimal_sign(cell[1])), None)
    if odd:
        why = f"“{text}” on line {line} has “{sign}” before its decimals, and “{odd[1]}” on line {odd[0]} would have three."
        return Numbers(Found(None, why, (".", ",")), "")
    why = f"{len(proofs)} of {len(figures)} amounts can only have “{sign}”, first “{text}” on line {line}."
    return Numbers(Found(sign, why), _thousands(figures, sign))


def bare(text: str) -> str:
    """The figures alone: without the sign or code of a currency, and with a minus where they stand in brackets."""
    figures = IN_BRACKETS.sub(r"-\1", text.translate(BLANKS))
    return SIGN_OF_MONEY.sub("", SIGN_BEFORE.sub(r"\1", figures)).strip()


def decimal_sign(text: str) -> str:
    """The only sign that can be the decimal one in this amount; empty where both or none can."""
    signs = [c for c in text if c in ".,"]
    if not signs:
        return ""
    last = signs[-1]
    if len(set(signs)) == 2:
        return last
    if len(signs) > 1:
        return "," if last == "." else "."  # what stands twice stands between thousands
    after = text.rstrip("+-").rpartition(last)[2]
    return "" if len(after) == 3 and 1 <= len(text.lstrip("+-").partition(last)[0].strip()) <= 3 else last


def _thousands(figures: Iterable[tuple[int, str]], decimal: str) -> str:
    """What stands between groups of three; a blank, which can be nothing else, where nothing does."""
    other = {",": ".", ".": ","}.get(decimal, "")
    for sign in (" ", "'", other):
        if sign and any(sign in text for _, text in figures):
            return sign
    return " "


def thousands_with(cells: Cells, decimal: str) -> str:
    """What stands between thousands where a person said the decimal sign."""
    return _thousands([(line, bare(text)) for line, text in cells if not text.endswith(REAL)], decimal)
