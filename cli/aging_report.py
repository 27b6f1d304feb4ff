"""`relance aging`: what was open on a day, by how late it was."""

from datetime import date, datetime
from typing import Annotated

import typer

from cli.at_work import at_work
from cli.printing import print_json, print_table
from policies.money import plain


def aging(
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day; today without it.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Open amounts by days past the due date."""
    from storage import clock
    from storage.aging import Bucket
    from storage.aging import aging as aged

    async def work() -> tuple[date, tuple[Bucket, ...]]:
        day = as_of.date() if as_of else (await clock.now()).date()
        return day, await aged(day)

    day, buckets = at_work(work)
    shown = [
        {"currency": one.currency, "bucket": one.bucket, "count": one.count, "amount": plain(one.amount, one.currency)}
        for one in buckets
    ]
    if json:
        print_json({"as_of": day, "buckets": shown})
    else:
        rows = [(one["currency"], one["bucket"], one["count"], one["amount"]) for one in shown]
        print_table(["Currency", "Days late", "Count", "Amount"], rows, f"Nothing was open on {day}.")
