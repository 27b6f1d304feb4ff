"""A deadline put to a person: what is lost and when, what it rests on, what is owed, what each answer does."""

from policies.court_turns import SAID_AS_EVENTS, why_not_done
from policies.deadline import DEADLINE_LAWS
from policies.deadline_warnings import PASSED
from policies.questions import QuestionKind
from storage.court_files import file_of
from storage.deadline_views import DeadlineView
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import day, say, told
from tasks.staff_words import STAFF, cell


def about_deadline(one: DeadlineView) -> Wording:
    """The question about one deadline."""
    what, last = named_deadline(one), day(one.deadline.last_day)
    head = say("The day has passed") if one.warning == PASSED else say("Last day {day}", day=last)
    name = wording.one_line(one.customer_name)
    parts = [
        say("### {what}: {customer}", what=what, customer=cell(one.customer_name)),
        _when(one),
        say("**It rests on**: {article}", article=cell(one.deadline.article)),
        _table(one),
        _said_as_event(one),
        what_each_answer_does(QuestionKind.DEADLINE, None),
    ]
    return Wording(f"{head} · {what} · {name}", "\n\n".join(part for part in parts if part), last)


def named_deadline(one: DeadlineView) -> str:
    """*Serving the order to pay (order 2026/123)*."""
    words = say(DEADLINE_LAWS[one.deadline.kind].what)
    words = words[:1].upper() + words[1:]
    return f"{words} ({cell(one.deadline.what)})" if one.deadline.what else words


def asked_in_words(one: DeadlineView) -> str:
    """When a person is asked next about a deadline that stands."""
    if one.today > one.deadline.last_day:
        return say("the day has passed")
    if one.next_ask is None or one.next_ask > one.deadline.last_day:
        return say("a person was asked")
    return say("a person is asked on {day}", day=day(one.next_ask))


def _when(one: DeadlineView) -> str:
    last, left = day(one.deadline.last_day), (one.deadline.last_day - one.today).days
    if one.warning == PASSED:
        return say("The last day was **{last}**, and nobody has said that it was kept.", last=last)
    if left == 0:
        return say("The last day is **today, {last}**.", last=last)
    if left == 1:
        return say("The last day is **tomorrow, {last}**.", last=last)
    return say("The last day is **{last}**: {left} days are left.", last=last, left=left)


def _said_as_event(one: DeadlineView) -> str:
    """Where *it was done* would not say what happened."""
    if one.deadline.kind not in SAID_AS_EVENTS:
        return ""
    return told(why_not_done(one.deadline.kind, file_of(one.deadline.subject)))


def _table(one: DeadlineView) -> str:
    if not one.cases:
        return ""
    rows = [f"| {cell(each.invoice)} | {wording.amount(each.open, each.currency, STAFF)} |" for each in one.cases]
    return "\n".join([say("| Invoice | Open |"), "|---|--:|", *rows])
