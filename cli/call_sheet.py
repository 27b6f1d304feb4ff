"""One call on the screen: whom, when, why, what there was before, and what to say."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from cli.printing import clean, fields_of, money
from policies.call_said import OUTCOME_WORDS
from policies.money import plain
from storage.call_list import Call
from storage.call_record import CallMade
from storage.call_rows import WordGiven


def print_sheet(call: Call, question: str) -> None:
    """The call; `question` is what the question that asks for it shows, with the script; empty: nobody asked for it."""
    for line in (*_head(call), *_before(call)):
        print(clean(line))
    if question:
        print(clean(f"\nQuestion {call.question}\n\n{question}"))


def _head(call: Call) -> list[str]:
    """Whom to call, when, and why."""
    numbers = [f"  {one.phone} · {one.name or one.role.replace('_', ' ')}" for one in call.numbers]
    return [
        f"{call.name} ({call.number}) · {call.kind} · {money(call.amount, call.currency)} open",
        *(numbers or ["  No telephone number is known: import one with the customer."]),
        f"There it is {call.local:%A %H:%M}. {_when(call)}",
        f"Why here: {' '.join(call.why)}",
    ]


def _before(call: Call) -> list[str]:
    """What is open, what was promised, and what was said last."""
    heard = ", ".join(f"{one.on} {one.channel}" for one in call.contacts)
    return [
        *(f"  {one.invoice}, due {one.due}: {money(one.open, call.currency)}" for one in call.items),
        *(f"  {_word(one, call.currency)}" for one in call.words),
        *(f"  {_made(one, ZoneInfo(call.zone))}" for one in call.calls),
        *([f"  Heard from us, or called: {heard}"] if heard else []),
        *([f"  Last note: {call.last_note}"] if call.last_note else []),
    ]


def _when(call: Call) -> str:
    if call.may_now:
        return "It may be called now."
    if call.next_at is None:
        return f"{call.why_not_now} There is no hour at which it may be called."
    return f"{call.why_not_now} Call from {call.next_at.astimezone(ZoneInfo(call.zone)):%A %d %b %H:%M} on."


def _word(word: WordGiven, currency: str) -> str:
    """*promise of 500,00 € until 12 Mar: broken*."""
    amount = f" of {money(word.amount, currency)}" if word.amount else ""
    return f"{word.kind}{amount} until {word.until or 'released'}: {word.word.replace('_', ' ') or 'stands'}"


def call_lines(calls: Sequence[CallMade], zone: tzinfo) -> list[str]:
    """Calls about a case, the earliest first."""
    return [f"Call {_made(one, zone)}" for one in calls]


def made_as_json(call: CallMade) -> dict[str, Any]:
    """A call as other programs read it."""
    return fields_of(call) | {"amount": plain(call.amount, call.currency) if call.currency else ""}


def _made(made: CallMade, zone: tzinfo) -> str:
    who = "they called" if made.direction == "in" else "called"
    return f"{made.at.astimezone(zone):%Y-%m-%d %H:%M} {who}: {OUTCOME_WORDS[made.outcome]} ({made.actor}) {made.words}"
