"""Which items each bank line pays: a function of all facts, so that order of arrival and duplicates never matter."""

from collections.abc import Iterable

from policies.invoice_names import key, named
from policies.matching.facts import BankLine, Customer, Decisions, OpenItem, Terms
from policies.matching.match import Because, Match, Share
from policies.matching.reasons import Reason, Sureness, Witness

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
    worked out here. `lines` are all movements, also those long booked.
    """
    known = {key(item.number): item.id for item in items}
    amounts = {item.id: item.payable for item in items}
    distinct = {line.key: line for line in lines}.values()
    found = []
    for line in sorted(distinct, key=lambda line: (line.value_date, line.key)):
        names = named([line.reference, line.end_to_end_id, line.text, *line.invoices], known)
        if len(names) == 1 and line.amount > 0:
            (item,) = names
            share = Share(item, min(line.amount, amounts[item]))
            why = Because(Reason.NAMED, (Witness.NUMBER,))
            found.append(Match(line.key, Sureness.SURE, why, (share,), names))
        else:
            found.append(Match(line.key, Sureness.UNKNOWN, Because(Reason.NOTHING)))
    return tuple(found)
