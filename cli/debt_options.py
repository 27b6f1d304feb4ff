"""The debt as it is typed at the terminal: every mistake is said at once, in sentences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from cli.refusal import Refusal
from policies.interest.debt import Debt, Movement, Terms
from policies.money import plain
from policies.rates.rate_cells import day_written, percent
from policies.toml_values import Wrong
from tasks.cell_values import Numerals, Unreadable, read_amount

T = TypeVar("T")
NUMERALS = Numerals(decimal=".", thousands="")


@dataclass(slots=True)
class Reading:
    """Options while they are read; what is wrong is kept, and reading goes on."""

    currency: str
    problems: list[str] = field(default_factory=list)

    def day(self, option: str, text: str | None) -> date | None:
        """The day of an option; None where it is not given."""
        return self._read(option, text, _day)

    def amount(self, option: str, text: str | None) -> int | None:
        """An amount in minor units, not negative; None where it is not given."""
        return self._read(option, text, lambda words: _amount(words, self.currency))

    def rate(self, option: str, text: str | None) -> Decimal | None:
        """A percentage a year, negative or not; None where it is not given."""
        return self._read(option, text, percent_in)

    def agreed_rate(self, option: str, text: str | None) -> Decimal | None:
        """A percentage a year, not negative; None where it is not given."""
        return self._read(option, text, _percent)

    def movements(self, option: str, texts: Sequence[str], sign: int) -> list[Movement]:
        """Payments, credits or returns written DATE=AMOUNT."""
        found = [self._read(option, text, lambda words: _movement(words, self.currency, sign)) for text in texts]
        return [one for one in found if one is not None]

    def check(self) -> None:
        """Refuse with every sentence, if anything was wrong."""
        if self.problems:
            raise Refusal("\n".join(self.problems))

    def _read(self, option: str, text: str | None, read: Callable[[str], T]) -> T | None:
        if text is None:
            return None
        try:
            return read(text.strip())
        except Unreadable as wrong:
            self.problems.append(f"{option}: {wrong}")
            return None


@dataclass(frozen=True, slots=True)
class Typed:
    """What the options of `relance interest` say."""

    amount: str
    due: str
    notice: str | None
    delivered: str | None
    stopped: str | None
    payments: Sequence[str]
    credits: Sequence[str]
    returns: Sequence[str]
    instalments: int
    rate: str | None
    flat: str | None


def read_debt(typed: Typed, reading: Reading) -> tuple[Debt, Terms | None]:
    """The debt, and what the parties agreed on if a rate or a sum was typed; mistakes are kept in `reading`."""
    moved = [
        *reading.movements("--payment", typed.payments, 1),
        *reading.movements("--credit", typed.credits, 1),
        *reading.movements("--returned", typed.returns, -1),
    ]
    debt = Debt(
        principal=reading.amount("--amount", typed.amount) or 0,
        currency=reading.currency,
        due=reading.day("--due", typed.due) or date.min,
        movements=tuple(moved),
        notice_on=reading.day("--notice", typed.notice),
        stopped_on=reading.day("--stopped", typed.stopped),
        instalments=typed.instalments,
        delivered_on=reading.day("--delivered", typed.delivered),
    )
    _check_returns(debt, reading)
    rate, flat = reading.agreed_rate("--rate", typed.rate), reading.amount("--flat", typed.flat)
    agreed = rate is not None or flat is not None
    return debt, Terms(rate, flat, reading.currency, "as typed with the command") if agreed else None


def _check_returns(debt: Debt, reading: Reading) -> None:
    """Only money that came can go back: more would let interest run on what was never owed."""
    for one in sorted(debt.movements, key=lambda moved: moved.on):
        until_then = sum(moved.amount for moved in debt.movements if moved.on <= one.on)
        if one.amount < 0 and until_then < 0:
            over = f"{plain(-until_then, debt.currency)} {debt.currency}"
            reading.problems.append(f"--returned: by {one.on} {over} more went back than had come; add its payment.")
            return


def _day(text: str) -> date:
    try:
        return day_written(text)
    except Wrong:
        raise Unreadable(f"“{text}” is not a day; write it as YYYY-MM-DD, for example 2024-03-31.") from None


def _amount(text: str, currency: str) -> int:
    found = read_amount(text, currency, NUMERALS)
    if found < 0:
        raise Unreadable(f"“{text}” is negative; write the amount without a sign.")
    return found


def _percent(text: str) -> Decimal:
    found = percent_in(text)
    if found < 0:
        raise Unreadable(f"“{text}” is negative; an agreed rate is zero or more.")
    return found


def percent_in(text: str) -> Decimal:
    """A percentage a year as it is typed: 3.15 or 3.15%; raises Unreadable."""
    try:
        return percent(text.removesuffix("%").strip())
    except Wrong:
        raise Unreadable(f"“{text}” is not a percentage a year; write it with a point, for example 3.15.") from None


def _movement(text: str, currency: str, sign: int) -> Movement:
    day, equals, amount = text.partition("=")
    if not equals:
        raise Unreadable(f"“{text}” is not DATE=AMOUNT; write for example 2024-06-01=5000.00.")
    return Movement(_day(day.strip()), sign * _amount(amount.strip(), currency))
