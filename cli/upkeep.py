"""`relance migrate` and `relance link`: what an installation needs now and then."""

from typing import Annotated

import typer

from cli.entry import link_for
from cli.home import open_home
from cli.postgres import database
from cli.refusal import Refusal
from policies.staff import Role


def migrate() -> None:
    """Bring the tables to the version of this program; `up` does it by itself."""
    from storage.migrate import migrate as bring_up_to_date
    from storage.migrate import newest

    with database(open_home()) as urls:
        bring_up_to_date(urls.owner)
    print(f"The tables are at version {newest()}.")


def link(
    login: Annotated[str, typer.Option("--for", metavar="LOGIN", help="For whom.", show_default="the admin")] = "",
) -> None:
    """Print a new link to sign in with; it works once, within 30 minutes."""
    from cli.at_work import at_work, signer
    from cli.holding import holder

    running = holder(open_home())
    if running is None:
        raise Refusal("Nothing runs here: start it with ./relance up, which prints a link.")
    base = f"http://127.0.0.1:{running.desk}"
    print(at_work(lambda: link_for(login, base, signer(Role.ADMIN).name)))
