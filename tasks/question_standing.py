"""What stands around a question, whatever it is about: who may answer it, since when it is asked, when it is passed on."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from policies.choices import choices
from policies.four_eyes import limit, needs_second, setting_of
from policies.question_deadlines import Waited
from policies.who_may_answer import by_roles, those
from storage.questions import Question
from tasks.staff_text import day, say, told
from tasks.staff_words import cell

_BEFORE = {
    Waited.REMINDED: "Reminder: {title}",
    Waited.ESCALATED: "Escalated: {title}",
    Waited.LAST: "Escalated: {title}",
}
"""What its run is called: who lets it lie finds it under another name."""
_NEXT = {
    Waited.NOT_LONG: "Unanswered, {todo} is reminded on {day}, {hour}.",
    Waited.REMINDED: "{todo} was reminded; unanswered, it goes to the manager on {day}, {hour}.",
    Waited.ESCALATED: "It was passed on to {todo}; unanswered, it goes to the administrators on {day}, {hour}.",
}


def titled(question: Question) -> str:
    """The name of its run."""
    before = _BEFORE.get(question.waited)
    return question.title if before is None else say(before, title=question.title)


def standing(question: Question) -> str:
    """Who may answer, since when it is asked, when it is passed on: the end of its description."""
    return "\n\n".join([*_signed(question), *_two_sign(question), _who(question), _when(question)])


def two_sign(sentences: Sequence[str]) -> str:
    """What two people sign, said before the first of them does."""
    return say(
        "**Two people sign:** {choices}. It takes effect when a second, different person chooses the same.",
        choices=", ".join(f"*{told(one)}*" for one in sentences),
    )


def _two_sign(question: Question) -> list[str]:
    """The choices that are above an amount of the creditor's; nothing once somebody has signed, which says it too."""
    limits = {name: limit(setting) for name, setting in question.settings}
    above = [
        one.sentence
        for one in choices(question.kind, question.stage, question.offers)
        if (name := setting_of(question.kind, question.stage, one.code))
        and needs_second(question.amount, question.currency, [limits.get(name)])
    ]
    return [two_sign(above)] if above and not question.signed else []


def _who(question: Question) -> str:
    """*Who may answer: an agent, a manager, the legal department or an administrator. Only a manager or…: “Write it off”*."""
    first, *others = by_roles(question.kind, question.stage, question.offers)
    only = [
        say(
            "Only {who}: {choices}.",
            who=told(those(roles)),
            choices=", ".join(f"*{told(one.sentence)}*" for one in them),
        )
        for roles, them in others
    ]
    return " ".join([say("**Who may answer:** {who}.", who=told(those(first[0]))), *only])


def _signed(question: Question) -> list[str]:
    """Who signed first, and what a second person does."""
    offered = {one.code: one.sentence for one in choices(question.kind, question.stage, question.offers)}
    zone = ZoneInfo(question.zone)
    return [
        say(
            "**Signed** by {actor} on {day}: *{choice}*. It takes effect when a second, different person chooses the same. "
            "Any other decision of theirs takes effect at once, and voids this signature.",
            actor=cell(actor), day=day(datetime.fromisoformat(at).astimezone(zone).date()), choice=told(offered.get(code, code)),
        )
        for actor, _, code, at in question.signed
    ]  # fmt: skip


def _when(question: Question) -> str:
    zone = ZoneInfo(question.zone)
    asked = say("**Asked** on {day}.", day=day(question.since.astimezone(zone).date()))
    todo = question.todo or say("its owner")
    if question.due_at is None:
        last = (
            say("It was passed on to {todo}, as far as it goes.", todo=todo) if question.waited is Waited.LAST else ""
        )
        return f"{asked} {last}".rstrip()
    due = question.due_at.astimezone(zone)
    return f"{asked} {say(_NEXT[question.waited], todo=todo, day=day(due.date()), hour=f'{due:%H:%M}')}"
