"""What a person writes down to open a dispute, read and checked."""

from dataclasses import dataclass
from datetime import date

from policies.dispute_reasons import DisputeReason, in_words, reason_named
from policies.dispute_words import amount_in
from policies.form_days import coming_day_wrong, day_of
from policies.money import plain
from policies.problems import Problem

SOURCE = "form"
LONGEST = 2000
"""Characters."""


@dataclass(frozen=True, slots=True)
class DisputeWords:
    """A dispute as it was written down; empty text means none."""

    reason: str
    amount: str = ""
    """Empty: the whole invoice."""
    lines: str = ""
    """What of the invoice it is about: its lines, its articles."""
    text: str = ""
    owner: str = ""
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class DisputeAsked:
    """A dispute that can be opened. `amount` in minor units; None: the whole invoice."""

    reason: DisputeReason
    amount: int | None
    deadline: date | None


def read_dispute(words: DisputeWords, open_amount: int, currency: str, today: date) -> DisputeAsked | list[Problem]:
    """The dispute meant, or everything that is wrong with it. `open_amount` is what is open of the invoice."""
    reason = reason_named(words.reason)
    amount = amount_in(words.amount, currency) if words.amount.strip() else None
    problems = []
    if reason is None:
        known = ", ".join(in_words(one) for one in DisputeReason)
        problems.append(_wrong("reason", f"“{words.reason}” is no reason of a dispute; choose one of: {known}."))
    if words.amount.strip() and amount is None:
        problems.append(_wrong("amount", f"“{words.amount}” is no amount in {currency}; write it as 400.00."))
    if amount is not None and amount > open_amount:
        told = f"{plain(open_amount, currency)} {currency}"
        problems.append(_wrong("amount", f"Only {told} is open of the invoice; leave it empty to dispute the whole."))
    if wrong := coming_day_wrong(words.deadline.strip(), today):
        problems.append(_wrong("deadline", wrong))
    long = [name for name in ("text", "lines") if len(getattr(words, name)) > LONGEST]
    problems += [_wrong(name, f"At most {LONGEST} characters.") for name in long]
    if problems or reason is None:
        return problems
    return DisputeAsked(reason, amount, day_of(words.deadline.strip()))


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
