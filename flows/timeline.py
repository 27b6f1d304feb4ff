"""The timeline of a case: what was done, what comes next, why; one artifact per invoice, written from our journal."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flows.reasons import ahead, reasons
from policies.case import Case
from policies.decisions import Close
from policies.explain import Explanation
from policies.said import sentence
from storage.dossier import Dossier
from storage.timeline import Event
from tasks import wording
from tasks.journal_words import event_words
from tasks.staff_text import colon, named, say, short_day, told
from tasks.staff_words import STAFF, cell

ACTS = (
    ("log-call", "Log a call"),
    ("hold", "Hold"),
    ("release", "Release"),
    ("dispute", "The customer disputes it"),
    ("payment-plan", "Agree on a payment plan"),
    ("promise", "Note a promise"),
    ("settlement", "Propose a settlement"),
    ("set-off", "Propose a set-off"),
    ("measure", "Propose a commercial measure"),
    ("limitation-act", "Keep the claim alive"),
    ("court-event", "Event of a court file"),
    ("note", "Write a note"),
    ("says-paid", "The customer says it is paid"),
    ("write-to-customer", "Write to the customer"),
    ("resend-invoice", "Send a copy of the invoice"),
)
"""Deployments a person may start from here, with the words of their link."""

LOOK = {
    "theme": "dark",
    "themeVariables": {"cScale0": "#3b5b8c", "cScaleLabel0": "#ffffff", "cScaleInv0": "#cbd5e1"},
    "timeline": {"disableMulticolor": True},
}
"""Colours that can be read on the dark ground on which Prefect's UI draws."""
DRAWN = 16
"""Events drawn; the table has all of them."""


def markdown(dossier: Dossier, why: Explanation, events: tuple[Event, ...], links: Mapping[str, str]) -> str:
    """The whole artifact."""
    case, decision = dossier.case, why.decision
    zone = case.calendar.zone
    assert isinstance(zone, ZoneInfo), "storage gives every calendar a named zone"
    open_amount = wording.amount(case.open, case.currency, STAFF)
    head = f"# {cell(case.customer_name)} · {cell(case.invoice)}\n\n" + say(
        "**{open}** open of {amount}, due {day} · customer {number} · owner {owner}",
        open=open_amount,
        amount=wording.amount(case.original, case.currency, STAFF),
        day=case.due.isoformat(),
        number=cell(dossier.customer_number),
        owner=cell(dossier.owner or "–"),
    )
    head += _disputed(case)
    happened = [(event.at.astimezone(zone), event_words(event, case.currency)) for event in _telling(events)]
    heading = say("Outcome") if isinstance(decision, Close) else say("Next")
    following = heading, told(sentence(decision, case.calendar))
    rows = [f"| {at:%Y-%m-%d %H:%M} | {cell(words)} |" for at, words in happened]
    table = "\n".join([say("| When | What |"), "|---|---|", *rows])
    what_next = f"**{colon(following[0])}** {cell(following[1])}."
    drawn = _mermaid(happened, following)
    parts = (
        head,
        what_next,
        ahead(dossier, why),
        _links(dossier, links),
        drawn,
        table,
        f"### {say('Why')}",
        reasons(why),
    )
    return "\n\n".join(part for part in parts if part)


def _disputed(case: Case) -> str:
    """*400,00 € of it disputed*."""
    if not case.set_aside:
        return ""
    return " · " + say("{amount} of it disputed", amount=wording.amount(case.set_aside, case.currency, STAFF))


def _telling(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Of the steps the old system had taken only the last is known to have left; the ones before it are not told."""
    elsewhere = [event for event in events if event.facts.get("how") == "elsewhere"]
    return tuple(event for event in events if event not in elsewhere[:-1])


def _mermaid(happened: list[tuple[Any, str]], following: tuple[str, str]) -> str:
    """The same from top to bottom, a row a day: side by side more than four days could not be read."""
    days: dict[str, list[str]] = {}
    for at, words in happened[-DRAWN:]:
        days.setdefault(f"{short_day(at.date())} {at:%Y}", []).append(_plain(words))
    heading, words = following
    days[heading] = [_plain(words)]
    rows = [f"    {day} : {' : '.join(words)}" for day, words in days.items()]
    return "\n".join(["```mermaid", f"%%{{init: {json.dumps(LOOK)}}}%%", "timeline TD", *rows, "```"])


def _plain(words: str) -> str:
    """Words without the signs that mean something to Mermaid, and with spaces as wide as it can draw them."""
    spaced = words.replace("\u00a0: ", " – ").replace(": ", " – ").replace(":", " ").replace("\u202f", "\u00a0")
    return "".join(" " if letter in ';#\n`"' else letter for letter in spaced)[:80].strip()


def _links(dossier: Dossier, links: Mapping[str, str]) -> str:
    """Pre-filled forms for what a person may do."""
    parameters = {"customer": dossier.customer_number, "invoice": dossier.case.invoice}
    query = quote(json.dumps(parameters, ensure_ascii=False), safe="")
    known = [(words, links[name]) for name, words in ACTS if name in links]
    return " · ".join(
        f"[{named(words)}](/v2/deployments/deployment/{id}/run?parameters={query})" for words, id in known
    )
