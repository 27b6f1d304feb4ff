"""`relance user token|tokens|revoke|refusals`: keys of people's own scripts, and what the desk refused."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from cli.at_work import at_work, signer
from cli.printing import fields_of, print_json, print_table
from cli.refusal import Refusal
from policies.staff import Role

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def token(
    login: Annotated[str, typer.Argument(help="Whose scripts.", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="What it is for.")] = "",
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How long it is good.")] = 90,
) -> None:
    """Make a token and show it, once: `Authorization: Bearer …` at the desk, RELANCE_TOKEN in the terminal."""
    from storage.accounts import find
    from storage.api_tokens import make_token

    wanted = login.strip().lower()

    async def work() -> str:
        who = signer()
        if who.role is not Role.ADMIN and who.name != wanted:
            raise Refusal("Only an admin makes tokens of other people.")
        found = await find(wanted)
        if found is None or found.disabled_at is not None:
            raise Refusal(f"There is no account {wanted} that may act. See ./relance user list.")
        return await make_token(found.id, name, timedelta(days=days), who.name, datetime.now(UTC))

    print(at_work(work))


def keys(json: Json = False) -> None:
    """Every token: whose, what for, until when, when it was last used."""
    from storage.api_tokens import tokens

    found = at_work(tokens)
    if json:
        print_json([fields_of(one) for one in found])
        return
    rows = [
        (one.id, one.login, one.name, f"{one.ends_at:%Y-%m-%d}", f"{one.used_at:%Y-%m-%d %H:%M}" if one.used_at else "never",
         "revoked" if one.revoked_at else "")
        for one in found
    ]  # fmt: skip
    print_table(["Token", "Of", "For", "Until", "Last used", ""], rows, "There is no token.")


def revoke(number: Annotated[int, typer.Argument(help="The token's number.", show_default=False)]) -> None:
    """End a token at once."""
    from storage.api_tokens import revoke_token, tokens

    async def work() -> bool:
        who = signer()
        theirs = {one.id: one.login for one in await tokens()}
        if who.role is not Role.ADMIN and theirs.get(number) != who.name:
            raise Refusal("Only an admin revokes tokens of other people.")
        return await revoke_token(number, who.name, datetime.now(UTC))

    if not at_work(work):
        raise Refusal(f"There is no token {number} to revoke. See ./relance user tokens.")
    print(f"Token {number} is good no more.")


def refusals(
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many, newest first.")] = 50,
    json: Json = False,
) -> None:
    """Calls the desk refused that would have changed something."""
    from storage.desk_refusals import newest

    found = at_work(lambda: newest(limit))
    if json:
        print_json([fields_of(one) for one in found])
        return
    rows = [
        (f"{one.at:%Y-%m-%d %H:%M:%S}", one.actor or "nobody", one.role, f"{one.method} {one.route}", one.why)
        for one in found
    ]
    print_table(["When (UTC)", "Who", "Role", "What", "Why"], rows, "Nothing was refused.")
