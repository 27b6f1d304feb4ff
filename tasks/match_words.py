"""A bank line and what it may pay, in words for staff: why it is proposed, what speaks against, what an answer does."""

from collections.abc import Mapping, Sequence

from policies.questions import QuestionKind
from storage.match_questions import AskedLine, LineWording, OfferedShare, Reading
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say
from tasks.staff_words import STAFF, cell

NAMED_AT_MOST = 3
"""Invoices named in a sentence before the rest is counted."""

REASONS: Mapping[str, str] = {
    "decided": "a person decided it",
    "named": "the payment names it",
    "named_and_more": "with what the payment names the amount is complete",
    "payer_and_amount": "the payer owes this amount",
    "all_open": "it is everything the payer owes",
    "oldest": "these are the payer's oldest invoices",
    "month": "these are the payer's invoices of one month",
    "sum": "these invoices of the payer make this sum",
    "amount_only": "the amount is open, but nothing else speaks for it",
    "payer_only": "we know who paid, not what for",
    "nothing": "nothing in it speaks of an open invoice",
    "money_out": "money that left the account",
    "returned": "the money went back",
}
WITNESSES: Mapping[str, str] = {
    "person": "a person's word",
    "reference": "our payment reference",
    "number": "the invoice number",
    "near_number": "the invoice number but for a typing error",
    "suffix": "the last digits of the invoice number",
    "iban": "the customer's account",
    "customer_number": "the customer number",
    "name": "the customer's name",
    "like_name": "a name like the customer's",
    "amount": "the amount",
}
DOUBTS: Mapping[str, str] = {
    "no_second_witness": "nothing else confirms it",
    "other_payer": "somebody else seems to have paid",
    "amount_fits_others": "the amount is also that of other invoices",
    "several_fit": "several invoices fit",
    "coincidence": "the sum may fit by chance",
    "already_settled": "what it names is settled already",
    "other_currency": "the currency is another",
    "unknown_number": "it names a number we do not know",
    "other_purpose": "its text speaks of something else",
    "claimed": "another payment that waits may be for the same invoice",
    "amount_differs": "the amount differs",
    "insurer": "the credit insurer may have paid on a claim (./relance insurance indemnity)",
}
GAPS: Mapping[str, str] = {"rounding": "rounding", "bank_fee": "kept by banks", "cash_discount": "cash discount"}


def about_a_line(line: AskedLine) -> LineWording:
    """The question about a line: title, description, and a sentence for each reading of it."""
    offers = _told_apart([_offer(one, line.currency) for one in line.readings])
    amount, who = wording.amount(line.left, line.currency, STAFF), wording.one_line(line.counterparty or line.text)
    parts = [
        say("### What are these {amount} for?", amount=amount),
        _facts(line),
        _readings(line, offers),
        what_each_answer_does(QuestionKind.MATCH, None, offers),
    ]
    return LineWording(f"{say('What is it for?')} · {who} · {amount}", "\n\n".join(parts), tuple(offers))


def why_words(reason: str, witnesses: Sequence[str], doubts: Sequence[str]) -> str:
    """*the payment names it (the invoice number but for a typing error, the amount); but nothing else confirms it*."""
    for_it = f" ({', '.join(say(WITNESSES[one]) for one in witnesses)})" if witnesses else ""
    against = say("; but {doubts}", doubts=", ".join(say(DOUBTS[one]) for one in doubts)) if doubts else ""
    return f"{say(REASONS[reason])}{for_it}{against}"


def _facts(line: AskedLine) -> str:
    sender = say(" from **{name}**", name=cell(line.counterparty)) if line.counterparty else ""
    account = say(", account {number}", number=cell(line.iban)) if line.iban else ""
    says = " / ".join(part for part in (line.reference, line.text) if part.strip())
    return say(
        "Bank line {number} of {day}{sender}{account}. It says: *{text}*",
        number=line.payment,
        day=day(line.value_date),
        sender=sender,
        account=account,
        text=cell(says) or say("nothing"),
    )


def _readings(line: AskedLine, offers: Sequence[str]) -> str:
    rows = [say("| Reading | Invoice | Customer | Due | Open | Booked | Why |"), "|---|---|---|---|--:|--:|---|"]
    for place, one in enumerate(line.readings, 1):
        why = why_words(one.reason, one.witnesses, one.doubts)
        for share in one.shares:
            reading = say("proposed") if place == 1 else say("alternative {number}", number=place - 1)
            rows.append(_row(reading, share, line.currency, why))
    return "\n".join(rows)


def _row(reading: str, share: OfferedShare, currency: str, why: str) -> str:
    open_amount, booked = (wording.amount(one, currency, STAFF) for one in (share.open, share.amount))
    due = share.due.isoformat()
    return f"| {reading} | {cell(share.number)} | {cell(share.customer)} | {due} | {open_amount} | {booked} | {cell(why)} |"


def _offer(reading: Reading, currency: str) -> str:
    """*Book 1 250,00 € on FA-2026-0142 (Dupont SARL)*."""
    paid = [share for share in reading.shares if share.amount > 0]
    notes = [share.number for share in reading.shares if share.amount < 0]
    amount = wording.amount(sum(share.amount for share in reading.shares), currency, STAFF)
    numbers = [wording.one_line(share.number).replace(" · ", " ") for share in paid]
    named = ", ".join(numbers[:NAMED_AT_MOST])
    more = say(" and {count} more", count=len(numbers) - NAMED_AT_MOST) if len(numbers) > NAMED_AT_MOST else ""
    customers = ", ".join(dict.fromkeys(wording.one_line(share.customer).replace(" · ", " ") for share in paid))
    netted = say(", with credit note {numbers}", numbers=", ".join(notes)) if notes else ""
    gone = "".join(
        say(", letting {amount} go ({why})", amount=wording.amount(share.lets_go, currency, STAFF), why=say(GAPS[share.gap]))
        for share in paid if share.lets_go
    )  # fmt: skip
    booked = say("Book {amount} on {invoices} ({customers})", amount=amount, invoices=named + more, customers=customers)
    return f"{booked}{netted}{gone}"


def _told_apart(offers: Sequence[str]) -> list[str]:
    """The sentences of a form differ: those that read alike are numbered."""
    return [
        offer if offers.index(offer) == place else say("{offer}, reading {number}", offer=offer, number=place + 1)
        for place, offer in enumerate(offers)
    ]
