"""A mediation put to whoever answers for it, and the choice among several mediators, in words."""

from policies.mediation import StartedBy
from policies.questions import QuestionKind
from storage.mediation_questions import MediationView
from storage.mediator_questions import ToChoose, offer
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say
from tasks.staff_words import STAFF, cell

_BEGAN = {
    StartedBy.LADDER: "We proposed mediation on {day}.",
    StartedBy.PERSON: "We proposed mediation on {day}.",
    StartedBy.CUSTOMER: "The customer turned to a mediator on {day}.",
}


def about_mediation(one: MediationView) -> Wording:
    """The question about a mediation outside the ladder."""
    amount = wording.amount(one.open, one.currency, STAFF)
    what = say("Outcome of the mediation")
    parts = [
        say("### {what}: {customer}", what=what, customer=cell(one.customer_name)),
        _intro(one),
        _table(one),
        what_each_answer_does(QuestionKind.MEDIATION, None),
    ]
    title = f"{what} · {wording.one_line(one.customer_name)} · {amount}"
    return Wording(title, "\n\n".join(part for part in parts if part), amount)


def _intro(one: MediationView) -> str:
    sentences = [say(_BEGAN[one.started_by], day=day(one.proposed_on))]
    if one.mediator:
        sentences.append(say("Mediator: {mediator}.", mediator=cell(one.mediator)))
    if one.last_day is not None:
        sentences.append(
            say("An answer is waited for until {day} ({rule}).", day=day(one.last_day), rule=cell(one.last_day_from))
        )
    if one.compulsory:
        sentences.append(say("A court wants such an attempt first ({article}).", article=cell(one.compulsory)))
    sentences.append(say("Nothing else leaves about these invoices meanwhile; what is said stays between both sides."))
    return " ".join(sentences)


def _table(one: MediationView) -> str:
    rows = [say("| Invoice | Due | Open |"), "|---|---|--:|"]
    for number, due, amount in one.invoices:
        rows.append(f"| {cell(number)} | {due.isoformat()} | {wording.amount(amount, one.currency, STAFF)} |")
    return "\n".join(rows)


def about_mediators(one: ToChoose) -> Wording:
    """The question whom to propose as mediator."""
    amount = wording.amount(one.open, one.currency, STAFF)
    what = say("Which mediator?")
    rows = [say("| Mediator | Why |"), "|---|---|"]
    rows += [f"| {cell(each.mediator)} | {cell(each.why)} |" for each in one.proposals.open]
    rows += [f"| {cell(title)} | {cell(why)} |" for title, why in one.proposals.closed]
    parts = [
        say("### {what}: {customer}", what=what, customer=cell(one.name)),
        say("A proposal of mediation over **{amount}** waits: several mediators may be named.", amount=amount),
        "\n".join(rows),
        what_each_answer_does(
            QuestionKind.MEDIATOR, None, [offer(each.title, each.mediator) for each in one.proposals.open]
        ),
    ]
    return Wording(f"{what} · {wording.one_line(one.name)} · {amount}", "\n\n".join(parts), amount)
