"""Which items each bank line pays: a function of all facts, so that order of arrival and duplicates never matter."""

from collections.abc import Iterable
from itertools import groupby

from policies.matching.facts import BankLine, Customer, Decisions, OpenItem, Terms
from policies.matching.match import Match
from policies.matching.opening import open_books

NO_DECISIONS, DEFAULT_TERMS = Decisions(), Terms()


def match_all(
    items: Iterable[OpenItem],
    customers: Iterable[Customer],
    lines: Iterable[BankLine],
    decisions: Decisions = NO_DECISIONS,
    terms: Terms = DEFAULT_TERMS,
) -> tuple[Match, ...]:
    """One match per line, in the order of value date and key.

    `items` are all invoices and credit notes with what they asked for when issued: what earlier lines settled is
    worked out here. `lines` are all movements, also those long booked. Days are taken one after the other; within a
    day first what persons decided, then what names an item, then the rest. Accounts are learned from sure lines of
    earlier days.
    """
    distinct: dict[str, BankLine] = {}
    for line in lines:
        before = distinct.get(line.key, line)
        distinct[line.key] = line if before == line else min(before, line, key=repr)
    ordered = sorted(distinct.values(), key=lambda line: (line.value_date, line.key))
    books = open_books(items, customers, ordered, decisions, terms)
    found: dict[str, Match] = {}
    for day, group in groupby(ordered, key=lambda line: line.value_date):
        books.begin_day(day)
        for line in sorted(group, key=books.turn):
            found[line.key] = books.match(line)
        books.end_day()
    return tuple(found[line.key] for line in ordered)
