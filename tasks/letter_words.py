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
from tasks.staff_words import cell


def letters_to_post(stack: Stack) -> Wording:
    """What to post and what not, where it lies, and which addresses are to be found."""
    count, lost = len(stack.to_post), len(stack.sought)
    parts = [f"{count} to post" if count else "", f"{lost} came back" if lost else ""]
    late = f" · {len(stack.overdue)} waiting too long" if stack.overdue else ""
    title = f"Letters · {', '.join(part for part in parts if part)}{late}"
    shown = f"{count} letter{'' if count == 1 else 's'}"
    told = [f"### {title}", *_to_post(stack), *_withdrawn(stack), *_sought(stack)]
    told.append(what_each_answer_does(QuestionKind.LETTERS, None))
    return Wording(title, "\n\n".join(told), shown)


def _to_post(stack: Stack) -> list[str]:
    if not stack.to_post:
        return []
    where = (
        f"Print them from `{print_folder()}`, post them, then say so here. A tracking number is said of one letter: "
        "`./relance letters posted L… --tracking …`, or the act *letter-posted*."
    )
    rows = ["| Letter | Customer | Name | By | Printed | Amount | To |", "|---|---|---|---|---|---|---|"]
    rows += [_row(one, late=one in stack.overdue) for one in stack.to_post]
    return [where, "\n".join(rows)]


def _row(one: LetterRow, *, late: bool) -> str:
    printed = f"**{one.printed_on}, waiting**" if late else str(one.printed_on)
    by = "registered" if one.registered else "plain"
    amount = wording.amount(one.demanded, one.currency, "en")
    return (
        f"| {one.name} | {cell(one.customer_number)} | {cell(one.customer_name)} | {by} | {printed} | {amount} "
        f"| {cell(one_line_of(one.address))} |"
    )


def _withdrawn(stack: Stack) -> list[str]:
    return _listed(
        "**Do not post these**: they were withdrawn after they had been printed.",
        (f"- {one.name}, {cell(one.customer_name)}: {cell(one.withdrawn_why)}" for one in stack.withdrawn),
    )


def _sought(stack: Stack) -> list[str]:
    return _listed(
        "**Find another address**, and import it with the customers (`postal`): the post knows nobody there.",
        (
            f"- {cell(one.customer_name)} ({cell(one.customer_number)}): {cell(one_line_of(one.address))}"
            for one in stack.sought
        ),
    )


def _listed(head: str, lines: Iterable[str]) -> list[str]:
    told = list(lines)
    return [f"{head}\n\n" + "\n".join(told)] if told else []
