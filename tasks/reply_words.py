"""What a customer wrote, put to a person: his own words, what they answer, what is open, a suggestion, what each answer does."""

import re
from zoneinfo import ZoneInfo

from policies.answer_reasons import REASON_LAWS
from policies.incoming import IncomingKind
from policies.questions import QuestionKind
from storage.question_subject import Wording
from storage.unread_replies import OwedInvoice, RepliesToRead, Reply
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.reason_words import suggest
from tasks.staff_words import STAFF, cell

DAYS = "en"
LINES, LETTERS = 60, 4000
"""Of a message, what is shown in the question; the whole is kept."""
MESSAGES = 10
"""The latest messages, shown with their words."""
INVOICES = 40
"""Invoices listed in the question."""
JOINER = "\u2060"
"""Seen by nobody; an address with it is no link."""
_MARK, _NUMBER = re.compile(r"^([-+=~])"), re.compile(r"^(\d{1,9})([.)])")
_WAY = {"email": "E-mail", "sms": "Text message"}


def about_replies(found: RepliesToRead) -> Wording:
    """The question about everything unread of one customer."""
    parts = [
        "### What does the customer say?",
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
    what = "Reply" if len(found.replies) == 1 else f"{len(found.replies)} replies"
    sums: dict[str, int] = {}
    for one in found.invoices:
        if one.in_question:
            sums[one.currency] = sums.get(one.currency, 0) + one.open
    amounts = [wording.amount(amount, currency, STAFF) for currency, amount in sorted(sums.items())]
    return " · ".join([what, wording.one_line(found.name), *amounts])


def _intro(found: RepliesToRead) -> str:
    return (
        f"**{cell(found.name)}** ({cell(found.number)}) wrote to us. Nothing leaves to this customer until somebody has "
        "chosen below."
    )


def _earlier(found: RepliesToRead) -> str:
    """Where to read what is not shown here; the answer counts for all of them."""
    more = len(found.replies) - MESSAGES
    if more <= 0:
        return ""
    where = f"`./relance incoming list --customer {cell(found.number)}`"
    return f"{more} earlier messages are not shown here, and count as read with your answer: {where}."


def _message(reply: Reply, found: RepliesToRead) -> list[str]:
    """Who wrote, when, in answer to what; then his own words as a quotation."""
    at = reply.received_at.astimezone(ZoneInfo(found.zone))
    head = f"**{_WAY[reply.channel]} of {cell(reply.sender) or 'an unknown sender'}**, {wording.day(at.date(), DAYS)}, {at:%H:%M}"
    subject = f", “{cell(reply.subject)}”" if reply.subject else ""
    answers = ""
    if reply.our_day is not None:
        ours = reply.our_stage.replace("_", " ") or "message"
        on = wording.day(reply.our_day.astimezone(ZoneInfo(found.zone)).date(), DAYS)
        answers = f" It answers our {cell(ours)} of {on}, “{cell(reply.our_subject)}”."
    spam = ""
    if reply.kind is IncomingKind.COMPLAINT:
        spam = f" **The customer reports our message as unwanted** ({cell(reply.reason)})."
    return [f"{head}{subject}.{answers}{spam}", _quoted(reply.text)]


def _quoted(text: str) -> str:
    lines = [line.strip() for line in text[:LETTERS].splitlines()]
    shown = "\n".join(f"> {_plain(line)}  " for line in lines[:LINES]) if any(lines) else "> (without words)"
    cut = len(lines) > LINES or len(text) > LETTERS
    return f"{shown}\n\nThe message goes on; it is kept whole." if cut else shown


def _plain(line: str) -> str:
    """A line that is neither a list nor a heading nor a link to click, whatever its author wrote."""
    shown = cell(line).replace("://", f":{JOINER}//").replace("www.", f"www{JOINER}.")
    return _NUMBER.sub(r"\1\\\2", _MARK.sub(r"\\\1", shown))


def _suggestion(found: RepliesToRead) -> str:
    """What the latest words suggest; nothing is done by them."""
    suggested = next((one for reply in reversed(found.replies) if (one := suggest(reply.text)) is not None), None)
    if suggested is None:
        return ""
    sentence = REASON_LAWS[suggested.reason].sentence
    return f"The words “{cell(suggested.words)}” suggest **{sentence}**. It is a suggestion: nothing was done about it."


def _invoices(found: RepliesToRead) -> str:
    if not found.invoices:
        return "No invoice of this customer is being collected: whatever you choose is kept, and nothing is held."
    shown = sorted(found.invoices, key=lambda one: not one.in_question)[:INVOICES]
    rows = ["| Invoice | Due | Days late | Open | In question |", "|---|---|---:|---:|---|"]
    rows += [_row(one, found) for one in shown]
    more = len(found.invoices) - len(shown)
    told = f"\n\n{more} more are open: `./relance customer show {cell(found.number)}`." if more else ""
    return "\n".join(rows) + told + _without_file(found)


def _without_file(found: RepliesToRead) -> str:
    """Invoices in question of which no copy can leave by itself."""
    missing = [cell(one.number) for one in found.invoices if one.in_question and not one.stored]
    if not missing:
        return ""
    named = ", ".join(missing[:INVOICES])
    return f"\n\nNo file is kept of {named}: where the customer has not received it, the copy must be sent by hand."


def _row(one: OwedInvoice, found: RepliesToRead) -> str:
    late = max((found.today - one.due).days, 0)
    amount = wording.amount(one.open, one.currency, STAFF)
    asked = "yes" if one.in_question else ""
    return f"| {cell(one.number)} | {wording.day(one.due, DAYS)} | {late} | {amount} | {asked} |"
