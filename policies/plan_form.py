"""A payment plan as a person writes it down, read and checked against what is open."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, date

from policies.facts import DatedAmount
from policies.form_days import day_of
from policies.hold_payments import read_payments
from policies.money import plain
from policies.months import months_after
from policies.problems import Problem

SOURCE = "form"
MOST_PARTS = 60
LONGEST = 2000  # characters of a note
LAST_FIRST = date(MAXYEAR - MOST_PARTS // 12, 1, 1)
"""The last day on which a plan may begin: the calendar holds all its months."""
MOST_LATE_DAYS = 60
_MONTHLY = re.compile(r"([0-9]{1,3})\s+from\s+([0-9-]+)")


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What was written down; empty text means none."""

    payments: str
    """`2026-05-01=500.00; 2026-06-01=250.00`, or `3 from 2026-05-01`: as many equal parts, a month apart."""
    note: str = ""
    interest_until: str = ""
    """The last day that earns interest while the plan is kept; empty: interest runs on."""
    late_days: str = ""
    """Days a payment may come late before the plan lapses; empty: the bank days of the policy alone."""
    first_payment: str = ""
    """`yes`: the plan takes effect with its first payment."""


@dataclass(frozen=True, slots=True)
class PlanAsked:
    """A plan that can be agreed on."""

    payments: tuple[DatedAmount, ...]
    note: str
    interest_until: date | None
    late_days: int
    first_payment: bool


def read_plan(words: PlanWords, open_: int, currency: str, today: date) -> PlanAsked | list[Problem]:
    """The plan meant, or everything that is wrong with it. `open_`: what is open of its invoices, in minor units."""
    monthly = _MONTHLY.fullmatch(words.payments.strip())
    if monthly is None:
        payments, unread = read_payments(words.payments, currency, today)
    else:
        payments, unread = _in_parts(int(monthly[1]), monthly[2], open_, today)
    problems = [_wrong("payments", one) for one in unread or _sum_wrong(payments, open_, currency)]
    problems += [_wrong(name, reason) for name, reason in _terms_wrong(words) if reason]
    if problems:
        return problems
    return PlanAsked(
        tuple(payments), words.note.strip() or "payment plan", day_of(words.interest_until.strip()),
        int(words.late_days.strip() or 0), words.first_payment.strip() == "yes",
    )  # fmt: skip


def equal_parts(total: int, parts: int, first: date) -> list[DatedAmount]:
    """So many payments a month apart that come to the total; what does not divide is paid with the last."""
    share = total // parts
    amounts = [share] * (parts - 1) + [total - share * (parts - 1)]
    return [DatedAmount(months_after(first, place), amount) for place, amount in enumerate(amounts)]


def _in_parts(parts: int, first: str, total: int, today: date) -> tuple[list[DatedAmount], list[str]]:
    on = day_of(first)
    if on is None or not today < on <= LAST_FIRST:
        return [], [f"“{first}” is no day to come; write 3 from 2026-05-01."]
    if not 1 <= parts <= min(MOST_PARTS, total):
        return [], [f"A plan has from 1 to {MOST_PARTS} payments."]
    return equal_parts(total, parts, on), []


def _sum_wrong(payments: list[DatedAmount], open_: int, currency: str) -> Iterator[str]:
    agreed = sum(one.amount for one in payments)
    if not payments:
        yield "Say which payments: 2026-05-01=500.00; 2026-06-01=250.00, or 3 from 2026-05-01."
    elif len(payments) > MOST_PARTS:
        yield f"A plan has at most {MOST_PARTS} payments."
    elif agreed != open_:
        yield (
            f"The payments come to {plain(agreed, currency)} {currency}, open are {plain(open_, currency)} {currency}: "
            "a plan pays all of it. For less, make a settlement."
        )


def _terms_wrong(words: PlanWords) -> Iterator[tuple[str, str]]:
    until, late, first = words.interest_until.strip(), words.late_days.strip(), words.first_payment.strip()
    if until and day_of(until) is None:
        yield "interest_until", f"“{until}” is not a day; write it as YYYY-MM-DD."
    if late and not (late.isascii() and late.isdigit() and int(late[:4]) <= MOST_LATE_DAYS and len(late) < 4):
        yield "late_days", f"“{late}” is no number of days; at most {MOST_LATE_DAYS}."
    if first not in ("", "yes", "no"):
        yield "first_payment", "Write yes or no."
    if len(words.note) > LONGEST:
        yield "note", f"At most {LONGEST} characters."


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
