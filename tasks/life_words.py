"""Claims that die or are dead, as the questions about them tell it."""

from collections.abc import Sequence
from datetime import datetime

from policies.limitation_words import life_notes, life_sentence, what_counts
from policies.questions import QuestionKind
from storage.dossier import Dossier
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.staff_text import colon, say, short_day, told
from tasks.staff_words import STAFF, cell

FOR_ONE = (
    "An act counts for every invoice in the table. For one of them: `./relance case act INVOICE KIND --on DATE "
    "--words …`."
)


def about_the_dying(members: Sequence[Dossier], warning: int, as_of: datetime) -> Wording:
    """The question asked `warning` days before the first of these claims dies."""
    lead = members[0]
    amount = wording.amount(sum(one.case.principal for one in members), lead.case.currency, STAFF)
    first = min(one.life.dies_on for one in members if one.life.dies_on is not None)
    dies = say("Dies on {day}", day=f"{short_day(first)} {first.year}")
    title = f"{dies} · {wording.one_line(lead.case.customer_name)} · {amount}"
    count = say("{count} claims", count=len(members)) if len(members) > 1 else say("a claim")
    intro = say(
        "**{amount}**: {claims} on {customer} will soon be dead. After its last day a court no "
        "longer helps; until then an act that the law counts gives a claim a new life. The case goes on meanwhile.",
        amount=amount,
        claims=count,
        customer=cell(lead.case.customer_name),
    )
    parts = [
        say("### {what}: {customer}", what=say("A claim will soon be dead"), customer=cell(lead.case.customer_name)),
        intro,
        _table(members, as_of),
        _why(members),
        say(FOR_ONE),
        what_each_answer_does(QuestionKind.LIMITATION, None),
    ]
    return Wording(title, "\n\n".join(part for part in parts if part), amount)


def about_the_dead(members: Sequence[Dossier]) -> str:
    """What a person must know to say what becomes of dead claims."""
    ended = any(one.life.time is not None and one.life.time.rule.extinguishes for one in members)
    law = say("The debt no longer exists: write it off.") if ended else say("No court helps to collect it any more.")
    return "\n\n".join([say("**{law}** Nothing leaves by itself.", law=law), _why(members), say(FOR_ONE)])


def _table(members: Sequence[Dossier], as_of: datetime) -> str:
    rows = [say("| Invoice | Due | Open | Last day | Days left |"), "|---|---|--:|---|--:|"]
    for one in members:
        case, last = one.case, one.life.dies_on
        assert last is not None, "a claim that dies has a last day"
        left, open_amount = (last - case.calendar.day(as_of)).days, wording.amount(case.principal, case.currency, STAFF)
        rows.append(f"| {cell(case.invoice)} | {case.due} | {open_amount} | {last} | {left} |")
    return "\n".join(rows)


def _why(members: Sequence[Dossier]) -> str:
    """What each last day rests on, and which acts count."""
    lines = [
        f"- {colon(cell(one.case.invoice))} {told(life_sentence(time))} ({cell(time.rule.where.source)})."
        + "".join(f" {told(note)}" for note in life_notes(time))
        for one in members
        if (time := one.life.time) is not None
    ]
    counting = dict.fromkeys(what_counts(time.rule) for one in members if (time := one.life.time) is not None)
    return "\n".join(lines) + "\n\n" + " ".join(map(told, counting))
