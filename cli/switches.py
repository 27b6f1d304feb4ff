"""`relance collecting on|off`: the creditor's own switch for everything."""

from typing import Annotated

import typer

from cli.at_work import actor, at_work

As = Annotated[str, typer.Option("--as", metavar="NAME", help="Who switches.", show_default="you")]

collecting = typer.Typer(help="Collect (on), or let every case rest (off).")


@collecting.command(name="on")
def collecting_on(by: As = "") -> None:
    """Go on collecting: every case takes its next step when it is due."""
    _switch(True, by, "Collecting goes on.")


@collecting.command(name="off")
def collecting_off(by: As = "") -> None:
    """Let every case rest: nothing leaves until it is switched on again."""
    _switch(False, by, "Every case rests; nothing leaves.")


def _switch(wanted: bool, by: str, means: str) -> None:
    from storage import clock
    from storage.creditor import ensure_creditor, set_collecting

    async def work() -> bool:
        creditor = await ensure_creditor()
        return await set_collecting(creditor.id, wanted, actor(by), await clock.now())

    changed = at_work(work)
    print(means if changed else f"Nothing changed. {means}")
