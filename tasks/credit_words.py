"""The question what a credit note is for that settles nothing, in words for the team."""

from policies.questions import QuestionKind
from storage.credit_questions import CreditsToClear
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_words import STAFF, cell

DAYS = "en"


def about_credits(found: CreditsToClear) -> Wording:
    """The credit notes, the notices that wait, what is open, and the net of the account."""
    credit, owed = sum(one.left for one in found.credits), sum(left for _, left in found.invoices)
    title = f"What is this credit for? · {wording.one_line(found.name)} · {_money(credit, found)}"
    notices = "The notice about" if len(found.waiting) == 1 else "The notices about"
    intro = (
        f"**{cell(found.name)}** has **{_money(credit, found)}** in credit notes that settle nothing. {notices} "
        f"{cell(', '.join(found.waiting))} waits: an account is cleared before its customer is accused. Open on invoices: "
        f"{_money(owed, found)}; net {_money(owed - credit, found)}. To set it against certain invoices alone: "
        "`./relance credit NUMBER INVOICE…`."
    )
    credits = ["| Credit note | Of | Left |", "|---|---|---:|"]
    credits += [
        f"| {cell(one.credit_note)} | {wording.day(one.issued, 'en')} | {_money(one.left, found)} |"
        for one in found.credits
    ]
    invoices = ["| Invoice | Open |", "|---|---:|"]
    invoices += [f"| {cell(number)} | {_money(left, found)} |" for number, left in found.invoices]
    follows = what_each_answer_does(QuestionKind.CREDIT, None)
    parts = ("### What is this credit for?", intro, "\n".join(credits), "\n".join(invoices), follows)
    return Wording(title, "\n\n".join(parts), f"{_money(credit, found)} of credit")


def _money(minor: int, found: CreditsToClear) -> str:
    return wording.amount(minor, found.currency, STAFF)
