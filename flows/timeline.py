"""The timeline of a case: what was done, what comes next, why; one artifact per invoice, written from our journal."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flows.reasons import ahead, reasons
from policies.call_said import OUTCOME_WORDS
from policies.case import Case
from policies.decisions import Close
from policies.explain import Explanation
from policies.said import sentence
from storage.dossier import Dossier
from storage.timeline import Event
from tasks import wording
from tasks.staff_text import colon, named, say, short_day, told
from tasks.staff_words import STAFF, cell
from tasks.stage_names import stage_words

ACTS = (
    ("log-call", "Log a call"),
    ("hold", "Hold"),
    ("release", "Release"),
    ("dispute", "The customer disputes it"),
    ("payment-plan", "Agree on a payment plan"),
    ("promise", "Note a promise"),
    ("settlement", "Propose a settlement"),
    ("set-off", "Propose a set-off"),
    ("limitation-act", "Keep the claim alive"),
    ("note", "Write a note"),
    ("says-paid", "The customer says it is paid"),
    ("write-to-customer", "Write to the customer"),
    ("resend-invoice", "Send a copy of the invoice"),
)
"""Deployments a person may start from here, with the words of their link."""

WORDS: Mapping[str, str] = {
    "opened": "Case opened",
    "confirmed": "{stage} sent by {channel}",
    "refused": "{stage} refused: {words}",
    "ambiguous": "{stage} may or may not have left",
    "reported": "{stage} by {channel}: {report}",
    "step_undone": "{stage} of {done_on} was not delivered: it is to be carried again",
    "queued": "Letter L{posting} put into the print queue",
    "posted": "Letter posted on {on}, said by {actor}",
    "letter_outcome": "The letter was {outcome} on {on}",
    "voided": "Stopped before sending: {why}",
    "passed": "{stage} {how}: {why}",
    "step_behind": "{stage} {how}: {why}",
    "asked": "A person was asked ({kind})",
    "question_reminded": "{to} was reminded of the question ({kind})",
    "question_escalated": "The question was passed on to {to} ({kind})",
    "question_last": "The question was passed on to {to} ({kind})",
    "question_given": "{actor} gave the question to {to} ({kind})",
    "signed": "{actor} signed first: a second person decides ({kind})",
    "signature_void": "The signature of {actor} no longer counts: {why}",
    "salesperson_told": "{salesperson} was told of the notice and may object until {until}",
    "salesperson_objected": "{actor} objects to the notice",
    "objection_decided": "{actor} decided about the objection",
    "narrowed": "{actor} wants to send about some of the invoices only: asked again with a draft for those",
    "approved": "{stage} approved",
    "approval_voided": "Approval void: {why}",
    "answered": "Answered by {actor} ({kind})",
    "disputed": "Disputed: {amount} ({reason}), told to {actor}",
    "dispute_decided": "The dispute was decided by {actor} ({verdict})",
    "dispute_document": "A document was added to the dispute by {actor}",
    "held": "On hold ({kind})",
    "released": "Released by {actor}",
    "reply_answered": "What the customer wrote was read by {actor}: {reason}",
    "called_out": "{actor} called: {outcome}",
    "called_in": "The customer called {actor}: {outcome}",
    "payment_details_asked": "What is needed to pay is to be sent",
    "called": "{actor} spoke with the customer: {outcome}",
    "agreement_kept": "The {kind} was kept",
    "agreement_partly_kept": "The {kind} was kept in part",
    "agreement_broken": "The {kind} was broken",
    "agreement_proposed": "Agreement {agreement} proposed by {actor}",
    "agreement_made": "Agreement {agreement} made by {actor}",
    "agreement_ended_kept": "Agreement {agreement} was kept",
    "agreement_ended_lapsed": "Agreement {agreement} was not kept: the full sum is due",
    "agreement_ended_cancelled": "Agreement {agreement} cancelled by {actor}",
    "agreement_ended_refused": "Agreement {agreement} refused by {actor}",
    "agreement_stands_again": "Money came in time after all: agreement {agreement} stands again",
    "agreement_open_again": "Agreement {agreement} stands again",
    "policy_replaced": "Follows another policy from here on ({move}), approved by {actor}",
    "begun_again": "Messages go to the customer from here on: what only the sink had is sent again, from the first step nobody heard of",
    "act_recorded": "The claim lives on: {kind} of {on}, recorded by {actor}",
    "act_taken_back": "An act was taken back by {actor}: the claim dies as if it had not been",
    "paid": "Paid {amount}",
    "credited": "Credited {amount}",
    "payment_returned": "Payment of {amount} returned",
    "may_be_paid": "A payment has come that may be for it",
    "may_be_paid_no_longer": "That payment is for something else, or has found its place",
    "line_decided": "{actor} decided about a payment ({verdict})",
    "payment_moved": "Payment of {amount} taken off again",
    "credit_moved": "Credit of {amount} taken off again",
    "difference_let_go": "{amount} let go: a difference",
    "difference_owed_again": "{amount} owed again: the difference is not let go",
    "writing_asked": "{actor} writes to the customer",
    "copy_asked": "A copy of the invoice is to be sent",
    "told": "Message sent ({kind})",
    "telling_refused": "Message refused ({kind}): {words}",
    "telling_ambiguous": "A message may or may not have left ({kind})",
    "not_told": "Not told to the customer ({kind}): {why}",
    "written_off": "Written off by {actor}",
    "withdrawn": "Withdrawn by {actor}",
    "closed": "Closed: {outcome}",
    "reopened": "Reopened",
    "deed": "{actor} used the run page: {deed}",
    "problem": "Something went wrong: {words}",
    "changed": "The invoice changed",
}

LOOK = {
    "theme": "dark",
    "themeVariables": {"cScale0": "#3b5b8c", "cScaleLabel0": "#ffffff", "cScaleInv0": "#cbd5e1"},
    "timeline": {"disableMulticolor": True},
}
"""Colours that can be read on the dark ground on which Prefect's UI draws."""
CODES = frozenset({"channel", "deed", "how", "kind", "move", "outcome", "report", "reason", "verdict"})
"""Facts that are words of ours with other signs between them."""
SPACES = " \u00a0\u202f"
DRAWN = 16
"""Events drawn; the table has all of them."""


class _Blank(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def event_words(event: Event, currency: str) -> str:
    """One event as a sentence."""
    facts = {key: "" if value is None else str(value) for key, value in event.facts.items()}
    if "amount" in event.facts and str(event.facts["amount"]).lstrip("-").isdigit():
        facts["amount"] = wording.amount(int(event.facts["amount"]), currency, STAFF)
    if event.kind == "called":
        facts["outcome"] = OUTCOME_WORDS.get(facts["outcome"], facts["outcome"])
    facts["stage"] = stage_words(facts.get("step") or facts.get("stage")).capitalize()
    facts = {key: _fact(key, value) for key, value in facts.items()}
    return named(_pattern(event.kind, facts)).format_map(_Blank(facts)).strip(SPACES).rstrip(":").strip(SPACES)


def _fact(key: str, value: str) -> str:
    if key in CODES:
        return named(value.replace("_", " "))
    return told(value) if key == "why" else value


def _pattern(kind: str, facts: Mapping[str, str]) -> str:
    """The words for a kind of event: letters are sent, files are handed over, calls and mediations are done."""
    if kind == "confirmed" and facts.get("channel") == "handover":
        return "{stage} file handed over"
    if kind == "called" and facts.get("direction"):
        return WORDS[f"called_{facts['direction']}"]
    if kind == "step_behind" and facts.get("how") == "confirmed":
        return "{stage} done"
    if kind == "step_behind" and facts.get("how") == "elsewhere":
        return "{stage} sent before Relance, on {on}"
    return WORDS.get(kind, kind.replace("_", " ").capitalize())


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
