"""What was played, as the lines a scenario expects: *2026-03-05 courtesy_reminder email FA-1 1000.00 EUR*."""

from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo

from policies.money import plain
from policies.play.played import ActPlayed, Ending, Left, PassedPlayed, QuestionPlayed

Zones = Mapping[str, tzinfo]
"""The time zone of each debtor."""


def act_line(act: ActPlayed) -> str:
    """One message, call or file, without its day: step, channels, invoices, what it asks for, what it claims besides."""
    times = {one.occurrence for one in act.taken if one.step == act.step}
    again = f"#{max(times)}" if times and max(times) > 1 else ""
    besides = f" with {'+'.join(act.besides)}" if act.besides else ""
    by = "+".join(channel.value for channel in act.channels)
    amount = f"{plain(act.demanded, act.currency)} {act.currency}"
    left = "" if act.left is Left.YES else f" ({act.left.value})"
    return f"{act.step}{again} {by} {'+'.join(act.items)}{besides} {amount}{_claimed(act)}{left}"


def _claimed(act: ActPlayed) -> str:
    if act.interest is None and act.flat is None:
        return ""
    interest = "" if act.interest is None else f" interest {plain(act.interest, act.currency)}"
    flat = "" if act.flat is None else f" flat {plain(act.flat, act.currency)}"
    total = plain(act.demanded + (act.interest or 0) + (act.flat or 0), act.currency)
    return f"{interest}{flat} total {total}"


def question_line(asked: QuestionPlayed) -> str:
    """A question without its day: kind, step, invoices, and the answer."""
    step = f" {asked.step}" if asked.step else ""
    answer = f": {asked.choice}" if asked.choice else ""
    return f"{asked.kind.value}{step} {'+'.join(asked.items)}{answer}"


def passed_line(passed: PassedPlayed) -> str:
    """A step gone past, without its day: how, which, of which invoice."""
    return f"{passed.how.value} {passed.step} {passed.item}"


def ending_words(ending: Ending) -> tuple[str, ...]:
    """The ways in which the end of an invoice may be written: *paid*, or *paid 2026-03-20*."""
    if ending.outcome is None:
        word = "open" if ending.ladder else "not chased"
        return (word,)
    word = ending.outcome.value.replace("_", " ")
    return (word,) if ending.on is None else (word, f"{word} {ending.on.isoformat()}")


def dated(at: datetime, zone: tzinfo, line: str) -> tuple[str, str, str]:
    """The line with its day, with its hour on the debtor's clock, and with its hour in UTC."""
    local, utc = at.astimezone(zone), at.astimezone(UTC)
    return f"{local:%Y-%m-%d} {line}", f"{local:%Y-%m-%d %H:%M} {line}", f"{utc:%Y-%m-%d %H:%M}Z {line}"
