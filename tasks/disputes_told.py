"""What a customer disputes, as questions about its invoices name it: a claim that is contested is looked at twice."""

from storage.question_subject import Subject
from storage.standing_disputes import StandingDispute
from tasks import wording
from tasks.staff_text import say
from tasks.staff_words import STAFF, cell


def disputes_told(subject: Subject) -> list[str]:
    """What of the invoices shown is disputed and left out of the amounts, and what else the customer disputes."""
    lead = subject.members[0]
    aside, currency = sum(one.case.set_aside for one in subject.members), lead.case.currency
    shown = {one.case.invoice for one in subject.members}
    found = [_of_it(aside, currency)] if aside else []
    return found + [_also(one) for one in lead.disputes if one.invoice not in shown]


def _of_it(minor: int, currency: str) -> str:
    amount = wording.amount(minor, currency, STAFF)
    return say("Besides, {amount} of it is disputed and not asked for.", amount=amount)


def _also(one: StandingDispute) -> str:
    if not one.invoice:
        return say("The customer also disputes {what}.", what=say("everything it owes"))
    amount = wording.amount(one.about, one.currency, STAFF)
    return say("The customer also disputes {what}.", what=f"{amount} · {cell(one.invoice)}")
