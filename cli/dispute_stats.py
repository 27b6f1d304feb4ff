"""Statistics of disputes on the screen and as JSON."""

from cli.at_work import at_work
from cli.printing import fields_of, money, print_json, print_table
from cli.refusal import Refusal
from policies.form_days import day_of
from storage.dispute_statistics import DisputeGroup, DisputeStatistics

HEADS = ["", "Count", "Amount", "Undecided", "Days", "How they stand"]


def print_stats(since: str, until: str, *, json: bool) -> None:
    """Three tables: by reason, by customer, by segment."""
    wrong = next((one for one in (since, until) if one and day_of(one) is None), None)
    if wrong is not None:
        raise Refusal(f"“{wrong}” is not a day; write it as YYYY-MM-DD.")
    found = at_work(lambda: _read(since, until))
    groups = {"by_reason": found.by_reason, "by_customer": found.by_customer, "by_segment": found.by_segment}
    if json:
        amounts = {"amount": "currency", "open_amount": "currency"}
        listed = {name: [fields_of(one, amounts) for one in them] for name, them in groups.items()}
        print_json({"since": found.since, "until": found.until, **listed})
        return
    for name, them in groups.items():
        title = name.replace("_", " ").capitalize()
        print_table([title, *HEADS[1:]], [_row(one) for one in them], "Nothing was disputed.")
        if not them:
            return
        print()


async def _read(since: str, until: str) -> DisputeStatistics:
    from storage import clock, dispute_statistics

    return await dispute_statistics.statistics(await clock.now(), day_of(since), day_of(until))


def _row(one: DisputeGroup) -> tuple[object, ...]:
    how = ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in one.outcomes.items())
    amount = money(one.amount, one.currency) if one.currency else "–"
    return one.name, one.count, amount, one.open, f"{one.days:g}", how
