"""The timeline of a case: what was done, what comes next, why; one artifact per invoice, written from our journal."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from policies.decisions import Decision
from policies.said import sentence
from storage.dossier import Dossier
from storage.timeline import Event
from tasks import wording
from tasks.question_text import STAFF, cell, stage_words

ACTS = (
    ("log-call", "Log a call"),
    ("hold", "Hold"),
    ("release", "Release"),
    ("note", "Write a note"),
    ("says-paid", "The customer says it is paid"),
)
"""Deployments a person may start from here, with the words of their link."""

WORDS: Mapping[str, str] = {
    "opened": "Case opened",
    "confirmed": "{stage} sent by {channel}",
    "refused": "{stage} refused: {words}",
    "ambiguous": "{stage} may or may not have left",
    "voided": "Stopped before sending: {why}",
    "passed": "{stage} {how}: {why}",
    "step_behind": "{stage} {how}",
    "asked": "A person was asked ({kind})",
    "approved": "{stage} approved",
    "approval_voided": "Approval void: {why}",
    "answered": "Answered by {actor} ({kind})",
    "held": "On hold ({kind})",
    "released": "Released by {actor}",
    "paid": "Paid {amount}",
    "credited": "Credited {amount}",
    "payment_returned": "Payment of {amount} returned",
    "written_off": "Written off by {actor}",
    "withdrawn": "Withdrawn by {actor}",
    "closed": "Closed: {outcome}",
    "reopened": "Reopened",
    "deed": "{actor} used the run page: {deed}",
    "problem": "Something went wrong: {words}",
    "changed": "The invoice changed",
}


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def event_words(event: Event, currency: str) -> str:
    """One event as a sentence."""
    facts = {key: "" if value is None else str(value) for key, value in event.facts.items()}
    if "amount" in event.facts and str(event.facts["amount"]).lstrip("-").isdigit():
        facts["amount"] = wording.amount(int(event.facts["amount"]), currency, STAFF)
    facts["stage"] = stage_words(facts.get("step") or facts.get("stage")).capitalize()
    facts = {
        key: value.replace("_", " ") if key in ("how", "kind", "outcome") else value for key, value in facts.items()
    }
    return _pattern(event.kind, facts).format_map(_Blank(facts)).strip().rstrip(":").strip()


def _pattern(kind: str, facts: Mapping[str, str]) -> str:
    """The words for a kind of event: letters are sent, files are handed over, calls and mediations are done."""
    if kind == "confirmed" and facts.get("channel") == "handover":
        return "{stage} file handed over"
    if kind == "step_behind" and facts.get("how") == "confirmed":
        return "{stage} done"
    return WORDS.get(kind, kind.replace("_", " ").capitalize())


def markdown(dossier: Dossier, decision: Decision, events: tuple[Event, ...], links: Mapping[str, str]) -> str:
    """The whole artifact."""
    case = dossier.case
    zone = case.calendar.zone
    assert isinstance(zone, ZoneInfo), "storage gives every calendar a named zone"
    open_amount = wording.amount(case.principal, case.currency, STAFF)
    head = (
        f"# {cell(case.customer_name)} · {cell(case.invoice)}\n\n"
        f"**{open_amount}** open of {wording.amount(case.original, case.currency, STAFF)}, "
        f"due {case.due.isoformat()} · customer {cell(dossier.customer_number)} · owner {cell(dossier.owner or '–')}"
    )
    told = [(event.at.astimezone(zone), event_words(event, case.currency)) for event in events]
    rows = [f"| {at:%Y-%m-%d %H:%M} | {cell(words)} |" for at, words in told]
    table = "\n".join(["| When | What |", "|---|---|", *rows])
    return "\n\n".join(
        (head, _mermaid(told), f"**Next:** {sentence(decision, case.calendar)}.", table, _links(dossier, links))
    )


def _mermaid(told: list[tuple[Any, str]]) -> str:
    days: dict[str, list[str]] = {}
    for at, words in told[-24:]:
        days.setdefault(f"{at:%d %b %Y}", []).append(_plain(words))
    rows = [f"    {day} : {' : '.join(words)}" for day, words in days.items()]
    return "\n".join(["```mermaid", "timeline", *rows, "```"]) if rows else ""


def _plain(words: str) -> str:
    return "".join(" " if letter in ':;#\n`"' else letter for letter in words)[:80].strip()


def _links(dossier: Dossier, links: Mapping[str, str]) -> str:
    """Pre-filled forms for what a person may do."""
    parameters = {"customer": dossier.customer_number, "invoice": dossier.case.invoice}
    query = quote(json.dumps(parameters, ensure_ascii=False), safe="")
    known = [(words, links[name]) for name, words in ACTS if name in links]
    return " · ".join(f"[{words}](/v2/deployments/deployment/{id}/run?parameters={query})" for words, id in known)
