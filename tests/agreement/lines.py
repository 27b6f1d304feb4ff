"""What both sides are compared by: one line an act, an answer, a step behind an invoice, and how each invoice ended."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, tzinfo

Taken = tuple[str, str, int]
"""An invoice, the step of it an act carried out, and which time."""


@dataclass(frozen=True, slots=True)
class Told:
    """Complete lists, in the order of their lines."""

    acts: list[str]
    questions: list[str]
    steps: list[str]
    endings: list[str]

    def sorted(self) -> "Told":
        """Lines of one moment have no order of their own."""
        return Told(*(sorted(getattr(self, one.name)) for one in fields(self)))


def act(
    at: datetime, zone: tzinfo, customer: str, stage: str, channel: str, demanded: int, currency: str,
    taken: Iterable[Taken],
) -> str:  # fmt: skip
    """*2026-04-09 09h C001 second_reminder by email, 1250.00 EUR: C001-1 second_reminder 1*.

    The hour is what people see of the moment: a clock that is stepped tells the seconds two cases take one after the other.
    """
    whose = ", ".join(f"{item} {step} {time}" for item, step, time in sorted(taken))
    return f"{at.astimezone(zone):%Y-%m-%d %H}h {customer} {stage} by {channel}, {demanded} {currency}: {whose}"


def question(on: date, customer: str, kind: str, stage: str | None, items: Iterable[str]) -> str:
    """A question by the day it was answered."""
    return f"{on} {customer} {kind} {stage or ''}: {', '.join(sorted(items))}"


def step(invoice: str, on: date, step: str, occurrence: int, how: str) -> str:
    """A step behind an invoice, whether it was carried out or gone past."""
    return f"{invoice} {on} {step} {occurrence} {how}"


def ending(invoice: str, ladder: str, outcome: str | None, on: date | None, principal: int) -> str:
    """Where an invoice stands; `principal` is what is open of it, in minor units."""
    return f"{invoice} {ladder or 'no ladder'} {outcome or 'open'} {on or ''} {principal}"
