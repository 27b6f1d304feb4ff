"""`relance inbox` and `relance answer`: the same questions and the same answers as in the Prefect UI."""

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.at_work import at_work, named, signer
from cli.printing import clean, money, print_json, print_table
from cli.refusal import Refusal
from policies.choice import Choice
from policies.choices import choices
from policies.fingerprint import code_of, decision_text
from policies.form_fields import fields
from policies.questions import QuestionKind
from storage.questions import Question
from storage.staff_catalogue import in_every_language
from tasks.staff_text import told

if TYPE_CHECKING:
    from storage.desk_views.waiting import Page

FIRST = 50
"""Questions shown without --all and --limit."""
MOST = 1_000_000
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def inbox(
    todo: Annotated[str, typer.Option("--todo", metavar="NAME", help="Only what waits for this person.")] = "",
    mine: Annotated[bool, typer.Option("--mine", help="Only what waits for you.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="All of it, however long.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, max=100_000, help="How many; with --json all of them without it.")
    ] = None,
    json: Json = False,
) -> None:
    """What waits for a person, largest amount first."""
    if json:
        print_json([_shown(one) for one in at_work(lambda: _whole(todo, mine, None if everything else limit))])
        return
    most = MOST if everything else limit or FIRST
    found = at_work(lambda: _page(todo, mine, most))
    rows = [
        (one.id, one.kind.replace("_", " "), one.title, money(one.amount, one.currency) if one.currency else "",
         one.todo or "–", f"{one.asked_at:%Y-%m-%d}")
        for one in found.rows
    ]  # fmt: skip
    print_table(["Question", "Kind", "About", "Amount", "For", "Asked"], rows, "Nothing waits for a person.")
    if len(rows) < found.total:
        print(f"\n{len(rows)} of {found.total} questions: --all shows the others, --limit 200 more of them.")


async def _page(todo: str, mine: bool, most: int) -> "Page":
    from storage.desk_views.waiting import Wanted, page

    names = _names(todo, mine)
    return await page(Wanted(names), limit=most)


async def _whole(todo: str, mine: bool, limit: int | None) -> Sequence[Question]:
    from storage import questions

    names = _names(todo, mine)
    return [one for one in await questions.inbox() if names is None or one.todo in names][:limit]


def _names(todo: str, mine: bool) -> tuple[str, ...] | None:
    """Whose questions: of the person named, or of who acts here; None: everybody's."""
    if mine and todo:
        raise Refusal("Say --mine or --todo NAME, not both.")
    return (signer().name,) if mine else (todo,) if todo else None


def answer(
    question: Annotated[int, typer.Argument(help="The question's number, as `inbox` lists it.", show_default=False)],
    decision: Annotated[
        str, typer.Option("--decision", metavar="CODE|SENTENCE", help="Without it you are asked.")
    ] = "",
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field of the form.")
    ] = None,
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who answers.", show_default="you")] = "",
) -> None:
    """Answer a question: interactively, or with --decision."""
    from storage import clock, doors, questions

    values = _given(given or [])

    async def work() -> tuple[str | None, bool]:
        found = await questions.read(question)
        if found is None or found.state != "open":
            raise Refusal(f"Question {question} is not open. See ./relance inbox.")
        choice, filled = (_chosen(found, decision), values) if decision else _ask(found, values)
        _check(found, filled)
        text = decision_text(choice.sentence, found.shown_facts, found.fingerprint)
        refusal = await doors.answer_directly(question, named(by), "terminal", {**filled, "decision": text})
        if refusal is None:  # whether or not anything runs
            await _carry_out(found.kind, await clock.now())
        after = await questions.read(question)
        return refusal, bool(after and after.state == "open" and after.signed)

    refusal, signed = at_work(work)
    if refusal:
        raise Refusal(told(refusal))
    print(SIGNED if signed else "Thank you: the answer is taken.")


SIGNED = "Your signature is kept. It takes effect when a second, different person chooses the same."


async def _carry_out(kind: QuestionKind, at: datetime) -> None:
    """What follows from an answer as a whole: cases move, or the books are settled anew."""
    from storage import plan_moves
    from storage.settling import settle_decided

    if kind is QuestionKind.MIGRATION:
        await plan_moves.carry_out(at)
    if kind in (QuestionKind.MATCH, QuestionKind.CREDIT):
        await settle_decided(at)


def _shown(question: Question) -> dict[str, Any]:
    return {
        "question": question.id, "kind": question.kind, "stage": question.stage, "step": question.step,
        "title": question.title, "description": question.description, "amount": _amount(question),
        "todo": question.todo,
        "asked_at": question.asked_at, "run": question.run, "problem": question.problem,
        "decisions": [{"code": one.code, "sentence": told(one.sentence)} for one in choices(question.kind, question.stage, question.offers)],
        "fields": [{"name": one.name, "title": told(one.title), "hint": told(one.hint)} for one in fields(question.kind)],
    }  # fmt: skip


def _amount(question: Question) -> str:
    return money(question.amount, question.currency) if question.currency else ""


def _given(words: list[str]) -> dict[str, str]:
    pairs = [word.partition("=") for word in words]
    wrong = next((name for name, sign, _ in pairs if not sign), None)
    if wrong is not None:
        raise typer.BadParameter(f"--set {wrong}: write FIELD=VALUE.")
    return {name.strip(): value for name, _, value in pairs}


def _chosen(question: Question, decision: str) -> Choice:
    offered = choices(question.kind, question.stage, question.offers)
    said = decision.strip()
    found = next((one for one in offered if said == one.code), None)
    code = found.code if found else code_of(said, in_every_language(offered))
    found = next((one for one in offered if one.code == code), None)
    if found is None:
        listed = "; ".join(f"{one.code} ({told(one.sentence)})" for one in offered)
        raise Refusal(f"“{said}” is no decision of this question. Choose one of: {listed}.")
    return found


def _check(question: Question, values: Mapping[str, str]) -> None:
    known = [one.name for one in fields(question.kind) if one.name != "decision"]
    unknown = next((name for name in values if name not in known), None)
    if unknown is not None:
        raise Refusal(f"This question has no field “{unknown}”; its fields are {', '.join(known)}.")


def _ask(question: Question, values: Mapping[str, str]) -> tuple[Choice, dict[str, str]]:
    """Show the question and ask for the decision and its fields."""
    if not sys.stdin.isatty():
        raise Refusal("Nobody is at the terminal: name the decision with --decision.")
    offered = choices(question.kind, question.stage, question.offers)
    if question.problem:
        print(f"The last answer was not taken: {clean(told(question.problem))}\n")
    print(f"{clean(question.title)}\n\n{clean(question.description)}\n")
    for place, one in enumerate(offered, 1):
        print(f"  {place}  {told(one.sentence)}")
    place = _number(len(offered))
    choice = offered[place - 1]
    filled = dict(values)
    for field in fields(question.kind):
        if field.name in (choice.needs | choice.uses | {"note", "only"}) and field.name not in filled:
            filled[field.name] = typer.prompt(
                f"{told(field.title)} ({told(field.hint)})", default="", show_default=False
            )
    return choice, filled


def _number(last: int) -> int:
    """The number of a decision, asked until it is one."""
    while True:
        said = str(typer.prompt(f"Decision (1 to {last})")).strip()
        if said.isdecimal() and 1 <= int(said) <= last:
            return int(said)
