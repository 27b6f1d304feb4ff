"""When two lines of bank files are one movement of an account.

They are when currency and amount agree, and the account as far as both name one, they share a day (booked or value date), and the bank's own reference
agrees; where one of them has none, when they are booked on one day and everything else they say agrees. An announced line has days of grace until it is
booked, and so has a rejection that the bank first reports apart and then books.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

GRACE = 10
"""Days between a line announced and the same line booked, or a rejection reported and the same on the statement."""

Clue = tuple[object, ...]
"""What two lines that are one movement have in common."""


@dataclass(frozen=True, slots=True)
class BankLine:
    """What tells a line from others. `amount` is signed, in minor units; `account` as `account_key` gives it.

    `content` is all the words of the line; `has_mark`: they hold a reference of the payer's or the bank's. `batch` is the bank's
    reference of the collective entry of which the line is a part.
    """

    account: str
    currency: str
    amount: int
    booked: date
    value_date: date
    bank_reference: str
    content: tuple[str, ...]
    end_to_end_id: str = ""
    is_return: bool = False
    is_pending: bool = False
    batch: str = ""
    statement: str = ""
    has_mark: bool = False


def is_same(one: BankLine, other: BankLine) -> bool:
    """The two are one movement; lines that have no clue in common are not."""
    if (one.currency, one.amount) != (other.currency, other.amount) or not may_be_one_account(one, other):
        return False
    if one.bank_reference and other.bank_reference:
        return one.bank_reference == other.bank_reference and touch(one, other)
    if one.content == other.content and _on_one_day(one, other):
        return True
    is_back = one.is_return and other.is_return and one.end_to_end_id == other.end_to_end_id != ""
    return is_back and abs((one.booked - other.booked).days) <= GRACE


def may_be_one_account(one: BankLine, other: BankLine) -> bool:
    """The two may be of one account: many a table names none, and tells what a statement with a name tells again."""
    return not (one.account and other.account) or one.account == other.account


def touch(one: BankLine, other: BankLine) -> bool:
    """The two have a day in common; formats leave out one day or the other."""
    if one.is_pending or other.is_pending:
        return abs((one.booked - other.booked).days) <= GRACE
    return one.booked in {other.booked, other.value_date} or one.value_date in {other.booked, other.value_date}


def _on_one_day(one: BankLine, other: BankLine) -> bool:
    """Booked on one day, with one value date as far as both give one: words alone are a weak proof, and a customer who
    pays the same sum two days later has paid twice."""
    if one.is_pending or other.is_pending:
        return touch(one, other)
    if one.booked != other.booked:
        return False
    return one.value_date == other.value_date or one.booked in {one.value_date, other.value_date}


def kept_under(line: BankLine) -> Iterator[Clue]:
    """The clues a line is remembered by."""
    for clue in _clues(line):
        yield (*clue, None)
        yield (*clue, "announced") if line.is_pending else (*clue, line.booked)
        if line.value_date != line.booked and not line.is_pending:
            yield (*clue, line.value_date)


def looked_up_by(line: BankLine) -> Iterator[Clue]:
    """The clues under which the same movement stands, if it is known."""
    for clue in _clues(line):
        if line.is_pending or clue[0] == "return":
            yield (*clue, None)
            continue
        yield (*clue, line.booked)
        if line.value_date != line.booked:
            yield (*clue, line.value_date)
        yield (*clue, "announced")


def says_more(line: BankLine, than: BankLine) -> bool:
    """Which of two tellings of one movement is kept: what is booked before what is announced, then the one that knows
    more. The order is total, so that whatever comes first, the same telling stays."""
    return _rank(line) > _rank(than)


def _rank(line: BankLine) -> tuple[object, ...]:
    known = (
        bool(line.account),
        bool(line.bank_reference),
        bool(line.end_to_end_id),
        len([part for part in line.content if part]),
    )
    length = sum(len(part) for part in line.content)
    return (not line.is_pending, *known, length, line.content, line.bank_reference, line.booked, line.value_date)


def _clues(line: BankLine) -> Iterator[Clue]:
    start = (line.currency, line.amount)
    if line.bank_reference:
        yield ("reference", *start, line.bank_reference)
    yield ("content", *start, line.content)
    if line.is_return and line.end_to_end_id:
        yield ("return", *start, line.end_to_end_id)
