"""`relance up`: the whole stack on this machine, until Ctrl-C."""

import sys

from cli.entry import first_link
from cli.home import open_home
from cli.ports import ports
from cli.roles import wait_for
from cli.supervisor import Interrupted, Stack


def up() -> None:
    """Start everything, watch it, stop it together."""
    home = open_home()
    try:
        with Stack(home, ports(), say) as stack:
            show_links(stack)
            stack.watch()
    except Interrupted:
        say("Stopped")
        return
    say("Stopped")


def say(sentence: str) -> None:
    """One line of progress, kept apart from a command's answer on standard output."""
    print(sentence, file=sys.stderr, flush=True)


def show_links(stack: Stack) -> None:
    """Where to go now."""
    base = stack.ports.url
    link = wait_for(first_link(base))
    lines = (
        "",
        "Relance is ready. Ctrl-C stops everything.",
        f"  Sign in (once, within 30 minutes)   {link}",
        f"  Inbox: what waits for a person      {base}/desk",
        f"  Runs                                {base}/v2/runs",
        f"  Outbox: messages as sent            {stack.home.outbox}",
    )
    print("\n".join(lines), flush=True)
