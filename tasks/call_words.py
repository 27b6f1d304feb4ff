"""Calls in words for staff: what was said last, which numbers there are, and what to say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from policies.call_said import OUTCOME_WORDS
from policies.message import MessageFacts
from policies.stages import Stage
from storage.call_numbers import Number
from storage.call_record import CallMade
from tasks import render, wording
from tasks.staff_text import say, semicolon, short_day
from tasks.staff_words import STAFF, cell
from tasks.template_choice import NoWords
from tasks.template_source import BadTemplate


def call_said(call: CallMade, zone: tzinfo) -> str:
    """One call: *12 Mar 14:30, they called: promised to pay, 500,00 €, 20 Mar (marie)*."""
    at = call.at.astimezone(zone)
    parts = [say(OUTCOME_WORDS.get(call.outcome, call.outcome))]
    if call.amount and call.currency:
        parts.append(wording.amount(call.amount, call.currency, STAFF))
    if call.again_at is not None:
        again = call.again_at.astimezone(zone)
        parts.append(f"{short_day(again.date())} {again:%H:%M}")
    elif call.on is not None:
        parts.append(short_day(call.on))
    who = (
        "{day} {hour}, they called: {words} ({actor})" if call.direction == "in" else "{day} {hour}: {words} ({actor})"
    )
    return say(who, day=short_day(at.date()), hour=f"{at:%H:%M}", words=cell(", ".join(parts)), actor=cell(call.actor))


def last_calls_told(calls: Sequence[CallMade], zone: tzinfo) -> str:
    """What was said last, the latest first; what was written down stands in quotation marks."""
    if not calls:
        return ""
    told = say("**Last calls**: {calls}.", calls=semicolon([call_said(one, zone) for one in calls]))
    words = next((one.words for one in calls if one.words), "")
    return f"{told} *{cell(words)}*" if words else told


def other_numbers(numbers: Sequence[Number]) -> str:
    """The numbers to try after the first."""
    if len(numbers) < 2:
        return ""
    others = [f"{cell(one.phone)} ({cell(one.name or say(ROLES[one.role]))})" for one in numbers[1:]]
    return say("Other numbers: {numbers}.", numbers=", ".join(others))


ROLES = {
    "accounts": "the desk that pays",
    "management": "the management",
    "registered_office": "the registered office",
    "administrator": "the administrator",
}


def script(facts: MessageFacts | None) -> str:
    """The call sheet, in the language of the customer; empty where there are no words for it."""
    if facts is None:
        return ""
    try:
        return render.render(replace(facts, stage=Stage.FOLLOW_UP_CALL, text="", pay_within=None)).text
    except (BadTemplate, NoWords, render.NoDeadline, render.NotKnown):
        return ""
