"""`relance aging`: what was open on a day, by how late it was."""

from datetime import date, datetime
from typing import Annotated

import typer

from cli.at_work import at_work
from cli.printing import print_json, print_table
from policies.money import plain
from storage.aging import Bucket, By


def aging(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day; today without it.")
    ] = None,
    by: Annotated[By, typer.Option("--by", help="What it is divided by, beside the currency.")] = By.CURRENCY,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Open amounts by days past the due date."""
    from storage import clock
    from storage.aging import aging as aged

    async def work() -> tuple[date, tuple[Bucket, ...]]:
        day = as_of.date() if as_of else (await clock.now()).date()
        return day, await aged(day, by=by)

    day, buckets = at_work(work)
    if json:
        print_json({"as_of": day, "buckets": [_shown(one, by) for one in buckets]})
        return
    rows = [
        (*_whose(one, by), one.currency, one.bucket, one.count, plain(one.amount, one.currency))
        for one in buckets
        if one.count or by is By.CURRENCY
    ]
    first = [] if by is By.CURRENCY else [by.value.capitalize()]
    print_table([*first, "Currency", "Days late", "Count", "Amount"], rows, f"Nothing was open on {day}.")


def _shown(one: Bucket, by: By) -> dict[str, object]:
    figures = {"bucket": one.bucket, "count": one.count, "amount": plain(one.amount, one.currency)}
    whose = {} if by is By.CURRENCY else {by.value: one.key}
    named = {"name": one.name} if by is By.CUSTOMER else {}
    return {"currency": one.currency, **figures, **whose, **named}


def _whose(one: Bucket, by: By) -> tuple[str, ...]:
    if by is By.CURRENCY:
        return ()
    return (f"{one.key} {one.name}".strip() or "not known",)
