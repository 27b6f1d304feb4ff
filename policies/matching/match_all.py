"""Which items each bank line pays: a function of all facts, so that order of arrival and duplicates never matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from policies.matching.facts import BankLine, Customer, Decisions, OpenItem, Terms
from policies.matching.match import Match
from policies.matching.opening import open_books
from policies.settlement import Back


@dataclass(frozen=True, slots=True)
class Matched:
    """The match of every line, and what went back of them as it was known meanwhile."""

    matches: tuple[Match, ...]
    back: Back


NO_DECISIONS, DEFAULT_TERMS = Decisions(), Terms()


def match_all(
    items: Iterable[OpenItem],
    customers: Iterable[Customer],
    lines: Iterable[BankLine],
    decisions: Decisions = NO_DECISIONS,
    terms: Terms = DEFAULT_TERMS,
) -> tuple[Match, ...]:
    """One match per line, in the order of value date and key."""
    return matched(items, customers, lines, decisions, terms).matches


def matched(
    items: Iterable[OpenItem],
    customers: Iterable[Customer],
    lines: Iterable[BankLine],
    decisions: Decisions = NO_DECISIONS,
    terms: Terms = DEFAULT_TERMS,
    back: Back | None = None,
) -> Matched:
    """One match per line, in the order of value date and key.

    `items` are all invoices and credit notes with what they asked for when issued: what earlier lines settled is
    worked out here. `lines` are all movements, also those long booked. Days are taken one after the other; within a
    day first what persons decided, then what names an item, then the rest. Accounts are learned from sure lines of
    earlier days. `back` is what went back of lines, where it is known better than they tell it by themselves.
    """
    distinct: dict[str, BankLine] = {}
    for line in lines:
        before = distinct.get(line.key, line)
        distinct[line.key] = line if before == line else min(before, line, key=repr)
    ordered = sorted(distinct.values(), key=lambda line: (line.value_date, line.key))
    books = open_books(items, customers, ordered, decisions, terms, back)
    found: dict[str, Match] = {}
    for day, group in groupby(ordered, key=lambda line: line.value_date):
        books.begin_day(day)
        for line in sorted(group, key=books.turn):
            found[line.key] = books.match(line)
        books.end_day()
    return Matched(tuple(found[line.key] for line in ordered), books.back)
