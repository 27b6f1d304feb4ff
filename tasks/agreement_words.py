"""The questions whether a settlement is offered, or debts are set off, in words for the team."""

from policies.agreement import AgreementKind
from policies.questions import QuestionKind
from storage.agreement_questions import Proposed
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say
from tasks.staff_words import STAFF, cell


def about_proposal(found: Proposed) -> Wording:
    """What is proposed, by whom and why, the invoices it is about, and what each answer does."""
    settles = found.kind is AgreementKind.SETTLEMENT
    kind = QuestionKind.SETTLEMENT if settles else QuestionKind.SET_OFF
    what = say("Settle for less?") if settles else say("Set off?")
    title = f"{what} · {wording.one_line(found.name)} · {_money(found.amount, found)}"
    why = say("Why: *{words}*", words=cell(found.why)) if found.why else ""
    intro = _settlement(found) if settles else _set_off(found)
    table = [say("| Invoice | Due | Open |"), "|---|---|---:|"]
    table += [f"| {cell(number)} | {day(due)} | {_money(open_, found)} |" for number, due, open_ in found.invoices]
    parts = (f"### {what}", intro, why, "\n".join(table), what_each_answer_does(kind, None))
    return Wording(title, "\n\n".join(part for part in parts if part), _money(found.amount, found))


def _settlement(found: Proposed) -> str:
    assert found.due is not None, "a settlement has its day"
    return say(
        "{actor} proposes to **{name}**: **{amount}** by {day} settles everything. Open are {open}; {rest} would be given up.",
        actor=cell(found.by), name=cell(found.name), amount=_money(found.amount, found), day=day(found.due),
        open=_money(found.open, found), rest=_money(found.open - found.amount, found),
    )  # fmt: skip


def _set_off(found: Proposed) -> str:
    return say(
        "{actor} proposes to set off **{amount}**, which we owe **{name}** for its invoice {number}, against what it owes us. "
        "Open are {open}; {rest} would remain.",
        actor=cell(found.by), name=cell(found.name), amount=_money(found.amount, found), number=cell(found.their_invoice),
        open=_money(found.open, found), rest=_money(found.open - found.amount, found),
    )  # fmt: skip


def _money(minor: int, found: Proposed) -> str:
    return wording.amount(minor, found.currency, STAFF)
