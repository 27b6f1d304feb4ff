"""What the creditor enters of its credit insurance and of the cover of a customer, read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from policies.folder_name import folder_wrong
from policies.form_days import day_of
from policies.form_values import email_wrong
from policies.insurance import FilingFrom
from policies.problems import Problem
from policies.sum_written import read_sum

SOURCE = "form"
LONGEST_DAYS = 3650
YES, NO = ("yes", "true", "1"), ("", "no", "false", "0")


@dataclass(frozen=True, slots=True)
class PolicyWords:
    """A policy as it was written down; empty text means none."""

    insurer: str
    policy: str
    currency: str
    extension_days: str
    filing_days: str
    filing_from: str
    percent: str
    valid_from: str
    valid_until: str = ""
    minimum: str = ""
    blind: str = ""
    covers_disputed: str = ""
    asks_write_off: str = ""
    extension_clause: str = ""
    filing_clause: str = ""
    email: str = ""
    folder: str = ""


def read_policy(words: PolicyWords) -> dict[str, object] | list[Problem]:
    """The columns of `credit_insurance`, or everything that is wrong. Nothing has a usual value: each policy has its own."""
    currency = words.currency.strip().upper()
    read = {
        "extension_days": _days(words.extension_days, 0), "filing_days": _days(words.filing_days, 1),
        "filing_from": _filing_from(words.filing_from), "insured_percent": _percent(words.percent),
        "valid_from": _day(words.valid_from), "valid_until": _day(words.valid_until, empty=True),
        "minimum_claim": _sum(words.minimum, currency), "blind_cover": _sum(words.blind, currency),
        "covers_disputed": _yes(words.covers_disputed), "asks_write_off": _yes(words.asks_write_off),
        "insurer": words.insurer.strip() or Wrong("Say who insures."), "policy": words.policy.strip() or Wrong("Say the number of the policy."),
        "currency": currency if len(currency) == 3 and currency.isalpha() else Wrong("Three capital letters, such as EUR."),
        "email": Wrong(email_wrong(words.email.strip())) or words.email.strip(),
        "folder": Wrong(folder_wrong(words.folder.strip())) or words.folder.strip().lower(),
    }  # fmt: skip
    if problems := _problems(read, "valid_from", "valid_until"):
        return problems
    plain = {"extension_clause": words.extension_clause, "filing_clause": words.filing_clause}
    return {**read, **{name: text.strip() for name, text in plain.items()}}


def read_cover(limit: str, currency: str, since: str, until: str, cancelled: str) -> dict[str, object] | list[Problem]:
    """The columns of `buyer_cover`, or everything that is wrong; a limit of 0: cover was refused."""
    read = {
        "limit_amount": _sum(limit, currency) if limit.strip() else Wrong("Say the limit; 0 where cover was refused."),
        "since": _day(since), "until": _day(until, empty=True), "cancelled_on": _day(cancelled, empty=True),
    }  # fmt: skip
    return _problems(read, "since", "until", "cancelled_on") or dict(read)


def _problems(read: Mapping[str, object], first: str, *ends: str) -> list[Problem]:
    """Everything that is wrong, and an end before the first day."""
    start, found = read[first], {name: value for name, value in read.items() if isinstance(value, Wrong)}
    for last, end in ((name, read[name]) for name in ends):
        if isinstance(start, date) and isinstance(end, date) and end < start:
            found[last] = Wrong("Its last day is before its first.")
    return [Problem(SOURCE, None, name, reason) for name, reason in found.items()]


class Wrong(str):
    """Why what was written cannot be."""

    __slots__ = ()


def _days(text: str, least: int) -> int | Wrong:
    found = int(text) if text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 5 else -1
    return found if least <= found <= LONGEST_DAYS else Wrong(f"A number of days from {least} to {LONGEST_DAYS}.")


def _filing_from(text: str) -> str | Wrong:
    found = next((one.value for one in FilingFrom if one == text.strip()), None)
    return found or Wrong("The day from which the days for filing count: due, or extension.")


def _percent(text: str) -> Decimal | Wrong:
    try:
        found = Decimal(text.strip().rstrip("%").replace(",", "."))
    except InvalidOperation:
        found = Decimal(0)
    return found if found.is_finite() and 0 < found <= 100 else Wrong("A percentage above 0 and up to 100.")


def _day(text: str, *, empty: bool = False) -> date | Wrong | None:
    if not text.strip() and empty:
        return None
    return day_of(text.strip()) or Wrong("Write the day as YYYY-MM-DD.")


def _sum(text: str, currency: str) -> int | Wrong:
    if not text.strip() or text.strip().strip("0.") == "":
        return 0
    found = read_sum(text, currency)
    return Wrong(found) if isinstance(found, str) else found


def _yes(text: str) -> bool | Wrong:
    said = text.strip().lower()
    return said in YES if said in (*YES, *NO) else Wrong("Write yes or no.")
