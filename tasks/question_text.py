"""Questions in words for the people who answer them: who, how much, how old, what was sent, what each answer does."""

from collections.abc import Sequence
from textwrap import wrap

from policies.decisions import Reason
from policies.facts import DoneHow, StepDone
from policies.questions import QuestionKind
from policies.stages import Stage
from storage.dossier import Dossier
from storage.question_subject import Subject, Wording
from storage.review import ReviewLine
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.life_words import about_the_dead
from tasks.staff_words import STAFF, cell

STAGE_WORDS: dict[str, str] = {
    "upcoming": "upcoming notice",
    "courtesy_reminder": "courtesy reminder",
    "second_reminder": "second reminder",
    "formal_notice": "formal notice",
    "follow_up_call": "follow-up call",
    "mediation": "mediation",
    "agency": "agency",
    "legal": "legal",
}
FENCE = "~~~~"
STOPPED = Reason.STOPPED_BY_A_PERSON.value
LINE = 66
"""Letters that stand side by side in the form; a longer line would be cut at its edge."""

HOW_WORDS = {
    "confirmed": "sent",
    "elsewhere": "sent before Relance",
    "skipped": "skipped by a person",
    "lapsed": "lapsed",
    "passed_over": "passed over",
}


AGAIN = "resend-"
"""What the ledger calls an act that sends a message once more, before its number."""


def stage_words(stage: Stage | str | None) -> str:
    """A stage as people say it."""
    told = str(stage or "")
    if told.startswith(AGAIN):
        return f"message {told.removeprefix(AGAIN).partition('-')[0]}, once more,"
    return STAGE_WORDS.get(told, told)


def describe(subject: Subject) -> Wording:
    """The title, the description and the facts that stand in every choice of a question."""
    lead = subject.members[0]
    amount = wording.amount(subject.amount, lead.case.currency, STAFF)
    what = _what(subject)
    title = f"{what} · {wording.one_line(lead.case.customer_name)} · {amount}"
    shown = f"{amount} → {subject.recipient}" if subject.recipient else amount
    parts = [
        f"### {cell(what)}: {cell(lead.case.customer_name)}",
        _intro(subject, amount),
        _table(subject),
        about_the_dead(subject.members) if subject.kind is QuestionKind.TIME_BARRED else "",
        _history(lead),
    ]
    if subject.draft_text:
        parts.append(
            f"**The message that leaves if you agree**, to `{subject.recipient}`:\n\n{_quoted(subject.draft_text)}"
        )
    parts.append(what_each_answer_does(subject.kind, subject.step.stage if subject.step else None))
    return Wording(title, "\n\n".join(part for part in parts if part), shown)


def _what(subject: Subject) -> str:
    stage = stage_words(subject.step.stage if subject.step else None)
    return {
        QuestionKind.APPROVE: f"Approve {stage}",
        QuestionKind.DAILY_REVIEW: f"Approve {stage}",
        QuestionKind.CALL_OUTCOME: "Call the customer",
        QuestionKind.MEDIATION_OUTCOME: "Outcome of the mediation",
        QuestionKind.EXHAUSTED: "End of the ladder",
        QuestionKind.HOLD_REVIEW: "Stopped by a person" if subject.because == STOPPED else "Is it still on hold?",
        QuestionKind.AMBIGUOUS: f"Did the {stage} arrive?",
        QuestionKind.UNDELIVERABLE: f"{stage.capitalize()}: address refused",
        QuestionKind.LIMITATION: "A claim will soon be dead",
        QuestionKind.TIME_BARRED: "A claim is dead",
        QuestionKind.MIGRATION: "Replace a policy",
        QuestionKind.BANK_DATA: "Bank data too old",
        QuestionKind.CREDIT: "What is this credit note for?",
        QuestionKind.DATA_REVIEW: "Check what we know of the customer",
        QuestionKind.LETTERS: "Letters to post",
        QuestionKind.RESEND: "Send a message once more?",
        QuestionKind.MATCH: "What is this payment for?",
    }[subject.kind]


def _intro(subject: Subject, amount: str) -> str:
    lead = subject.members[0]
    today = lead.case.calendar.day(subject.as_of)
    oldest = (today - lead.case.due).days
    count = f"{len(subject.members)} invoices, the oldest" if len(subject.members) > 1 else "1 invoice,"
    sentences = [f"**{amount}** open on {count} due {oldest} days ago ({wording.day(lead.case.due, 'en')})."]
    if lead.phone and subject.kind is QuestionKind.CALL_OUTCOME:
        whom = f" ({cell(lead.contact_name)})" if lead.contact_name else ""
        sentences.append(f"Telephone: **{cell(lead.phone)}**{whom}.")
    words = [effect.words for one in subject.members for effect in one.case.effects if effect.words]
    if words and subject.kind in (QuestionKind.AMBIGUOUS, QuestionKind.UNDELIVERABLE):
        sentences.append(f"What the other side said: *{cell(words[-1])}*")
    if lead.broken_promises:
        times = f"{lead.broken_promises} times" if lead.broken_promises > 1 else "once"
        sentences.append(f"The customer has broken a promise or a plan {times}.")
    sentences += [
        f"On hold since {wording.day(hold.since, 'en')}: {cell(hold.reason)} ({cell(hold.owner)})."
        for hold in lead.case.holds
    ]
    return " ".join(sentences)


def _table(subject: Subject) -> str:
    rows = ["| Invoice | Due | Late | Open |", "|---|---|--:|--:|"]
    for one in subject.members:
        late = (one.case.calendar.day(subject.as_of) - one.case.due).days
        open_amount = wording.amount(one.case.principal, one.case.currency, STAFF)
        rows.append(f"| {cell(one.case.invoice)} | {one.case.due.isoformat()} | {late} days | {open_amount} |")
    return "\n".join(rows)


def _history(lead: Dossier) -> str:
    """What is behind the leading invoice. Of what the old system had sent only the last step is known to have left."""
    done = lead.case.done
    elsewhere = [one for one in done if one.how is DoneHow.ELSEWHERE]
    told = [one for one in done if one not in elsewhere[:-1]]
    return f"**What was done for {cell(lead.case.invoice)}**: {'; '.join(map(_step, told))}." if told else ""


def _step(done: StepDone) -> str:
    return f"{stage_words(done.step)} {HOW_WORDS[done.how.value]} on {wording.short_day(done.on, 'en')} {done.on.year}"


def _quoted(text: str) -> str:
    """A letter as it will be read, in a block of its own; long lines go on below with the same indent."""
    lines = [part for line in text.replace(FENCE, "").splitlines() for part in _wrapped(line)]
    return "\n".join([FENCE, *lines, FENCE])


def _wrapped(line: str) -> list[str]:
    """French puts a space before some signs: they stay with their word."""
    indent = line[: len(line) - len(line.lstrip(" "))]
    for sign in ":;!?»":
        line = line.replace(f" {sign}", f"\u00a0{sign}")
    return wrap(line, LINE, subsequent_indent=indent, break_on_hyphens=False) or [""]


def _unbroken(text: str) -> str:
    return text.replace(" ", "\u00a0")


def _narrow(address: str) -> str:
    """An address that may go on below after its @ and dots: in a table of six columns a whole one does not fit."""
    return cell(address).replace("@", "@\u200b").replace(".", ".\u200b")


def review_text(lines: Sequence[ReviewLine], day_words: str) -> Wording:
    """The daily review: one table, one answer."""
    totals: dict[str, int] = {}
    for line in lines:
        totals[line.currency] = totals.get(line.currency, 0) + line.amount
    amounts = " + ".join(wording.amount(total, currency, STAFF) for currency, total in sorted(totals.items()))
    count = f"{len(lines)} customer{'s' if len(lines) != 1 else ''}"
    rows = ["| Customer | Name | Amount | Due | Invoices | To |", "|---|---|--:|---|---|---|"]
    for line in lines:
        invoices = ", ".join(line.invoices[:4]) + (" …" if len(line.invoices) > 4 else "")
        amount = wording.amount(line.amount, line.currency, STAFF)
        rows.append(
            f"| {cell(line.customer_number)} | {cell(line.customer_name)} | {amount} "
            f"| {_unbroken(wording.short_day(line.oldest_due, 'en'))} | {cell(invoices)} | {_narrow(line.recipient)} |"
        )
    example = f"**The first of them reads**\n\n{_quoted(lines[0].text)}" if lines else ""
    title = f"To approve {day_words} · {count} · {amounts}"
    intro = f"Formal notices under the limit, ready to leave for **{count}**, **{amounts}** in all."
    body = "\n\n".join(
        [f"### {title}", intro, "\n".join(rows), example, what_each_answer_does(QuestionKind.DAILY_REVIEW, None)]
    )
    return Wording(title, body, f"{count}, {amounts}")
