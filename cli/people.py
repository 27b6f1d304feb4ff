"""`relance user add|list|set|disable|enable|link`: the accounts of the people who work here."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

from cli.at_work import at_work, refuse, signer
from cli.entry import link_for
from cli.people_keys import keys, refusals, revoke, token
from cli.printing import fields_of, print_json, print_table
from cli.refusal import Refusal
from policies.problems import Problem
from policies.staff import Role

app = typer.Typer(help="Accounts of the people who work here: add, list, set, disable, link, token.")
Login = Annotated[str, typer.Argument(help="The login.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
NONE = "none"
"""Said where a day is to be taken away."""


@app.command()
def add(
    login: Login,
    role: Annotated[Role, typer.Option("--role", help="What the person is here.", show_default=False)],
    name: Annotated[str, typer.Option("--name", help="The person's name.")] = "",
    email: Annotated[str, typer.Option("--email", help="Where the digest goes.")] = "",
    language: Annotated[str, typer.Option("--language", help="en or fr; without it that of the house.")] = "",
) -> None:
    """A new account, and the link with which the person chooses a password."""
    from storage import accounts, staff_catalogue

    async def work() -> str | list[Problem]:
        who, at = signer(Role.ADMIN).name, datetime.now(UTC)
        spoken = language or await staff_catalogue.house_language()
        problems = await accounts.add(login.strip().lower(), name, email, spoken, role, who, at)
        return problems or await link_for(login.strip().lower(), _base(), who)

    made = at_work(work)
    if isinstance(made, list):
        raise refuse(made)
    print(f"{login} may come in as {role.value}. Hand this link on; it works once, within three days:\n{made}")


@app.command(name="list")
def list_accounts(json: Json = False) -> None:
    """Every account, also those that are disabled."""
    from storage import accounts

    found = at_work(accounts.listed)
    if json:
        print_json([fields_of(one) for one in found])
        return
    rows = [
        (one.login, one.name, one.role.value, one.language, one.email, _absence(one.absent_from, one.absent_until),
         "disabled" if one.disabled_at else "" if one.has_password else "no password yet")
        for one in found
    ]  # fmt: skip
    print_table(["Login", "Name", "Role", "Language", "E-mail", "Absent", ""], rows, "There is no account yet.")


@app.command(name="set")
def change(
    login: Login,
    role: Annotated[Role | None, typer.Option("--role", help="Another role; it ends the person's sessions.")] = None,
    name: Annotated[str | None, typer.Option("--name", help="The person's name.")] = None,
    email: Annotated[str | None, typer.Option("--email", help="Where the digest goes.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="en or fr.")] = None,
    absent_from: Annotated[str, typer.Option("--absent-from", metavar="DATE", help="First day away, or none.")] = "",
    absent_until: Annotated[str, typer.Option("--absent-until", metavar="DATE", help="Last day away, or none.")] = "",
    digest: Annotated[bool | None, typer.Option("--digest/--no-digest", help="The daily digest by e-mail.")] = None,
) -> None:
    """Change an account: role, name, e-mail, language, absence, digest."""
    wanted: dict[str, Any] = {"role": role, "name": name, "email": email, "language": language, "digest": digest}
    wanted = {field: value for field, value in wanted.items() if value is not None}
    for field, said in (("absent_from", absent_from), ("absent_until", absent_until)):
        if said:
            wanted[field] = _day(said)
    if not wanted:
        raise Refusal("Say what is to be changed: see ./relance user set --help.")
    _change(login, wanted)
    print(f"{login} is changed.")


@app.command()
def disable(login: Login) -> None:
    """Let the person in no more: sessions, links and tokens end at once. What they did stays theirs."""
    _change(login, {"disabled_at": datetime.now(UTC)})
    print(f"{login} may come in no more.")


@app.command()
def enable(login: Login) -> None:
    """Let the person in again."""
    _change(login, {"disabled_at": None})
    print(f"{login} may come in again.")


@app.command()
def link(login: Login) -> None:
    """A link that lets the person in once, to choose a password: for a first or a forgotten one."""
    print(at_work(lambda: link_for(login.strip().lower(), _base(), signer(Role.ADMIN).name)))


app.command(name="token")(token)
app.command(name="tokens")(keys)
app.command(name="revoke")(revoke)
app.command(name="refusals")(refusals)


def _change(login: str, wanted: dict[str, Any]) -> None:
    from storage import accounts

    at = datetime.now(UTC)
    problems = at_work(lambda: accounts.change(login.strip().lower(), wanted, signer(Role.ADMIN).name, at))
    if problems:
        raise refuse(problems)


def _base() -> str:
    """The desk's address, running or not."""
    from cli.holding import holder
    from cli.home import open_home
    from cli.ports import ports

    running = holder(open_home())
    return f"http://127.0.0.1:{running.desk if running is not None else ports().desk}"


def _absence(first: date | None, last: date | None) -> str:
    return "" if first is None else f"{first} to {last}"


def _day(said: str) -> date | None:
    if said.strip().lower() == NONE:
        return None
    try:
        return date.fromisoformat(said.strip())
    except ValueError:
        raise Refusal(f"“{said}” is not a date; write it as YYYY-MM-DD, or {NONE}.") from None
