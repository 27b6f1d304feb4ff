"""`relance credit`: what a person says of a credit note that settles nothing."""

from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean
from cli.refusal import Refusal
from policies.problems import Problem


def credit(
    number: Annotated[str, typer.Argument(help="The credit note's number, as `customer show` lists it.")],
    invoices: Annotated[
        list[str] | None, typer.Argument(metavar="[INVOICE]…", help="Set it against these.", show_default=False)
    ] = None,
    aside: Annotated[
        bool, typer.Option("--aside", help="It settles nothing: paid out, kept for later orders.")
    ] = False,
    why: Annotated[str, typer.Option("--why", metavar="WORDS", help="Why it is left aside.")] = "",
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who decides.", show_default="you")] = "",
) -> None:
    """Set a credit note against invoices of its customer, or leave it aside: until then no formal notice leaves."""
    if bool(invoices) is aside:
        raise Refusal("Name the invoices the credit note is for, or say --aside --why WORDS.")
    problems = at_work(lambda: _decide(number, invoices or [], why, actor(by)))
    if problems:
        raise refuse(problems)
    print(clean(f"{number} is left aside." if aside else f"{number} is set against {', '.join(invoices or [])}."))


async def _decide(number: str, invoices: list[str], why: str, who: str) -> list[Problem]:
    from storage import clock, credit_deeds

    at = await clock.now()
    if invoices:
        return await credit_deeds.allocate(number, invoices, who, at)
    return await credit_deeds.leave_aside(number, why, who, at)
