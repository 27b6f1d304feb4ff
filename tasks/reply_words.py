"""What a customer wrote, put to a person: his own words, what they answer, what is open, a suggestion, what each answer does."""

import re
from datetime import date
from zoneinfo import ZoneInfo

from policies.answer_reasons import REASON_LAWS
from policies.incoming import IncomingKind
from policies.questions import QuestionKind
from storage.question_subject import Wording
from storage.unread_replies import OwedInvoice, RepliesToRead, Reply
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.reason_words import suggest
from tasks.staff_text import day, named, say
from tasks.staff_words import STAFF, cell

LINES, LETTERS = 60, 4000
"""Of a message, what is shown in the question; the whole is kept."""
MESSAGES = 10
"""The latest messages, shown with their words."""
INVOICES = 40
"""Invoices listed in the question."""
JOINER = "\u2060"
"""Seen by nobody; an address with it is no link."""
_MARK, _NUMBER = re.compile(r"^([-+=~])"), re.compile(r"^(\d{1,9})([.)])")
WAYS = {"email": "E-mail", "sms": "Text message"}


def about_replies(found: RepliesToRead) -> Wording:
    """The question about everything unread of one customer."""
    parts = [
        f"### {say('What does the customer say?')}",
        _intro(found),
        _earlier(found),
        *(part for reply in found.replies[-MESSAGES:] for part in _message(reply, found)),
        _suggestion(found),
        _invoices(found),
        what_each_answer_does(QuestionKind.REPLY, None),
    ]
    return Wording(_title(found), "\n\n".join(part for part in parts if part), "")


def _title(found: RepliesToRead) -> str:
    """*Reply · Dupont SARL · 1 250,00 €*."""
    what = say("Reply") if len(found.replies) == 1 else say("{count} replies", count=len(found.replies))
    sums: dict[str, int] = {}
    for one in found.invoices:
        if one.in_question:
            sums[one.currency] = sums.get(one.currency, 0) + one.open
    amounts = [wording.amount(amount, currency, STAFF) for currency, amount in sorted(sums.items())]
    return " · ".join([what, wording.one_line(found.name), *amounts])


def _intro(found: RepliesToRead) -> str:
    return say(
        "**{customer}** ({number}) wrote to us. Nothing leaves to this customer until somebody has chosen below.",
        customer=cell(found.name),
        number=cell(found.number),
    )


def _earlier(found: RepliesToRead) -> str:
    """Where to read what is not shown here; the answer counts for all of them."""
    more = len(found.replies) - MESSAGES
    if more <= 0:
        return ""
    where = f"`./relance incoming list --customer {cell(found.number)}`"
    return say(
        "{count} earlier messages are not shown here, and count as read with your answer: {where}.",
        count=more,
        where=where,
    )


def _message(reply: Reply, found: RepliesToRead) -> list[str]:
    """Who wrote, when, in answer to what; then his own words as a quotation."""
    at = reply.received_at.astimezone(ZoneInfo(found.zone))
    head = say(
        "**{way} of {sender}**, {day}, {hour}",
        way=say(WAYS[reply.channel]),
        sender=cell(reply.sender) or say("an unknown sender"),
        day=day(at.date()),
        hour=f"{at:%H:%M}",
    )
    subject = say(", “{text}”", text=cell(reply.subject)) if reply.subject else ""
    answers = (
        "" if reply.our_day is None else f" {_answered(reply, reply.our_day.astimezone(ZoneInfo(found.zone)).date())}"
    )
    spam = ""
    if reply.kind is IncomingKind.COMPLAINT:
        spam = " " + say("**The customer reports our message as unwanted** ({reason}).", reason=cell(reply.reason))
    return [f"{head}{subject}.{answers}{spam}", _quoted(reply.text)]


def _answered(reply: Reply, on: date) -> str:
    """Which message of ours it answers."""
    ours = cell(named(reply.our_stage.replace("_", " ") or "message"))
    return say("It answers our {stage} of {day}, “{text}”.", stage=ours, day=day(on), text=cell(reply.our_subject))


def _quoted(text: str) -> str:
    lines = [line.strip() for line in text[:LETTERS].splitlines()]
    shown = "\n".join(f"> {_plain(line)}  " for line in lines[:LINES]) if any(lines) else f"> {say('(without words)')}"
    cut = len(lines) > LINES or len(text) > LETTERS
    return f"{shown}\n\n{say('The message goes on; it is kept whole.')}" if cut else shown


def _plain(line: str) -> str:
    """A line that is neither a list nor a heading nor a link to click, whatever its author wrote."""
    shown = cell(line).replace("://", f":{JOINER}//").replace("www.", f"www{JOINER}.")
    return _NUMBER.sub(r"\1\\\2", _MARK.sub(r"\\\1", shown))


def _suggestion(found: RepliesToRead) -> str:
    """What the latest words suggest; nothing is done by them."""
    suggested = next((one for reply in reversed(found.replies) if (one := suggest(reply.text)) is not None), None)
    if suggested is None:
        return ""
    return say(
        "The words “{words}” suggest **{sentence}**. It is a suggestion: nothing was done about it.",
        words=cell(suggested.words),
        sentence=named(REASON_LAWS[suggested.reason].sentence),
    )


def _invoices(found: RepliesToRead) -> str:
    if not found.invoices:
        return say("No invoice of this customer is being collected: whatever you choose is kept, and nothing is held.")
    shown = sorted(found.invoices, key=lambda one: not one.in_question)[:INVOICES]
    rows = [say("| Invoice | Due | Days late | Open | In question |"), "|---|---|---:|---:|---|"]
    rows += [_row(one, found) for one in shown]
    more = len(found.invoices) - len(shown)
    others = (
        say("{count} more are open: `./relance customer show {number}`.", count=more, number=cell(found.number))
        if more
        else ""
    )
    return "\n\n".join(part for part in ("\n".join(rows), others, _without_file(found)) if part)


def _without_file(found: RepliesToRead) -> str:
    """Invoices in question of which no copy can leave by itself."""
    missing = [cell(one.number) for one in found.invoices if one.in_question and not one.stored]
    if not missing:
        return ""
    return say(
        "No file is kept of {numbers}: where the customer has not received it, the copy must be sent by hand.",
        numbers=", ".join(missing[:INVOICES]),
    )


def _row(one: OwedInvoice, found: RepliesToRead) -> str:
    late = max((found.today - one.due).days, 0)
    amount = wording.amount(one.open, one.currency, STAFF)
    asked = say("yes") if one.in_question else ""
    return f"| {cell(one.number)} | {day(one.due)} | {late} | {amount} | {asked} |"
