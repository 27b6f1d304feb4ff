"""`relance customer set`, `relance customer object`: who looks after a customer, and what a salesperson says of a notice."""

from typing import Annotated

import typer

from cli.at_work import at_work, refuse, signer
from cli.name_value import settings_of
from cli.printing import clean
from policies.staff import Role


def set_(
    number: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    settings: Annotated[list[str], typer.Argument(metavar="NAME=VALUE…", help="owner, backup, salesperson: a login.")],
) -> None:
    """Say who looks after a customer: its owner, who stands in while they are away, its salesperson."""
    from storage import clock
    from storage.customer_people import set_people

    wanted = settings_of(settings, "backup=paul")

    async def work() -> object:
        return await set_people(
            number, wanted, signer(*(one for one in Role if one is not Role.VIEWER)), await clock.now()
        )

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done}: {', '.join(settings)}. New questions go by it; those that are open stay where they are."))


def object_(
    number: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    why: Annotated[str, typer.Option("--why", help="The manager decides on your words.", show_default=False)],
) -> None:
    """Object to the formal notice that is about to leave to your customer: a manager is asked."""
    from storage import clock
    from storage.hold_deeds import Deed
    from storage.objections import ask_about_objections, object_to
    from tasks.sales_words import about_an_objection

    async def work() -> object:
        at = await clock.now()
        done = await object_to(number, why, signer(), at)
        if isinstance(done, Deed):
            await ask_about_objections(at, about_an_objection)
        return done

    done = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    assert isinstance(done, Deed), "what is not a problem was done"
    print(clean(f"Your objection is kept: nothing leaves to {done.customer_name} until a manager has decided."))
