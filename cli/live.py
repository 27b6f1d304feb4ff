"""`relance live on|off`: whether messages go to debtors, or stay in the local sink."""

import os
from typing import Annotated

import typer

from cli.at_work import actor, at_work

app = typer.Typer(help="Send to debtors (on), or to the local sink only (off).")
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who switches.", show_default="local")]


@app.command()
def on(by: As = "") -> None:
    """From now on messages go to debtors."""
    _switch(True, by)
    if not os.environ.get("RELANCE_SMTP_URL"):
        typer.echo("RELANCE_SMTP_URL is not set here: `up` needs it to reach your mail server.", err=True)


@app.command()
def off(by: As = "") -> None:
    """From now on every message goes to the local sink."""
    _switch(False, by)


def _switch(wanted: bool, by: str) -> None:
    from storage import clock
    from storage.creditor import ensure_creditor, set_live

    async def work() -> bool:
        creditor = await ensure_creditor()
        return await set_live(creditor.id, wanted, actor(by), await clock.now())

    changed = at_work(work)
    where = "Messages go to debtors." if wanted else "Messages go to the local sink only."
    print(where if changed else f"Nothing changed. {where}")
