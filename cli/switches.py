"""`relance live on|off` and `relance collecting on|off`: the creditor's two switches."""

import os
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated

import typer

from cli.at_work import actor, at_work

As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who switches.", show_default="local")]
Set = Callable[[int, bool, str, datetime], Awaitable[bool]]

live = typer.Typer(help="Send to debtors (on), or to the local sink only (off).")
collecting = typer.Typer(help="Collect (on), or let every case rest (off).")


@live.command(name="on")
def live_on(by: As = "") -> None:
    """From now on messages go to debtors."""
    from storage.creditor import set_live

    _say_what_is_missing()
    _switch(set_live, True, by, "Messages go to debtors.")
    if not os.environ.get("RELANCE_SMTP_URL"):
        typer.echo("RELANCE_SMTP_URL is not set here: `up` needs it to reach your mail server.", err=True)


@live.command(name="off")
def live_off(by: As = "") -> None:
    """From now on every message goes to the local sink."""
    from storage.creditor import set_live

    _switch(set_live, False, by, "Messages go to the local sink only.")


@collecting.command(name="on")
def collecting_on(by: As = "") -> None:
    """Go on collecting: every case takes its next step when it is due."""
    from storage.creditor import set_collecting

    _switch(set_collecting, True, by, "Collecting goes on.")


@collecting.command(name="off")
def collecting_off(by: As = "") -> None:
    """Let every case rest: nothing leaves until it is switched on again."""
    from storage.creditor import set_collecting

    _switch(set_collecting, False, by, "Every case rests; nothing leaves.")


def _say_what_is_missing() -> None:
    """Rates and rules that are missing for the debtors there are, before the first message leaves."""
    from storage import bank_positions, clock
    from storage.law_gaps import law_gaps

    async def accounts() -> tuple[bank_positions.Account, ...]:
        return await bank_positions.accounts(await clock.now())

    async def work() -> tuple[str, ...]:
        return await law_gaps((await clock.now()).date())

    if not at_work(accounts):
        words = "No bank file was ever read: Relance knows of payments only what the invoices' files say."
        typer.echo(f"{words} Import one first: ./relance import payments FILE.", err=True)
    missing = at_work(work)
    if missing:
        typer.echo("Missing for debtors who owe something now; what cannot be stated is reserved in words:", err=True)
    for words in missing:
        typer.echo(f"  {words}", err=True)


def _switch(set_to: Set, wanted: bool, by: str, means: str) -> None:
    from storage import clock
    from storage.creditor import ensure_creditor

    async def work() -> bool:
        creditor = await ensure_creditor()
        return await set_to(creditor.id, wanted, actor(by), await clock.now())

    changed = at_work(work)
    print(means if changed else f"Nothing changed. {means}")
