"""Questions in words for the people who answer them: who, how much, how old, what was sent, what each answer does."""

from collections.abc import Sequence

from policies.choices import choices
from policies.questions import QuestionKind
from policies.stages import Stage
from storage.dossier import Dossier
from storage.question_subject import Subject, Wording
from storage.review import ReviewLine
from tasks import wording

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
STAFF = "fr"
"""Amounts are written as the team reads them."""

HOW_WORDS = {
    "confirmed": "sent",
    "elsewhere": "sent before Relance",
    "skipped": "skipped by a person",
    "lapsed": "lapsed",
    "passed_over": "passed over",
}


def stage_words(stage: Stage | str | None) -> str:
    """A stage as people say it."""
    return STAGE_WORDS.get(str(stage), str(stage)) if stage else ""


def cell(text: str) -> str:
    """A name as it may stand in a markdown table: names come from outside."""
    plain = wording.one_line(text)
    for sign in ("\\", "|", "`", "*", "_", "<", ">", "[", "]", "#"):
        plain = plain.replace(sign, f"\\{sign}")
    return plain


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
        _history(lead),
    ]
    if subject.draft_text:
        parts.append(
            f"**The message that leaves if you agree**, to `{subject.recipient}`:\n\n{_quoted(subject.draft_text)}"
        )
    parts.append(_choices(subject.kind, subject.step.stage if subject.step else None))
    return Wording(title, "\n\n".join(part for part in parts if part), shown)


def _what(subject: Subject) -> str:
    stage = stage_words(subject.step.stage if subject.step else None)
    return {
        QuestionKind.APPROVE: f"Approve {stage}",
        QuestionKind.DAILY_REVIEW: f"Approve {stage}",
        QuestionKind.CALL_OUTCOME: "Call the customer",
        QuestionKind.MEDIATION_OUTCOME: "Outcome of the mediation",
        QuestionKind.EXHAUSTED: "End of the ladder",
        QuestionKind.HOLD_REVIEW: "Stopped by a person",
        QuestionKind.AMBIGUOUS: f"Did the {stage} arrive?",
        QuestionKind.UNDELIVERABLE: f"{stage.capitalize()}: address refused",
    }[subject.kind]


def _intro(subject: Subject, amount: str) -> str:
    lead = subject.members[0]
    today = lead.case.calendar.day(subject.as_of)
    oldest = (today - lead.case.due).days
    count = f"{len(subject.members)} invoices" if len(subject.members) > 1 else "1 invoice"
    sentences = [
        f"**{amount}** open on {count}, the oldest due {oldest} days ago ({wording.day(lead.case.due, 'en')})."
    ]
    if lead.phone and subject.kind is QuestionKind.CALL_OUTCOME:
        sentences.append(f"Telephone: **{cell(lead.phone)}** {cell(lead.contact_name)}.")
    words = [effect.words for one in subject.members for effect in one.case.effects if effect.words]
    if words and subject.kind in (QuestionKind.AMBIGUOUS, QuestionKind.UNDELIVERABLE):
        sentences.append(f"What the other side said: *{cell(words[-1])}*")
    for hold in lead.case.holds:
        sentences.append(f"On hold since {wording.day(hold.since, 'en')}: {cell(hold.reason)} ({cell(hold.owner)}).")
    return " ".join(sentences)


def _table(subject: Subject) -> str:
    rows = ["| Invoice | Due | Late | Open |", "|---|---|--:|--:|"]
    for one in subject.members:
        late = (one.case.calendar.day(subject.as_of) - one.case.due).days
        open_amount = wording.amount(one.case.principal, one.case.currency, STAFF)
        rows.append(f"| {cell(one.case.invoice)} | {one.case.due.isoformat()} | {late} days | {open_amount} |")
    return "\n".join(rows)


def _history(lead: Dossier) -> str:
    if not lead.case.done:
        return ""
    said = [f"{stage_words(one.step)} {HOW_WORDS[one.how.value]} {one.on.isoformat()}" for one in lead.case.done]
    return f"**What was done for {cell(lead.case.invoice)}**: {'; '.join(said)}."


def _quoted(text: str) -> str:
    fence = "~~~~"
    return f"{fence}\n{text.replace(fence, '')}\n{fence}"


def _choices(kind: QuestionKind, stage: Stage | None) -> str:
    return "\n".join(["**Your answers**", *(f"- {choice.sentence}" for choice in choices(kind, stage))])


def review_text(lines: Sequence[ReviewLine], day_words: str) -> Wording:
    """The daily review: one table, one answer."""
    totals: dict[str, int] = {}
    for line in lines:
        totals[line.currency] = totals.get(line.currency, 0) + line.amount
    amounts = " + ".join(wording.amount(total, currency, STAFF) for currency, total in sorted(totals.items()))
    count = f"{len(lines)} customer{'s' if len(lines) != 1 else ''}"
    rows = ["| Customer | Name | Invoices | Oldest due | To | Amount |", "|---|---|---|---|---|--:|"]
    for line in lines:
        invoices = ", ".join(line.invoices[:4]) + (" …" if len(line.invoices) > 4 else "")
        amount = wording.amount(line.amount, line.currency, STAFF)
        rows.append(
            f"| {cell(line.customer_number)} | {cell(line.customer_name)} | {cell(invoices)} | {line.oldest_due} "
            f"| {cell(line.recipient)} | {amount} |"
        )
    example = f"**The first of them reads**\n\n{_quoted(lines[0].text)}" if lines else ""
    title = f"To approve {day_words} · {count} · {amounts}"
    intro = f"Formal notices under the limit, ready to leave for **{count}**, **{amounts}** in all."
    body = "\n\n".join([f"### {title}", intro, "\n".join(rows), example, _choices(QuestionKind.DAILY_REVIEW, None)])
    return Wording(title, body, f"{count}, {amounts}")
