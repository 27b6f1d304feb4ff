"""`relance migrate` and `relance link`: what an installation needs now and then."""

from cli.home import open_home
from cli.postgres import database
from cli.refusal import Refusal


def migrate() -> None:
    """Bring the tables to the version of this program; `up` does it by itself."""
    from storage.migrate import migrate as bring_up_to_date
    from storage.migrate import newest

    with database(open_home()) as urls:
        bring_up_to_date(urls.owner)
    print(f"The tables are at version {newest()}.")


def link() -> None:
    """Print a new link to sign in with; it works once, within 30 minutes."""
    from cli.holding import holder
    from web.entrance import new_link

    home = open_home()
    running = holder(home)
    if running is None:
        raise Refusal("Nothing runs here: start it with ./relance up, which prints a link.")
    print(new_link(home.path, f"http://127.0.0.1:{running.desk}"))
