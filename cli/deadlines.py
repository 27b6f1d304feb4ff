"""`relance deadlines`: days after which something is lost, each with its article, the nearest first."""

from typing import Annotated, Any

import typer

from cli.at_work import at_work
from cli.printing import clean, fields_of, money, print_json, print_table
from storage.deadline_views import DeadlineView
from tasks.deadline_words import asked_in_words, named_deadline

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def deadlines(
    every: Annotated[bool, typer.Option("--all", help="Those that were met or dropped too.")] = False,
    json: Json = False,
) -> None:
    """Days after which something is lost: what must happen by then, by which article, and when a person is asked."""
    found = at_work(lambda: _read(every))
    if json:
        print_json([shown(one) for one in found])
        return
    rows = [
        (one.deadline.last_day, named_deadline(one), one.deadline.article, one.customer_name, _open(one), _state(one))
        for one in found
    ]
    print_table(["Last day", "For", "Rests on", "Customer", "Open", "State"], rows, "No deadline stands.")


async def _read(every: bool) -> tuple[DeadlineView, ...]:
    from storage import clock, deadline_views

    at = await clock.now()
    return await (deadline_views.every(at) if every else deadline_views.standing(at))


def deadline_lines(found: tuple[DeadlineView, ...]) -> list[str]:
    """*Last day 1 June 2026: serving the order to pay [art. 1411 CPC]; a person is asked on 2 and 22 May*."""
    return [
        clean(f"Last day {one.deadline.last_day}: {named_deadline(one)} [{one.deadline.article}]; {_state(one)}")
        for one in found
    ]


def shown(one: DeadlineView) -> dict[str, Any]:
    """A deadline for other programs."""
    return {
        "deadline": one.deadline.number, "kind": one.deadline.kind, "last_day": one.deadline.last_day,
        "article": one.deadline.article, "what": one.deadline.what, "subject": one.deadline.subject,
        "customer": one.customer_number, "state": one.state, "set_on": one.set_on, "next_asked": one.next_ask,
        "ended_on": one.ended_on, "ended_how": one.ended_how, "ended_by": one.ended_by,
        "cases": [fields_of(each, {"open": "currency"}) for each in one.cases],
    }  # fmt: skip


def _open(one: DeadlineView) -> str:
    return money(one.open, one.currency) if one.currency else "–"


def _state(one: DeadlineView) -> str:
    if one.state == "standing":
        return asked_in_words(one)
    how = f": {one.ended_how}" if one.ended_how else ""
    return f"{one.state} on {one.ended_on} by {one.ended_by}{how}"
