"""Questions in words for the people who answer them: who, how much, how old, what was sent, what each answer does."""

from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap

from policies.choices import choices
from policies.decisions import Reason
from policies.facts import Hold
from policies.four_eyes import needs_second
from policies.questions import QuestionKind
from policies.stages import REMINDERS
from policies.standing import standing_holds
from storage.dossier import Dossier
from storage.question_subject import Subject, Wording
from storage.review import ReviewLine
from tasks import call_words, wording
from tasks.answer_words import what_each_answer_does
from tasks.change_words import what_changed
from tasks.court_ways import offered, ways_told
from tasks.disputes_told import disputes_told
from tasks.history_words import history
from tasks.insurer_words import insured_told, refusal_told
from tasks.life_words import about_the_dead
from tasks.question_standing import two_sign
from tasks.staff_text import day, named, say, short_day, told
from tasks.staff_words import STAFF, cell
from tasks.stage_names import stage_words

WHAT: dict[QuestionKind, str] = {
    QuestionKind.APPROVE: "Approve {stage}",
    QuestionKind.DAILY_REVIEW: "Approve {stage}",
    QuestionKind.CALL_OUTCOME: "Call the customer",
    QuestionKind.MEDIATION_OUTCOME: "Outcome of the mediation",
    QuestionKind.MEDIATION: "Outcome of the mediation",
    QuestionKind.MEDIATOR: "Which mediator?",
    QuestionKind.EXHAUSTED: "End of the ladder",
    QuestionKind.HOLD_REVIEW: "Is it still on hold?",
    QuestionKind.AMBIGUOUS: "Did the {stage} arrive?",
    QuestionKind.UNDELIVERABLE: "{Stage}: address refused",
    QuestionKind.LIMITATION: "A claim will soon be dead",
    QuestionKind.TIME_BARRED: "A claim is dead",
    QuestionKind.MIGRATION: "Replace a policy",
    QuestionKind.BANK_DATA: "Bank data too old",
    QuestionKind.CREDIT: "What is this credit note for?",
    QuestionKind.DATA_REVIEW: "Check what we know of the customer",
    QuestionKind.LETTERS: "Letters to post",
    QuestionKind.RESEND: "Send a message once more?",
    QuestionKind.OBJECTION: "A salesperson objects",
    QuestionKind.MEASURE: "A commercial measure",
    QuestionKind.MATCH: "What is this payment for?",
    QuestionKind.DISPUTE: "Disputed",
    QuestionKind.COURT_PAID: "Paid: tell the court",
    QuestionKind.INSOLVENCY_NOTICE: "Insolvent?",
    QuestionKind.CLAIM_DECLARATION: "Declare the claim?",
    QuestionKind.RETENTION: "Retention of title?",
    QuestionKind.STAY: "A customer who is left alone",
    QuestionKind.DEADLINE: "A last day is near",
    QuestionKind.INSURER_CONSENT: "Does the insurer agree?",
    QuestionKind.INSURANCE_CLAIM: "File a claim with the insurer?",
    QuestionKind.WRITE_OFF: "Write it off?",
    QuestionKind.CORRECTION: "Paid before we wrote",
}
FENCE = "~~~~"
STOPPED = Reason.STOPPED_BY_A_PERSON.value
LINE = 66
"""Letters that stand side by side in the form; a longer line would be cut at its edge."""


def describe(subject: Subject) -> Wording:
    """The title, the description and the facts that stand in every choice of a question."""
    lead = subject.members[0]
    amount = wording.amount(subject.amount, lead.case.currency, STAFF)
    what = _what(subject)
    title = f"{what} · {wording.one_line(lead.case.customer_name)} · {amount}"
    court, stage = subject.facts.court if subject.facts else None, subject.step.stage if subject.step else None
    offers = offered(court)
    shown = f"{amount} → {subject.recipient}" if subject.recipient else amount
    parts = [
        say("### {what}: {customer}", what=cell(what), customer=cell(lead.case.customer_name)),
        what_changed(subject.changed, lead.case.currency),
        _intro(subject, amount),
        _table(subject),
        about_the_dead(subject.members) if subject.kind is QuestionKind.TIME_BARRED else "",
        insured_told(lead.case.insured) if subject.step and subject.step.stage not in REMINDERS else "",
        refusal_told([one.case.insured for one in subject.members], subject.step.stage if subject.step else None),
        f"**{told(subject.against)}**" if subject.against else "",
        history(lead),
        call_words.last_calls_told(subject.calls, lead.case.calendar.zone),
        _script(subject),
        ways_told(court, lead.case.currency),
    ]
    if subject.draft_text:
        leaves = say("**The message that leaves if you agree**, to `{recipient}`:", recipient=subject.recipient)
        parts.append(f"{leaves}\n\n{quoted(subject.draft_text)}")
    parts.append(_two_sign(subject))
    parts.append(what_each_answer_does(subject.kind, stage, offers))
    return Wording(title, "\n\n".join(part for part in parts if part), shown, offers)


def _two_sign(subject: Subject) -> str:
    """That one person is not enough, where the step says so of this amount."""
    if subject.step is None or subject.kind is not QuestionKind.APPROVE:
        return ""
    if not needs_second(subject.amount, subject.members[0].case.currency, [subject.step.second_signature_above]):
        return ""
    return two_sign([choices(subject.kind, subject.step.stage)[0].sentence])


def _what(subject: Subject) -> str:
    stage = stage_words(subject.step.stage if subject.step else None)
    if subject.kind is QuestionKind.HOLD_REVIEW and subject.because == STOPPED:
        return say("Stopped by a person")
    return say(WHAT[subject.kind], stage=stage, Stage=stage[:1].upper() + stage[1:])


def _standing(lead: Dossier, as_of: datetime) -> list[Hold]:
    """The holds that still stand: one whose last day has passed is told only where somebody must end it."""
    today = lead.case.calendar.day(as_of)
    standing = [one.hold for one in standing_holds(lead.case, lead.ladder, today)]
    return [hold for hold in lead.case.holds if hold in standing or hold.until is None or hold.until >= today]


def _intro(subject: Subject, amount: str) -> str:
    lead = subject.members[0]
    oldest = (lead.case.calendar.day(subject.as_of) - lead.case.due).days
    about = {"amount": amount, "days": oldest, "day": day(lead.case.due)}
    sentences = [
        say("**{amount}** open on 1 invoice, due {days} days ago ({day}).", **about)
        if len(subject.members) == 1
        else say(
            "**{amount}** open on {count} invoices, the oldest due {days} days ago ({day}).",
            **about,
            count=len(subject.members),
        )
    ]
    if subject.numbers and subject.kind is QuestionKind.CALL_OUTCOME:
        first = subject.numbers[0]
        whom = f" ({cell(first.name)})" if first.name else ""
        sentences.append(say("Telephone: **{phone}**{whom}.", phone=cell(first.phone), whom=whom))
        sentences.append(call_words.other_numbers(subject.numbers))
    words = [effect.words for one in subject.members for effect in one.case.effects if effect.words]
    if words and subject.kind in (QuestionKind.AMBIGUOUS, QuestionKind.UNDELIVERABLE):
        sentences.append(say("What the other side said: *{words}*", words=cell(words[-1])))
    sentences += [_broken(lead.broken_promises)] if lead.broken_promises else []
    sentences += disputes_told(subject)
    sentences += [
        say(
            "On hold since {day}: {reason} ({owner}).",
            day=day(hold.since),
            reason=cell(named(hold.reason)),
            owner=cell(hold.owner),
        )
        for hold in _standing(lead, subject.as_of)
    ]
    return " ".join(one for one in sentences if one)


def _broken(times: int) -> str:
    if times == 1:
        return say("The customer has broken a promise or a plan once.")
    return say("The customer has broken a promise or a plan {times} times.", times=times)


def _table(subject: Subject) -> str:
    rows = [say("| Invoice | Due | Late | Open |"), "|---|---|--:|--:|"]
    for one in subject.members:
        late = say("{days} days", days=(one.case.calendar.day(subject.as_of) - one.case.due).days)
        open_amount = wording.amount(one.case.principal, one.case.currency, STAFF)
        rows.append(f"| {cell(one.case.invoice)} | {one.case.due.isoformat()} | {late} | {open_amount} |")
    return "\n".join(rows)


def _script(subject: Subject) -> str:
    """What to say on the telephone."""
    sheet = call_words.script(subject.facts) if subject.kind is QuestionKind.CALL_OUTCOME else ""
    heading = say("**What to say**, in the customer's language:")
    return f"{heading}\n\n{quoted(sheet)}" if sheet else ""


def quoted(text: str) -> str:
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
    count = say("1 customer") if len(lines) == 1 else say("{count} customers", count=len(lines))
    rows = [say("| Customer | Name | Amount | Due | Invoices | To |"), "|---|---|--:|---|---|---|"]
    for line in lines:
        invoices = ", ".join(line.invoices[:4]) + (" …" if len(line.invoices) > 4 else "")
        amount = wording.amount(line.amount, line.currency, STAFF)
        rows.append(
            f"| {cell(line.customer_number)} | {cell(line.customer_name)} | {amount} "
            f"| {_unbroken(short_day(line.oldest_due))} | {cell(invoices)} | {_narrow(line.recipient)} |"
        )
    example = f"{say('**The first of them reads**')}\n\n{quoted(lines[0].text)}" if lines else ""
    title = say("To approve {day} · {count} · {amounts}", day=day_words, count=count, amounts=amounts)
    intro = say(
        "Formal notices under the limit, ready to leave for **{count}**, **{amounts}** in all.",
        count=count,
        amounts=amounts,
    )
    body = "\n\n".join(
        [f"### {title}", intro, "\n".join(rows), example, what_each_answer_does(QuestionKind.DAILY_REVIEW, None)]
    )
    return Wording(title, body, f"{count}, {amounts}")
