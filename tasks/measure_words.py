"""A commercial measure in words for our own people: the question to a manager, the e-mail to sales."""

from datetime import date

from policies.credit_exposure import CreditExposure
from policies.measure import KIND_WORDS, LIFT_WORDS, MeasureKind, Origin
from policies.questions import QuestionKind
from storage.measure_books import MeasureRow
from storage.measure_changes import TAKEN, SalesNews
from storage.measure_questions import Asked
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import colon, day, say, speaking
from tasks.staff_words import STAFF, cell


def about_measure(asked: Asked) -> Wording:
    """What is proposed, by whom and why, what the customer owes and has ordered, what lifts it, what each answer does."""
    row, owed = asked.measure, asked.owed
    what = kind_words(row)
    total = _money(owed.total, row.currency)
    title = f"{what} · {wording.one_line(row.customer_name)} · {total}"
    parts = (
        f"### {cell(what)}: {cell(row.customer_name)}",
        _who_proposes(row),
        say("Why: *{words}*", words=cell(row.why)) if row.why and row.origin is Origin.PERSON else "",
        exposure_table((owed,)),
        _lifts(row),
        say("The customer reads: *{words}*", words=cell(row.clause)) if row.clause else "",
        say("Looked at again on {day}.", day=day(row.review_on)) if row.review_on else "",
        what_each_answer_does(QuestionKind.MEASURE, None),
    )
    return Wording(title, "\n\n".join(part for part in parts if part), f"{what} · {total}")


def kind_words(row: MeasureRow) -> str:
    """*Lower the credit limit to 5 000,00 €*."""
    if row.kind is MeasureKind.LOWER_LIMIT and row.lower_limit is not None:
        return say("Lower the credit limit to {amount}", amount=_money(row.lower_limit, row.currency))
    return say(KIND_WORDS[row.kind])


def exposure_table(lines: tuple[CreditExposure, ...]) -> str:
    """What is overdue, not yet due and ordered, against the limit: a row a currency."""
    heads = [say("| Overdue | Not yet due | Orders given | Exposure | Limit |"), "|---:|---:|---:|---:|---:|"]
    return "\n".join([*heads, *map(_row, lines)])


def _row(one: CreditExposure) -> str:
    orders = _money(one.orders, one.currency)
    if one.orders_on is not None:
        orders = say("{amount} ordered as of {day}", amount=orders, day=day(one.orders_on))
    limit = "–" if one.limit is None else _money(one.limit, one.currency)
    if one.above:
        limit = say("{limit}, exceeded by {amount}", limit=limit, amount=_money(one.above, one.currency))
    cells = (
        _money(one.overdue, one.currency),
        _money(one.not_due, one.currency),
        orders,
        _money(one.total, one.currency),
    )
    return f"| {' | '.join(cells)} | {limit} |"


def _who_proposes(row: MeasureRow) -> str:
    if row.origin is Origin.LADDER:
        return say(
            "The policy **{policy}** proposes it, after its step {step}.",
            policy=cell(row.proposed_by),
            step=cell(row.why),
        )
    if row.origin is Origin.MONEY_BACK:
        return say(
            "What had lifted measure {number}, a payment or a dispute, stands no more: is it taken again?",
            number=str(row.renews),
        )
    return say("**{actor}** proposes it.", actor=cell(row.proposed_by))


def _lifts(row: MeasureRow) -> str:
    return say("It is lifted by itself once {words}.", words=say(LIFT_WORDS[row.lifted_by]))


def sales_mail(news: SalesNews, language: str) -> tuple[str, str]:
    """Subject and text of the e-mail to sales, in the reader's language."""
    with speaking(language):
        return _taken(news.measure) if news.change == TAKEN else _lifted(news.measure)


def _taken(row: MeasureRow) -> tuple[str, str]:
    name, what = wording.one_line(row.customer_name), kind_words(row)
    told = say(
        "{actor} decided a commercial measure against {customer} ({number}), from {day} on: {what}. {amount} is overdue.",
        actor=row.decided_by, customer=name, number=row.customer_number, day=_day(row.decided_on), what=what,
        amount=_money(row.overdue, row.currency),
    )  # fmt: skip
    clause = say("It rests on: {words}", words=wording.one_line(row.clause)) if row.clause else ""
    ends = f"{_lifts(row)} {say('You are told then.')} {say('The customer is told too, and the ERP has its file.')}"
    return f"{colon(what)} {name}", "\n\n".join(part for part in (told, clause, ends) if part) + "\n"


def _lifted(row: MeasureRow) -> tuple[str, str]:
    name, what = wording.one_line(row.customer_name), kind_words(row)
    subject = say("Lifted: {what}, {customer}", what=what, customer=name)
    told = say(
        "The commercial measure against {customer} ({number}) is lifted since {day}: {what}.",
        customer=name, number=row.customer_number, day=_day(row.ended_on), what=what,
    )  # fmt: skip
    why = (
        say("It is lifted because {words}.", words=say(LIFT_WORDS[row.lifted_by]))
        if row.ended_how == "paid"
        else say("{actor} lifted it.", actor=row.ended_by)
    )
    return subject, f"{told} {why}\n\n{say('The customer is told too, and the ERP has its file.')}\n"


def _day(on: date | None) -> str:
    return "" if on is None else day(on)


def _money(minor: int, currency: str) -> str:
    return wording.amount(minor, currency, STAFF)
