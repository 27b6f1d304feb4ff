"""What a salesperson reads before a formal notice leaves, and what a manager reads when they object."""

from zoneinfo import ZoneInfo

from policies.calendar_days import days_after
from policies.questions import QuestionKind
from storage.objections import Objection
from storage.question_subject import Wording
from storage.sales_notices import SalesNotice
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.question_text import quoted
from tasks.staff_text import day, say, speaking
from tasks.staff_words import STAFF, cell


def notice_mail(notice: SalesNotice) -> tuple[str, str]:
    """Subject and text of the e-mail to the salesperson, in their language: the words that leave, and how to object."""
    with speaking(notice.language):
        return _notice_mail(notice)


def _notice_mail(notice: SalesNotice) -> tuple[str, str]:
    amount = wording.amount(notice.amount, notice.currency, STAFF)
    name = wording.one_line(notice.customer_name)
    last = day(days_after(notice.until.astimezone(ZoneInfo(notice.zone)).date(), -1))
    subject = say("Formal notice to {customer}: {amount}", customer=name, amount=amount)
    told = say(
        "A formal notice is about to leave to {customer} ({number}): {amount} on {invoices}. You are their salesperson. "
        "You may object once, up to and including {day}; then a manager decides. If you say nothing, it goes on.",
        customer=name, number=notice.customer_number, amount=amount, invoices=", ".join(notice.invoices), day=last,
    )  # fmt: skip
    how = say(
        "To object: start “object” in the desk, or ./relance customer object {number} --why “…”.",
        number=notice.customer_number,
    )
    return subject, f"{told}\n\n{how}\n\n----------\n{notice.subject}\n\n{notice.text}\n"


def about_an_objection(one: Objection) -> Wording:
    """The question to the manager: who objects and why, what would leave, what each answer does."""
    amount = wording.amount(one.amount, one.currency, STAFF)
    title = f"{say('A salesperson objects')} · {wording.one_line(one.name)} · {amount}"
    said = say(
        "**{actor}** objects to the formal notice to **{customer}** ({number}), {amount} on {invoices}: *{words}*",
        actor=cell(one.objected_by), customer=cell(one.name), number=cell(one.number), amount=amount,
        invoices=cell(", ".join(one.invoices)), words=cell(one.words),
    )  # fmt: skip
    parts = (
        f"### {say('A salesperson objects')}",
        said,
        say("**What would leave**"),
        quoted(one.text),
        what_each_answer_does(QuestionKind.OBJECTION, None),
    )
    return Wording(title, "\n\n".join(parts), amount)
