"""`relance policy exceptions`: who is treated outside the policy, since when, by whom."""

from typing import Annotated

import typer

from cli.at_work import at_work
from cli.printing import fields_of, print_json, print_table

SHOWN = {"hold": "on hold: ", "skipped_step": "without ", "own_policy": "own policy: "}


def exceptions(json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Who is treated outside the policy (holds, waived steps, a policy of their own), since when, by whom."""
    from storage import clock
    from storage.policy_exceptions import TreatedOtherwise
    from storage.policy_exceptions import exceptions as found_exceptions

    async def work() -> tuple[TreatedOtherwise, ...]:
        return await found_exceptions(await clock.now())

    found = at_work(work)
    if json:
        print_json([fields_of(one) for one in found])
        return
    rows = [
        (one.customer_name[:30], one.invoice or "all", SHOWN[one.way.value] + one.what.replace("_", " "), one.since,
         one.until, one.by or "a file", one.reason[:50])
        for one in found
    ]  # fmt: skip
    headers = ["Customer", "Invoice", "Exception", "Since", "Until", "By", "Reason"]
    print_table(headers, rows, "Everybody is treated as the policy says.")
