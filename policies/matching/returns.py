"""Money that went back: which payments were undone, before anything is matched, as settlement sees it."""

from collections.abc import Iterable, Mapping, Sequence

from policies.matching.facts import BankLine
from policies.matching.mentions import read_words
from policies.matching.number_book import NumberBook
from policies.matching.reasons import Witness
from policies.settlement import Back, Line, taken_back


def texts_of(line: BankLine) -> tuple[str, ...]:
    """Everything of a line that may name an invoice."""
    return (*line.invoices, *line.reference.split(";"), line.end_to_end_id, line.text)


def named_outright(line: BankLine, book: NumberBook) -> frozenset[int]:
    """The items whose numbers or references stand whole in the line, one item each."""
    found = set()
    for mention in read_words(texts_of(line), book).mentions:
        items = {entry.item for entry in mention.entries if entry.witness != Witness.SUFFIX}
        if len(items) == 1:
            found |= items
    return frozenset(found)


def money_out(lines: Iterable[BankLine], book: NumberBook) -> dict[str, frozenset[int]]:
    """What each line of money out names."""
    return {line.key: named_outright(line, book) for line in lines if line.amount < 0}


def went_back(lines: Sequence[BankLine], out: Mapping[str, frozenset[int]], book: NumberBook) -> Back:
    """What went back of each line, as far as the lines tell it by themselves, before anything is matched."""
    amounts = {-line.amount for line in lines if line.amount < 0}
    if not amounts:
        return Back()
    concerned = [
        Line(
            line.key,
            line.value_date,
            line.amount,
            line.currency,
            out[line.key] if line.amount < 0 else named_outright(line, book) if line.amount in amounts else frozenset(),
            line.marks,
            line.kin,
        )
        for line in lines
        if line.amount < 0 or line.marks or line.amount in amounts
    ]
    return taken_back(concerned)
