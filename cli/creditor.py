"""`relance creditor show|set`: the company that is owed, as its messages name it."""

import json
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.name_value import settings_of
from cli.refusal import Refusal

app = typer.Typer(help="The company that is owed: show, set.")


@app.command()
def show(as_json: Annotated[bool, typer.Option("--json", help="For other programs.")] = False) -> None:
    """The creditor's settings."""
    from dataclasses import asdict

    from storage.creditor import ensure_creditor

    known = asdict(at_work(ensure_creditor))
    if as_json:
        print(json.dumps(known, ensure_ascii=False))
        return
    width = max(len(name) for name in known)
    for name, value in known.items():
        print(f"{name:<{width}}  {value}")


@app.command(name="set")
def set_(
    settings: Annotated[list[str], typer.Argument(metavar="NAME=VALUE…", help="For example email=compta@us.example")],
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who changes it.", show_default="you")] = "",
) -> None:
    """Change settings; what they are called is in `creditor show`."""
    from storage import clock
    from storage.creditor import ensure_creditor, update
    from tasks.addresses import mailbox, web_address

    wanted = settings_of(settings, "email=compta@us.example")
    for name, value in wanted.items():
        if name.endswith("email") and value and mailbox(value) is None:
            raise Refusal(f"{name}: “{value}” is not an e-mail address.")
        if name in ("payment_url", "desk_url") and value and web_address(value) is None:
            raise Refusal(f"{name}: “{value}” is not the address of a page; write it like https://pay.us.example.")

    async def work() -> None:
        known = await ensure_creditor()
        if problems := await update(known.id, wanted, actor(by), await clock.now()):
            raise refuse(problems)

    at_work(work, first_import=True)
    print(f"Changed: {', '.join(wanted)}.")


@app.command(name="close-account")
def close_account(
    why: Annotated[str, typer.Option("--why", help="For example: moved to another bank.")],
    account: Annotated[str, typer.Argument(help="As `status` shows it.", show_default=False)] = "",
    unnamed: Annotated[bool, typer.Option("--unnamed", help="The files that name no account.")] = False,
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Who says so.", show_default="you")] = "",
) -> None:
    """No further bank file of this account is expected: nothing waits for it any more."""
    from storage import bank_positions, clock
    from storage.creditor import ensure_creditor

    if bool(account.strip()) == unnamed:
        raise Refusal("Name the account as `status` shows it, or --unnamed for files that name none.")

    async def work() -> bool:
        known = await ensure_creditor()
        return await bank_positions.close_account(known.id, account.strip(), actor(by), why, await clock.now())

    if not at_work(work):
        raise Refusal(f"There is no open account {account or 'without a number'}; ./relance status lists them.")
    print(f"{account or 'The account without a number'} is closed: its files are not waited for any more.")
