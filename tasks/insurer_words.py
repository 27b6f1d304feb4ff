"""The question what the credit insurer says, and what of a case is insured, in words for the team."""

from collections.abc import Sequence

from policies.insurance_refusals import NAMES, OF_STAGE, why_not
from policies.insured import Insured
from policies.insured_case import InsuredCase
from policies.insured_words import insured_sentence
from policies.questions import QuestionKind
from policies.stages import Stage
from storage.insurer_questions import ConsentAsked
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say, told
from tasks.staff_words import STAFF, cell


def about_consent(found: ConsentAsked) -> Wording:
    """What the insurer is asked, about which invoices and up to which day, and what each answer does."""
    currency = found.invoices[0].invoice.currency
    insurance = found.invoices[0].insurance
    amount, what = wording.amount(found.open, currency, STAFF), say(NAMES[found.about])
    title = f"{say('Does the insurer agree?')} · {wording.one_line(found.name)} · {amount}"
    about = {
        "insurer": cell(insurance.insurer if insurance else ""),
        "policy": cell(insurance.policy if insurance else ""),
    }
    intro = say(
        "{actor} needs the consent of **{insurer}** (policy {policy}) for **{name}**: {what}. Ask the insurer, then say here what it "
        "answered. Until then reminders go on and nothing harder leaves.",
        actor=cell(found.by), name=cell(found.name), what=what, **about,
    )  # fmt: skip
    until = say("It is about payment up to **{day}**.", day=day(found.until)) if found.until else ""
    parts = (
        f"### {say('Does the insurer agree?')}",
        intro,
        until,
        insured_table(found.invoices),
        what_each_answer_does(QuestionKind.INSURER_CONSENT, None),
    )
    return Wording(title, "\n\n".join(part for part in parts if part), amount)


def insured_table(invoices: Sequence[Insured]) -> str:
    """The insured invoices with their last days."""
    rows = [say("| Invoice | Due | Open | Insured | Payment by | Claim by |"), "|---|---|---:|---:|---|---|"]
    for one in invoices:
        currency = one.invoice.currency
        open_, part = (wording.amount(minor, currency, STAFF) for minor in (one.invoice.open, one.amount))
        last = [day(each) if each else "–" for each in (one.extension, one.filing)]
        rows.append(
            f"| {cell(one.invoice.number)} | {day(one.invoice.due)} | {open_} | {part} | {last[0]} | {last[1]} |"
        )
    return "\n".join(rows)


def insured_told(case: InsuredCase | None) -> str:
    """What of a case is insured, in a sentence in the language of the house; empty: nobody insures it."""
    if case is None:
        return ""
    sentence, values = insured_sentence(case)
    return say(sentence, **values) if sentence else ""


def refusal_told(cases: Sequence[InsuredCase | None], stage: Stage | None) -> str:
    """Why an insured case cannot be handed over now, on the question that would do it; empty: it can."""
    what = OF_STAGE.get(stage) if stage is not None else None
    found = [one for one in cases if one is not None]
    if what is None or not found:
        return ""
    agreed = {one.insured.invoice.case for one in found if what in one.consents}
    refusal = why_not(what, [one.insured for one in found], agreed)
    return f"**{told(refusal)}**" if refusal else ""
