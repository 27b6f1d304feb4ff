"""`relance collecting on|off`: the switch that lets every case rest."""

from typing import Annotated

import typer

from cli.at_work import actor, at_work

app = typer.Typer(help="Collect (on), or let every case rest (off).")
As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who switches.", show_default="local")]


@app.command()
def on(by: As = "") -> None:
    """Go on collecting: every case takes its next step when it is due."""
    _switch(True, by)


@app.command()
def off(by: As = "") -> None:
    """Let every case rest: nothing leaves until it is switched on again."""
    _switch(False, by)


def _switch(wanted: bool, by: str) -> None:
    from storage import clock
    from storage.creditor import ensure_creditor, set_collecting

    async def work() -> bool:
        creditor = await ensure_creditor()
        return await set_collecting(creditor.id, wanted, actor(by), await clock.now())

    changed = at_work(work)
    where = "Collecting goes on." if wanted else "Every case rests; nothing leaves."
    print(where if changed else f"Nothing changed. {where}")
