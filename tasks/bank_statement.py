"""A statement as its file says it, whatever the format, and what must agree in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from policies.money import plain
from policies.payment_record import PaymentRecord
from policies.problems import Problem

MOST_LINES = 300_000
"""Movements of the largest file taken in at once; a longer one is exported by month or account."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What the account held, in minor units of `currency`, at the end of `day`; negative: overdrawn."""

    amount: int
    currency: str
    day: date


@dataclass(slots=True)
class Tally:
    """How many entries and what they come to, without signs, in minor units."""

    count: int = 0
    total: int = 0


@dataclass(slots=True)
class Statement:
    """One statement, report or notification of one account. `place` is the line its account stands on.

    `is_whole`: it does not run on over several messages, so that its balances enclose its own lines alone.
    """

    id: str
    account: str
    place: int | None
    opening: Balance | None = None
    closing: Balance | None = None
    lines: list[PaymentRecord] = field(default_factory=list)
    tallies: dict[tuple[str, bool, bool], Tally] = field(default_factory=dict)
    """By currency, whether money came in, and whether it is only announced. Entries as the bank counts them: a
    collective entry is one, however many lines it became."""
    is_whole: bool = True
    until: date | None = None
    """The last day the statement itself speaks of."""
    is_account_known: bool = True
    """It tells all that moved in its time, as a notification of single movements does not."""

    def count(self, amount: int, currency: str, *, pending: bool) -> None:
        """Note an entry for the checks."""
        tally = self.tallies.setdefault((currency, amount >= 0, pending), Tally())
        tally.count += 1
        tally.total += abs(amount)

    def moved(self, currency: str) -> int:
        """What the booked entries of the currency come to, signed."""
        come, gone = (self.tallies.get((currency, is_credit, False), Tally()).total for is_credit in (True, False))
        return come - gone


def balance_problems(statement: Statement, source: str) -> Iterator[Problem]:
    """Opening balance plus booked entries must be the closing balance, where both are given in one currency."""
    opening, closing = statement.opening, statement.closing
    if opening is None or closing is None or opening.currency != closing.currency or not statement.is_whole:
        return
    currency = opening.currency
    moved = statement.moved(currency)
    if opening.amount + moved != closing.amount:
        yield Problem(
            source, statement.place, "balance",
            f"Statement {statement.id or '(without number)'} of account {statement.account} does not add up: "
            f"opening {plain(opening.amount, currency)} and entries {plain(moved, currency)} make "
            f"{plain(opening.amount + moved, currency)} {currency}, but the closing balance is "
            f"{plain(closing.amount, currency)}. Entries are missing or damaged; fetch the file again.",
        )  # fmt: skip


def known_through(statements: Iterable[Statement]) -> dict[str, date]:
    """Up to which day each account is known: the day of its closing balance, else the statement's own end or its last
    booked line."""
    days: dict[str, date] = {}
    for statement in statements:
        if statement.is_account_known and statement.account:
            booked = [line.booked for line in statement.lines if not line.is_pending]
            own = [statement.closing.day] if statement.closing else [*booked, *filter(None, [statement.until])]
            if own:
                days[statement.account] = max(*own, days.get(statement.account, date.min))
    return days
