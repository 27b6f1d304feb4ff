"""What a person says to put something on hold, read and checked: the kind decides what must be said."""

import re
from dataclasses import dataclass
from datetime import date

from policies.facts import DatedAmount, HoldKind
from policies.form_days import act_day_wrong, coming_day_wrong, day_of
from policies.money import digits
from policies.problems import Problem
from policies.stages import Channel

SOURCE = "form"
LONGEST = 2000  # characters
NEEDS_DAY = frozenset({HoldKind.PROMISE, HoldKind.PLAN, HoldKind.IN_FLIGHT, HoldKind.CALL_BACK})
"""Kinds that mean nothing without a day (for a promise or a plan, payments will do)."""
OF_MONEY = frozenset({HoldKind.PROMISE, HoldKind.PLAN})
ASKED_FOR = tuple(kind for kind in HoldKind if kind is not HoldKind.UNREAD_REPLY)
"""Kinds a person may set; an unread reply is found, not said."""

_PAYMENT = re.compile(r"([0-9-]+)\s*=\s*([0-9]{1,12})(?:\.([0-9]+))?")


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


@dataclass(frozen=True, slots=True)
class HoldAsked:
    """A hold that can be placed."""

    kind: HoldKind
    reason: str
    since: date
    until: date | None
    channels: frozenset[Channel] = frozenset()
    instalments: tuple[DatedAmount, ...] = ()


def read_hold(words: HoldWords, currency: str | None, today: date) -> HoldAsked | list[Problem]:
    """The hold meant, or everything that is wrong with it. `currency` is that of the items held; None: several."""
    kind = next((one for one in ASKED_FOR if one == words.kind.strip().replace("-", "_")), None)
    if kind is None:
        return [_wrong("kind", f"“{words.kind}” is no kind of hold; choose one of: {', '.join(ASKED_FOR)}.")]
    channels, no_channels = _channels(words.channels)
    payments, no_payments = _payments(words.payments, currency, today)
    problems = [*_days(words, today), *_unfitting(words, kind), *no_channels, *no_payments]
    if problems:
        return problems
    since, reason = day_of(words.since.strip()) or today, words.reason.strip() or "held by a person"
    return HoldAsked(kind, reason, since, day_of(words.until.strip()), frozenset(channels), tuple(payments))


def _days(words: HoldWords, today: date) -> list[Problem]:
    found = [
        ("until", coming_day_wrong(words.until.strip(), today)),
        ("since", act_day_wrong(words.since.strip(), today)),
        ("reason", f"At most {LONGEST} characters." if len(words.reason) > LONGEST else ""),
    ]
    return [_wrong(name, reason) for name, reason in found if reason]


def _unfitting(words: HoldWords, kind: HoldKind) -> list[Problem]:
    """What this kind needs and was not said, and what it has no use for."""
    named, problems = kind.value.replace("_", " "), []
    if kind in NEEDS_DAY and not words.until.strip() and not (kind in OF_MONEY and words.payments.strip()):
        problems.append(_wrong("until", f"Say until which day: {named} without one has no end."))
    if words.payments.strip() and kind not in OF_MONEY:
        problems.append(_wrong("payments", f"Payments belong to a promise or a plan, not to {named}."))
    if words.payments.strip() and words.until.strip():
        problems.append(_wrong("until", "Leave it empty where payments are named: each has its day."))
    if words.channels.strip() and kind is not HoldKind.OPT_OUT:
        problems.append(_wrong("channels", f"Channels belong to an opt-out, not to {named}."))
    return problems


def _channels(text: str) -> tuple[list[Channel], list[Problem]]:
    known = {one.value: one for one in Channel if one is not Channel.HANDOVER}
    parts = re.split(r"[,;\s]+", text.strip())
    wrong = [f"“{one}” is no channel; choose of: {', '.join(known)}." for one in parts if one and one not in known]
    return [known[one] for one in parts if one in known], [_wrong("channels", reason) for reason in wrong]


def _payments(text: str, currency: str | None, today: date) -> tuple[list[DatedAmount], list[Problem]]:
    parts = [one.strip() for one in re.split(r"[;\n]+", text) if one.strip()]
    if parts and currency is None:
        return [], [_wrong("payments", "The items held are in several currencies: name one invoice.")]
    read = [_payment(one, currency or "", today) for one in parts]
    found = [one for one in read if isinstance(one, DatedAmount)]
    problems = [_wrong("payments", one) for one in read if isinstance(one, str)]
    if len({one.on for one in found}) < len(found):
        problems.append(_wrong("payments", "Name each day once."))
    return sorted(found, key=lambda one: one.on), problems


def _payment(text: str, currency: str, today: date) -> DatedAmount | str:
    """One payment agreed, or why it is none. A plan may run for longer than a year."""
    found = _PAYMENT.fullmatch(text)
    on = None if found is None else day_of(found[1])
    if found is None or on is None or len(found[3] or "") > digits(currency):
        return f"“{text}” is no payment; write 2026-05-01=500.00, with a semicolon between payments."
    amount = int(found[2] + (found[3] or "").ljust(digits(currency), "0"))
    if on <= today or not amount:
        return f"“{text}” is no payment to come; today is {today.isoformat()}."
    return DatedAmount(on, amount)


def _wrong(name: str, reason: str) -> Problem:
    return Problem(SOURCE, None, name, reason)
