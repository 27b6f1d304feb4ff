"""What a person says to put something on hold, read and checked: the kind decides what must be said."""

import re
from dataclasses import dataclass
from datetime import date

from policies.facts import DatedAmount, HoldKind
from policies.form_days import act_day_wrong, coming_day_wrong, day_of
from policies.hold_payments import read_payments
from policies.problems import Problem
from policies.stages import Channel
from policies.stay_holds import ONE_BY_ONE

SOURCE = "form"
LONGEST = 2000  # characters
NEEDS_DAY = frozenset({HoldKind.PROMISE, HoldKind.PLAN, HoldKind.IN_FLIGHT, HoldKind.CALL_BACK})
"""Kinds that mean nothing without a day (for a promise or a plan, payments will do)."""
OF_MONEY = frozenset({HoldKind.PROMISE, HoldKind.PLAN})
ASKED_FOR = tuple(kind for kind in HoldKind if kind not in (HoldKind.UNREAD_REPLY, HoldKind.COURT, *ONE_BY_ONE))
"""Kinds a person may set; an unread reply is found, not said, a court file holds what it is about by itself, and a stay is
opened as one (`relance stay open`)."""


@dataclass(frozen=True, slots=True)
class HoldWords:
    """A hold as it was written down; empty text means none."""

    reason: str = ""
    kind: str = HoldKind.MANUAL.value
    until: str = ""
    since: str = ""
    """Insolvency: the day of the judgment; else the day it began, today where empty."""
    channels: str = ""
    payments: str = ""
    """`2026-05-01=500.00; 2026-06-01=250.00`."""
    interest_until: str = ""
    """Plan: the last day that earns interest, where that was agreed or granted; empty: interest runs on."""


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """A hold that can be placed."""

    kind: HoldKind
    reason: str
    since: date
    until: date | None
    channels: frozenset[Channel] = frozenset()
    instalments: tuple[DatedAmount, ...] = ()
    interest_until: date | None = None


def read_hold(words: HoldWords, currency: str | None, today: date) -> HoldAsked | list[Problem]:
    """The hold meant, or everything that is wrong with it. `currency` is that of the items held; None: several."""
    kind = next((one for one in ASKED_FOR if one == words.kind.strip().replace("-", "_")), None)
    if kind is None:
        return [_wrong("kind", f"“{words.kind}” is no kind of hold; choose one of: {', '.join(ASKED_FOR)}.")]
    channels, no_channels = _channels(words.channels)
    payments, unread = read_payments(words.payments, currency, today)
    no_payments = [_wrong("payments", one) for one in unread]
    problems = [*_days(words, today), *_unfitting(words, kind), *no_channels, *no_payments]
    if problems:
        return problems
    since, reason = day_of(words.since.strip()) or today, words.reason.strip() or "held by a person"
    until, interest_until = day_of(words.until.strip()), day_of(words.interest_until.strip())
    return HoldAsked(kind, reason, since, until, frozenset(channels), tuple(payments), interest_until)


def _days(words: HoldWords, today: date) -> list[Problem]:
    found = [
        ("until", coming_day_wrong(words.until.strip(), today)),
        ("since", act_day_wrong(words.since.strip(), today)),
        ("interest_until", _no_day(words.interest_until.strip())),
        ("reason", f"At most {LONGEST} characters." if len(words.reason) > LONGEST else ""),
    ]
    return [_wrong(name, reason) for name, reason in found if reason]


def _no_day(text: str) -> str:
    return f"“{text}” is not a day; write it as YYYY-MM-DD." if text and day_of(text) is None else ""


def _unfitting(words: HoldWords, kind: HoldKind) -> list[Problem]:
    """What this kind needs and was not said, and what it has no use for."""
    named, problems = kind.value.replace("_", " "), []
    if kind in NEEDS_DAY and not words.until.strip() and not (kind in OF_MONEY and words.payments.strip()):
        problems.append(_wrong("until", f"Say until which day: {named} without one has no end."))
    if words.payments.strip() and kind not in OF_MONEY:
        problems.append(_wrong("payments", f"Payments belong to a promise or a plan, not to {named}."))
    if words.payments.strip() and words.until.strip():
        problems.append(_wrong("until", "Leave it empty where payments are named: each has its day."))
    if words.interest_until.strip() and kind is not HoldKind.PLAN:
        problems.append(_wrong("interest_until", f"Interest is stopped by a plan, not by {named}."))
    if words.channels.strip() and kind is not HoldKind.OPT_OUT:
        problems.append(_wrong("channels", f"Channels belong to an opt-out, not to {named}."))
    return problems


def _channels(text: str) -> tuple[list[Channel], list[Problem]]:
    known = {one.value: one for one in Channel if one is not Channel.HANDOVER}
    parts = re.split(r"[,;\s]+", text.strip())
    wrong = [f"“{one}” is no channel; choose of: {', '.join(known)}." for one in parts if one and one not in known]
    return [known[one] for one in parts if one in known], [_wrong("channels", reason) for reason in wrong]


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
