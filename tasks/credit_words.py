"""The question what a credit note is for that settles nothing, in words for the team."""

from policies.questions import QuestionKind
from storage.credit_questions import CreditsToClear
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say
from tasks.staff_words import STAFF, cell

_HAS = "**{customer}** has **{credit}** in credit notes that settle nothing. "
_WHY = "an account is cleared before its customer is accused. Open on invoices: {owed}; net {net}. "
_ALONE = "To set it against certain invoices alone: `./relance credit NUMBER INVOICE…`."
ONE_WAITS = f"{_HAS}The notice about {{invoices}} waits: {_WHY}{_ALONE}"
SEVERAL_WAIT = f"{_HAS}The notices about {{invoices}} wait: {_WHY}{_ALONE}"


def about_credits(found: CreditsToClear) -> Wording:
    """The credit notes, the notices that wait, what is open, and the net of the account."""
    credit, owed = sum(one.left for one in found.credits), sum(left for _, left in found.invoices)
    title = f"{say('What is this credit for?')} · {wording.one_line(found.name)} · {_money(credit, found)}"
    known = {
        "customer": cell(found.name),
        "credit": _money(credit, found),
        "invoices": cell(", ".join(found.waiting)),
        "owed": _money(owed, found),
        "net": _money(owed - credit, found),
    }
    intro = say(ONE_WAITS if len(found.waiting) == 1 else SEVERAL_WAIT, **known)
    credits = [say("| Credit note | Of | Left |"), "|---|---|---:|"]
    credits += [f"| {cell(one.credit_note)} | {day(one.issued)} | {_money(one.left, found)} |" for one in found.credits]
    invoices = [say("| Invoice | Open |"), "|---|---:|"]
    invoices += [f"| {cell(number)} | {_money(left, found)} |" for number, left in found.invoices]
    follows = what_each_answer_does(QuestionKind.CREDIT, None)
    parts = (f"### {say('What is this credit for?')}", intro, "\n".join(credits), "\n".join(invoices), follows)
    return Wording(title, "\n\n".join(parts), say("{credit} of credit", credit=_money(credit, found)))


def _money(minor: int, found: CreditsToClear) -> str:
    return wording.amount(minor, found.currency, STAFF)
