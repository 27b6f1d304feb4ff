"""The question whether what we know of a customer is still so, in words for the team."""

from collections.abc import Iterator

from policies.questions import QuestionKind
from storage.customer_views import CustomerView
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say
from tasks.staff_words import cell

NOTHING = "**nothing is known**"


def about_a_customer(found: CustomerView) -> Wording:
    """Everything the customer is reached and paid by, what is missing, and what each answer does."""
    checked = (
        say("never checked") if found.verified_on is None else say("last checked on {day}", day=day(found.verified_on))
    )
    rows = [f"| {name} | {said} |" for name, said in _rows(found)]
    intro = say(
        "What we know of **{customer}** ({number}) was {checked}. A call or a short message tells whether it "
        "is still so. What is wrong is put right in your own books and imported (`./relance import customers FILE`); the "
        "e-mail address can be put right here.",
        customer=cell(found.name),
        number=cell(found.number),
        checked=checked,
    )
    follows = what_each_answer_does(QuestionKind.DATA_REVIEW, None)
    asks = say("Find another e-mail address") if found.email_dead else say("Are these data still right?")
    title = f"{asks} · {wording.one_line(found.name)}"
    dead = _come_back(found) if found.email_dead else ""
    parts = (f"### {asks}", *((dead,) if dead else ()), intro, "\n".join(["| | |", "|---|---|", *rows]), follows)
    return Wording(title, "\n\n".join(parts), checked)


def _come_back(found: CustomerView) -> str:
    return say("Messages to **{email}** come back: {words}.", email=cell(found.email), words=cell(found.email_dead))


def _rows(found: CustomerView) -> Iterator[tuple[str, str]]:
    dead = say(" (dead: {words})", words=found.email_dead) if found.email_dead else ""
    no_sms = say(" (no SMS: {words})", words=found.phone_dead) if found.phone_dead else ""
    known = {
        "Contact": found.contact,
        "E-mail": f"{found.email}{dead}" if found.email else "",
        "Telephone": f"{found.phone}{no_sms}" if found.phone else "",
        "Address": found.postal.replace("\n", ", "),
        "Pays by": say(found.payment_method.replace("_", " ")),
        "Mandate": found.mandate,
        "Accounts": found.ibans,
        "Terms": "" if found.terms_days is None else say("{days} days", days=found.terms_days),
        "Company number": found.company_number,
        "VAT number": found.vat_number,
        "Language": found.language,
    }
    for name, words in known.items():
        yield say(name), cell(words) if words else say(NOTHING)
    if found.pays_through:
        yield say("Paid by"), cell(found.pays_through)
    for one in found.contacts:
        parts = [one.name, one.email, one.phone, one.postal.replace("\n", ", ")]
        yield say(one.role.replace("_", " ").capitalize()), cell(" · ".join(part for part in parts if part))
