"""The questions about proceedings and stays, in words for the team."""

from collections.abc import Mapping
from datetime import date

from policies.insolvency import Office
from policies.questions import QuestionKind
from policies.stay import STAY_LAWS, StayKind
from storage.insolvency_claim import Declared, totals
from storage.insolvency_questions import Describe, NoticeView, StayTask
from storage.insolvency_views import InsolvencyView
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say, told
from tasks.staff_words import STAFF, cell

SHOWN = 400
"""Letters of the published words that are shown."""
STAYS: Mapping[str, str] = {
    "death": "The customer has died",
    "over_indebtedness": "A file of over-indebtedness was admitted",
    "complaint": "A complaint",
}


def about_notice(one: NoticeView, lines: tuple[Declared, ...] = ()) -> Wording:
    """A published notice bears the customer's number."""
    del lines
    rows = [
        (say("Published"), _day(one.published)), (say("Reference"), cell(one.reference)), (say("Register number"), one.register),
        (say("Name in the notice"), cell(one.name)), (say("Proceedings"), cell(one.kind or say("not said"))),
        (say("Judgment"), _day(one.judgment)), (say("Which court"), cell(one.court)),
    ]  # fmt: skip
    parts = [
        f"### {say('Is this notice about your customer?')}",
        say(
            "A published notice bears the register number of **{customer}** ({number}). Everything of it is on hold until you answer.",
            customer=cell(one.customer_name), number=one.customer_number,
        ),
        _table(rows),
        f"> {cell(one.text[:SHOWN])}" if one.text else "",
        what_each_answer_does(QuestionKind.INSOLVENCY_NOTICE, None),
    ]  # fmt: skip
    title = f"{say('Insolvent?')} · {wording.one_line(one.customer_name)}"
    return Wording(title, "\n\n".join(part for part in parts if part), cell(one.kind or one.reference))


def about_claim(one: InsolvencyView, lines: tuple[Declared, ...]) -> Wording:
    """What is to be declared, to whom, and until when."""
    sums = ", ".join(wording.amount(sum_, currency, STAFF) for currency, sum_ in sorted(totals(lines).items()))
    rows = [
        (say("Judgment"), f"{cell(one.proceedings)}, {day(one.judgment)}"), (say("Which court"), cell(one.court)),
        (say("Declare to"), _office(one.representative)),
        (say("Last day to declare"), _day(one.declare_by) or say("not known yet: say it as soon as the notice is published")),
        (say("Privileges"), say("none")), (say("Retention of title"), _retention(one)),
    ]  # fmt: skip
    parts = [
        f"### {say('Declare the claim?')}",
        say(
            "**{customer}**: {count} older invoices, {sums} as at {eve}, the day before the judgment (C. com. L622-28).",
            customer=cell(one.customer_name), count=len(lines), sums=sums, eve=day(one.eve),
        ),
        say("It was declared on {day} already. **What was open before the judgment has changed since: declare the difference.**", day=day(one.claim_on))
        if one.claim_on is not None else "",
        _table(rows),
        _claimed(lines),
        say("The file itself: `./relance insolvency claim {number} --out FILE.zip`", number=one.number),
        what_each_answer_does(QuestionKind.CLAIM_DECLARATION, None),
    ]  # fmt: skip
    title = f"{say('Declare the claim?')} · {wording.one_line(one.customer_name)} · {sums}"
    return Wording(
        title, "\n\n".join(part for part in parts if part), f"{sums} → {wording.one_line(one.representative.name)}"
    )


def about_goods(one: InsolvencyView, lines: tuple[Declared, ...]) -> Wording:
    """Whether goods that were delivered are still ours."""
    parts = [
        f"### {say('Were goods delivered under retention of title?')}",
        say(
            "**{customer}** · {proceedings}, judgment of {judgment}. Where a clause kept the goods yours until they are paid, and it was "
            "agreed in writing before delivery, they may be claimed back; the time for it is short.",
            customer=cell(one.customer_name), proceedings=cell(one.proceedings), judgment=day(one.judgment),
        ),
        _claimed(lines, short=True),
        what_each_answer_does(QuestionKind.RETENTION, None),
    ]  # fmt: skip
    title = f"{say('Retention of title?')} · {wording.one_line(one.customer_name)}"
    return Wording(title, "\n\n".join(parts), wording.one_line(one.customer_name))


def about_stay(one: StayTask, lines: tuple[Declared, ...] = ()) -> Wording:
    """What is to be done while a customer is left alone."""
    del lines
    kind = StayKind(one.kind)
    names = ", ".join(cell(name) for name in one.names)
    parts = [
        f"### {say(STAYS[one.kind])}",
        say("**{names}**: nothing leaves, every invoice is on hold. *{why}*", names=names, why=cell(one.words)),
        say("What is asked of you meanwhile: {task}", task=told(STAY_LAWS[kind].follow_up)),
        say("It is looked at again by **{day}** ({article}).", day=_day(one.last_day), article=cell(told(one.article))),
        what_each_answer_does(QuestionKind.STAY, None),
    ]
    title = f"{say(STAYS[one.kind])} · {wording.one_line(', '.join(one.names))}"
    return Wording(title, "\n\n".join(parts), wording.one_line(one.names[0]))


WORDS: Mapping[QuestionKind, Describe] = {
    QuestionKind.INSOLVENCY_NOTICE: about_notice,
    QuestionKind.CLAIM_DECLARATION: about_claim,
    QuestionKind.RETENTION: about_goods,
    QuestionKind.STAY: about_stay,
}


def _office(one: Office) -> str:
    parts = (cell(one.name), cell(one.email), cell(", ".join(one.postal.splitlines())))
    return " · ".join(part for part in parts if part)


def _retention(one: InsolvencyView) -> str:
    if not one.retention:
        return say("asked apart")
    return say("none") if one.retention == "none" else cell(one.goods)


def _claimed(lines: tuple[Declared, ...], *, short: bool = False) -> str:
    if short:
        rows = [
            f"| {cell(one.invoice)} | {_day(one.issued)} | {wording.amount(one.open, one.currency, STAFF)} |"
            for one in lines
        ]
        return "\n".join([say("| Invoice | Of | Open |"), "|---|---|--:|", *rows])
    rows = [
        f"| {cell(one.invoice)} | {day(one.due)} | {wording.amount(one.open, one.currency, STAFF)} | {_interest(one)} | "
        f"{wording.amount(one.flat, one.currency, STAFF)} |"
        for one in lines
    ]
    return "\n".join([say("| Invoice | Due | Principal | Interest | Flat sum |"), "|---|---|--:|--:|--:|", *rows])


def _interest(one: Declared) -> str:
    return say("reserved") if one.interest is None else wording.amount(one.interest, one.currency, STAFF)


def _table(rows: list[tuple[str, str]]) -> str:
    said = [f"| {name} | {value} |" for name, value in rows if value]
    return "\n".join(["| | |", "|---|---|", *said])


def _day(on: date | None) -> str:
    return "" if on is None else day(on)
