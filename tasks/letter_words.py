"""The letters to post, in words for the team."""

from collections.abc import Iterable

from policies.posting import one_line_of
from policies.questions import QuestionKind
from storage.letter_questions import Stack
from storage.letter_rows import LetterRow
from storage.question_subject import Wording
from tasks import wording
from tasks.answer_words import what_each_answer_does
from tasks.print_folder import print_folder
from tasks.staff_text import colon, language, named, say
from tasks.staff_words import cell


def letters_to_post(stack: Stack) -> Wording:
    """What to post and what not, where it lies, and which addresses are to be found."""
    count, lost = len(stack.to_post), len(stack.sought)
    parts = [
        say("{count} to post", count=count) if count else "",
        say("{count} came back", count=lost) if lost else "",
    ]
    late = say(" · {count} waiting too long", count=len(stack.overdue)) if stack.overdue else ""
    title = f"{say('Letters')} · {', '.join(part for part in parts if part)}{late}"
    shown = say("1 letter") if count == 1 else say("{count} letters", count=count)
    told = [f"### {title}", *_to_post(stack), *_withdrawn(stack), *_sought(stack)]
    told.append(what_each_answer_does(QuestionKind.LETTERS, None))
    return Wording(title, "\n\n".join(told), shown)


def _to_post(stack: Stack) -> list[str]:
    if not stack.to_post:
        return []
    where = say(
        "Print them from `{folder}`, post them, then say so here. A tracking number is said of one letter: "
        "`./relance letters posted L… --tracking …`, or the act *letter-posted*.",
        folder=print_folder(),
    )
    rows = [say("| Letter | Customer | Name | By | Printed | Amount | To |"), "|---|---|---|---|---|---|---|"]
    rows += [_row(one, late=one in stack.overdue) for one in stack.to_post]
    return [where, "\n".join(rows)]


def _row(one: LetterRow, *, late: bool) -> str:
    printed = say("**{day}, waiting**", day=one.printed_on) if late else str(one.printed_on)
    by = say("registered") if one.registered else say("plain")
    amount = wording.amount(one.demanded, one.currency, language())
    return (
        f"| {one.name} | {cell(one.customer_number)} | {cell(one.customer_name)} | {by} | {printed} | {amount} "
        f"| {cell(one_line_of(one.address))} |"
    )


def _withdrawn(stack: Stack) -> list[str]:
    return _listed(
        say("**Do not post these**: they were withdrawn after they had been printed."),
        (
            f"- {colon(f'{one.name}, {cell(one.customer_name)}')} {cell(named(one.withdrawn_why))}"
            for one in stack.withdrawn
        ),
    )


def _sought(stack: Stack) -> list[str]:
    return _listed(
        say("**Find another address**, and import it with the customers (`postal`): the post knows nobody there."),
        (
            f"- {colon(f'{cell(one.customer_name)} ({cell(one.customer_number)})')} {cell(one_line_of(one.address))}"
            for one in stack.sought
        ),
    )


def _listed(head: str, lines: Iterable[str]) -> list[str]:
    told = list(lines)
    return [f"{head}\n\n" + "\n".join(told)] if told else []
