"""Steps that money had overtaken, put to a person: what we did, what had come before it, whether we could know, what can be done."""

from policies.questions import QuestionKind
from policies.stages import Stage
from storage.overtaken import Overtaken, ToPutRight
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import say
from tasks.staff_words import STAFF, cell
from tasks.stage_names import stage_words

WITH_OTHERS = {
    Stage.AGENCY.value: "The agency has the file: leaving it as it is leaves it there with what is still open; whichever way you put it right, the file is taken back and the agency told at once.",
    Stage.LEGAL.value: "The file is with the court or with counsel: reduce the claim or withdraw it there as well, then note it with relance court event. Once nothing the file claims is open, you are asked to tell the court.",
}
"""Somebody outside the house acts in our name: what the answer does about it, and what it does not."""


def about_correction(one: ToPutRight) -> Wording:
    """The question about one customer."""
    amount = wording.amount(one.amount, one.currency, STAFF)
    parts = [
        say("### Paid before we wrote: {customer}", customer=cell(one.name)),
        say(
            "Money or a credit of **{amount}** is dated before a step of ours, and was known only after it.",
            amount=amount,
        ),
        _table(one),
        "\n\n".join(
            f"**{say(WITH_OTHERS[stage])}**" for stage in WITH_OTHERS if any(each.stage == stage for each in one.steps)
        ),
        say("What is still open of it rests until you have answered.") if any(each.hold for each in one.steps) else "",
        what_each_answer_does(QuestionKind.CORRECTION, None),
    ]
    title = f"{say('Paid before we wrote')} · {wording.one_line(one.name)} · {amount}"
    return Wording(title, "\n\n".join(part for part in parts if part), amount)


def _table(one: ToPutRight) -> str:
    rows = [
        f"| {cell(each.invoice)} | {stage_words(each.stage)} | {each.done_on.isoformat()} | "
        f"{wording.amount(each.amount, one.currency, STAFF)} | {each.value_date.isoformat()} | "
        f"{wording.amount(each.open, one.currency, STAFF)} | {_whose(each)} |"
        for each in one.steps
    ]
    head = say("| Invoice | What we did | On | What had come | Dated | Open now | Could we know? |")
    return "\n".join([head, "|---|---|---|--:|---|--:|---|", *rows])


def _whose(one: Overtaken) -> str:
    """Whether it stood in our books, or the bank's files did not reach so far yet."""
    if one.ours:
        return say("yes: it stood in our books, and was not set against the invoice")
    if one.bank_until is None:
        return say("no: it was not in our books")
    if one.bank_until >= one.value_date:
        return say("no: it was not in the bank files, which reached to {day}", day=one.bank_until.isoformat())
    return say("no: the bank files reached to {day} only, as new as the policy asks", day=one.bank_until.isoformat())
