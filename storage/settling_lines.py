"""From matches to settlement: what each line may settle, and what becomes of its money."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from policies.matching.facts import Decided, Decisions, Refused
from policies.matching.match import Match
from policies.matching.match_all import matched
from policies.matching.reasons import Sureness
from policies.settlement import Line, Settlement, settle, taken_back
from storage.settling_books import Books, Place

NAMED = "named"
"""Why a credit note is set against its invoice."""
STATED = "stated_by_file"
"""Why a line is booked whose file names the invoices in a field of its own."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The books as the laws want them: every match by line, the settlement, and what is to stand at each place."""

    matches: Mapping[str, Match]
    settlement: Settlement
    wanted: Mapping[Place, int]
    stated: frozenset[str] = frozenset()
    """Lines booked as their file states it."""

    def why(self, place: Place) -> str:
        """The reason code of an allocation with what speaks for it."""
        line, _, kind = place
        match = self.matches.get(line)
        if match is None:
            return NAMED
        if line in self.stated:
            return STATED
        because = match.why
        told = [because.reason.value, *(witness.value for witness in because.witnesses)]
        return " ".join([*(["difference"] if kind == "difference" else []), *told])


def settled(books: Books) -> Settled:
    """The laws of matching and settlement over everything that is known: the same whatever the order of arrival.

    Settlement knows better than the lines by themselves which payment a return undid: it also sees what each was booked on.
    Where the two differ, lines are matched once more, with what went back as settlement has it.
    """
    known = matched(books.open_items, books.customers, books.lines, _decisions(books))
    matches = {match.line: match for match in known.matches}
    back = taken_back(_money(books, matches))
    if back.returned != known.back.returned:
        known = matched(books.open_items, books.customers, books.lines, _decisions(books), back=back)
        matches = {match.line: match for match in known.matches}
    result = settle(books.items, _money(books, matches), back)
    wanted = {(line, item, books.origins[line].kind): amount for (line, item), amount in result.shares.items()}
    wanted |= {(line, item, "difference"): amount for (line, item), amount in result.differences.items()}
    return Settled(matches, result, wanted, frozenset(books.stated.keys() - _booked_by_hand(books)))


def _booked_by_hand(books: Books) -> set[str]:
    return {line for line, said in books.said.items() if said.booked is not None}


def _decisions(books: Books) -> Decisions:
    """What persons said, and what files state outright, unless a person refused it."""
    decided = {
        line: Decided(stated=items)
        for line, items in books.stated.items()
        if line not in books.said or frozenset(items) not in books.said[line].refused
    }
    for line, said in books.said.items():
        if said.booked is not None:
            decided[line] = Decided(said.booked)
    refused = {line: Refused(said.refused) for line, said in books.said.items() if said.refused}
    return Decisions(decided, refused)


def _money(books: Books, matches: Mapping[str, Match]) -> list[Line]:
    """Bank lines and credit notes, with what they name. A credit note that was paid out in cash is taken back as well."""
    return [*_lines(books, matches), *_notes(books, matches.values())]


def _lines(books: Books, matches: Mapping[str, Match]) -> Iterable[Line]:
    for line in books.lines:
        match, said = matches[line.key], books.said.get(line.key)
        is_sure = match.sureness is Sureness.SURE
        made = Line(
            line.key,
            line.value_date,
            line.amount,
            line.currency,
            match.named if is_sure else frozenset(),
            line.marks,
            line.kin,
        )
        if said is not None and said.booked is not None:
            fixed = tuple((part.item, part.amount) for part in said.booked)
            yield replace(made, fixed=fixed, lets_go=tuple((part.item, part.lets_go) for part in said.booked))
        elif is_sure:
            yield replace(made, lets_go=_lets_go(match))
        else:
            yield made


def _lets_go(match: Match) -> tuple[tuple[int, int], ...]:
    """What a sure match leaves open and closes."""
    return tuple((one.item, one.amount) for one in match.remains if one.closes)


def _notes(books: Books, matches: Iterable[Match]) -> Iterable[Line]:
    """Credit notes: each settles what it corrects, and what the payment that netted it pays."""
    netted: dict[int, frozenset[int]] = defaultdict(frozenset)
    for match in matches:
        if match.sureness is Sureness.SURE:
            for note in match.named & books.notes.keys():
                netted[note] |= match.named - books.notes.keys()
    return [replace(line, names=line.names | netted[note]) for note, line in books.notes.items()]


def used(books: Books, done: Settled) -> dict[str, int]:
    """What of each payment has found its place: set against invoices, or gone back."""
    sums: dict[str, int] = defaultdict(int)
    for (line, _), share in done.settlement.shares.items():
        sums[line] += share
    for line, amount in done.settlement.returned.items():
        sums[line] += amount
    for back in done.settlement.returns:
        sums[back] += books.origins[back].amount
    return {line: sums[line] for line, origin in books.origins.items() if origin.kind == "payment"}


def asked_from(books: Books, line: str) -> datetime | None:
    """Before this moment nobody is to be asked about the line; None: at once."""
    said = books.said.get(line)
    return None if said is None else said.ask_from


MOST_BESIDE = 300
"""Invoices of one customer that are held for money left over."""


class Owed:
    """What customers still owe once everything is settled; worked out when it is first asked for."""

    def __init__(self, books: Books, done: Settled) -> None:
        self._books, self._done = books, done
        self._open: dict[tuple[int, str], list[int]] | None = None
        self._whose: dict[int, tuple[int, str]] = {}

    def beside(self, items: frozenset[int]) -> list[int]:
        """The open invoices of the customers of these items, in the same currency, oldest first."""
        if self._open is None:
            self._open = self._worked_out()
        whose = {self._whose[item] for item in items if item in self._whose}
        return sorted({item for one in whose for item in self._open.get(one, ())[:MOST_BESIDE]})

    def _worked_out(self) -> dict[tuple[int, str], list[int]]:
        settled_: dict[int, int] = defaultdict(int)
        for (_, item, _), amount in self._done.wanted.items():
            settled_[item] += amount
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for one in sorted(self._books.open_items, key=lambda one: (one.due, one.id)):
            self._whose[one.id] = one.customer, one.currency
            if not one.is_credit and one.payable > settled_[one.id]:
                found[one.customer, one.currency].append(one.id)
        return found
