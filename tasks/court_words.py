"""Court files in words for staff: the question where everything is paid, and a file in a few lines."""

from policies.court_event import EVENT_WORDS
from policies.court_life import STATE_WORDS
from policies.questions import QuestionKind
from storage.court_views import CourtFileView
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say
from tasks.staff_words import STAFF, cell


def about_paid(one: CourtFileView) -> Wording:
    """The question: what is before the court is paid, and the court must be told."""
    what, amount = say("Paid: tell the court"), wording.amount(one.principal, one.currency, STAFF)
    name = wording.one_line(one.customer_name)
    parts = [
        say("### {what}: {customer}", what=what, customer=cell(one.customer_name)),
        say(
            "Nothing is open any more of court file {number} ({title}): {amount}, {state}.",
            number=one.number,
            title=cell(say(one.title)),
            amount=amount,
            state=say(STATE_WORDS[one.state]),
        ),
        say(
            "What must be withdrawn is before **{court}**, reference {docket}.",
            court=cell(say(one.court)),
            docket=_docket(one),
        ),
        _table(one),
        what_each_answer_does(QuestionKind.COURT_PAID, None),
    ]
    return Wording(f"{what} · {name} · {amount}", "\n\n".join(part for part in parts if part), amount)


def _docket(one: CourtFileView) -> str:
    return cell(one.docket) or say("not entered")


def _table(one: CourtFileView) -> str:
    rows = [say("| Invoice | Claimed | Open |"), "|---|--:|--:|"]
    for each in one.claims:
        claimed, left = (wording.amount(minor, one.currency, STAFF) for minor in (each.claimed, each.open))
        rows.append(f"| {cell(each.invoice)} | {claimed} | {left} |")
    return "\n".join([*rows, "", say("Last event: {event}.", event=_last(one))] if one.events else rows)


def _last(one: CourtFileView) -> str:
    last = one.events[-1]
    return f"{say(EVENT_WORDS[last.event])}, {day(last.on)}"
