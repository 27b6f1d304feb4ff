"""`relance insolvency`: proceedings of customers, what is declared in them, and published notices held against the books."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.insolvency_pages import as_json, looked_json, print_looked, print_one
from cli.new_file import write_new
from cli.printing import clean, print_json, print_table
from cli.refusal import Refusal
from policies.form_days import day_of
from policies.insolvency import InsolvencyWords, Office, postal_lines
from policies.insolvency_closing import Closing
from storage.hold_deeds import Deed
from tasks.staff_text import told

app = typer.Typer(no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Number = Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="Their number, as `insolvency list` shows it.")]
Customer = Annotated[str, typer.Argument(help="The customer's number, or its name.")]
Kind = Annotated[str, typer.Option("--kind", help="sauvegarde, redressement, liquidation, or the foreign word.")]
Administrator = Annotated[str, typer.Option("--administrator", metavar="NAME", help="Whom the court appointed.")]
Email = Annotated[str, typer.Option("--email", help="The administrator's e-mail address.")]
Postal = Annotated[str, typer.Option("--postal", help="The same by post, with commas between the lines.")]
Representative = Annotated[str, typer.Option("--representative", metavar="NAME", help="To whom claims are declared.")]
ToEmail = Annotated[str, typer.Option("--representative-email", help="Their e-mail address.")]
ToPostal = Annotated[str, typer.Option("--representative-postal", help="The same by post, with commas.")]
Published = Annotated[str, typer.Option("--published", metavar="YYYY-MM-DD", help="The day of the notice.")]
DeclareBy = Annotated[str, typer.Option("--declare-by", metavar="YYYY-MM-DD", help="Last day to declare.")]
Court = Annotated[str, typer.Option("--court", help="Which court.")]


@app.command("open")
def open_(
    customer: Customer,
    kind: Kind,
    judgment: Annotated[str, typer.Option("--judgment", metavar="YYYY-MM-DD", help="The day of the judgment.")],
    administrator: Administrator,
    email: Email = "",
    postal: Postal = "",
    representative: Representative = "",
    representative_email: ToEmail = "",
    representative_postal: ToPostal = "",
    published: Published = "",
    declare_by: DeclareBy = "",
    register: Annotated[str, typer.Option("--register", help="Register number.", show_default="the customer's")] = "",
    court: Court = "",
    ladder: Annotated[str, typer.Option("--ladder", help="A ladder of your own for what is younger.")] = "",
    by: By = "",
) -> None:
    """A court opened proceedings: what is older than the judgment stops, what is younger goes on to the administrator."""
    from storage import insolvency_deeds

    words = InsolvencyWords(
        kind, judgment, Office(administrator, email, postal_lines(postal)),
        Office(representative, representative_email, postal_lines(representative_postal)), published, declare_by, register, court, ladder,
    )  # fmt: skip
    _done(lambda at: insolvency_deeds.open_insolvency(customer, words, actor(by), at))


@app.command("change")
def change(
    number: Number,
    kind: Kind = "",
    administrator: Administrator = "",
    email: Email = "",
    postal: Postal = "",
    representative: Representative = "",
    representative_email: ToEmail = "",
    representative_postal: ToPostal = "",
    published: Published = "",
    declare_by: DeclareBy = "",
    court: Court = "",
    by: By = "",
) -> None:
    """Proceedings are converted, somebody else is appointed, or the last day is known now. What is left out stays."""
    from storage import insolvency_deeds

    words = InsolvencyWords(
        kind, "", Office(administrator, email, postal_lines(postal)),
        Office(representative, representative_email, postal_lines(representative_postal)), published, declare_by, "", court,
    )  # fmt: skip
    _done(lambda at: insolvency_deeds.change(number, words, actor(by), at))


@app.command("close")
def close(
    number: Number,
    how: Annotated[str, typer.Option("--how", help=f"One of: {', '.join(Closing)}.")],
    on: Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day.", show_default="today")] = "",
    by: By = "",
) -> None:
    """Proceedings are over: of each older invoice a person says what becomes of it."""
    from storage import insolvency_deeds

    day = _day(on, "--on")
    _done(lambda at: insolvency_deeds.close(number, how, day, actor(by), at))


@app.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False, json: Json = False
) -> None:
    """Proceedings of customers, by their judgment."""
    from storage import insolvency_views

    found = at_work(lambda: insolvency_views.listing(every=every))
    if json:
        print_json([as_json(one) for one in found])
        return
    rows = [
        (one.number, one.customer_name, one.proceedings, one.judgment, one.declare_by or "–", one.claim.replace("_", " "),
         one.representative.name, one.state)
        for one in found
    ]  # fmt: skip
    heads = ["Number", "Customer", "Proceedings", "Judgment", "Declare by", "Claim", "Declare to", "State"]
    print_table(heads, rows, "No customer is in proceedings.")


@app.command("show")
def show(number: Number, json: Json = False) -> None:
    """One customer's proceedings: who was appointed, the days that count, and what is declared invoice by invoice."""
    found, lines = at_work(lambda: _claim(number))
    if json:
        print_json(as_json(found, lines))
        return
    print_one(found, lines)


@app.command("claim")
def claim(
    number: Number,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE.zip", help="Write the claim file here.")] = None,
    declared: Annotated[
        str, typer.Option("--declared", metavar="YYYY-MM-DD", help="It was declared on this day.")
    ] = "",
    by: By = "",
) -> None:
    """Write out the file to declare the claim with, or say on which day it was declared."""
    if (out is None) == (not declared):
        raise Refusal("Say --out FILE.zip to write the claim file, or --declared YYYY-MM-DD once it is declared.")
    if declared:
        from storage import insolvency_claimed

        day = _day(declared, "--declared")
        assert day is not None, "it was not empty"
        _done(lambda at: insolvency_claimed.declared(number, day, actor(by), at))
        return
    assert out is not None, "checked above"
    content = at_work(lambda: _file(number))
    write_new(out, content)
    print(clean(f"{out}: the claim file, {len(content)} bytes. Once it is handed over: --declared YYYY-MM-DD."))


@app.command("match")
def match(
    file: Annotated[Path, typer.Argument(help="An extract of the BODACC, JSON or CSV.", show_default=False)],
    json: Json = False,
    by: By = "",
) -> None:
    """Hold published notices against the customers by register number: who is found is held at once and asked about."""
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    content = file.read_bytes()
    looked, problems = at_work(lambda: _match(content, file.name, actor(by)))
    if looked is None:
        raise refuse(problems)
    if json:
        print_json(looked_json(looked, problems))
        return
    print_looked(looked, problems)


async def _match(content: bytes, name: str, who: str) -> Any:
    from storage import clock
    from storage.creditor import ensure_creditor
    from storage.insolvency_notices import look_at
    from storage.insolvency_questions import ask_about_insolvencies
    from tasks.insolvency_words import WORDS
    from tasks.read_bodacc import read_bodacc

    notices, problems = read_bodacc(content, name)
    if not notices and problems:
        return None, problems
    at = await clock.now()
    looked = await look_at(notices, (await ensure_creditor()).id, who, at)
    await ask_about_insolvencies(at, WORDS)
    return looked, problems


async def _claim(number: int) -> Any:
    from storage import clock
    from storage.insolvency_claim import claim_for

    found = await claim_for(number, await clock.now())
    if found is None:
        raise Refusal(f"There are no proceedings {number}. See ./relance insolvency list.")
    return found


async def _file(number: int) -> bytes:
    from storage import clock
    from storage.insolvency_claim import file_for
    from tasks.declaration_file import declaration_file

    found = await file_for(number, await clock.now())
    if isinstance(found, str):
        raise Refusal(told(found))
    return declaration_file(*found)


def _done(work: Callable[[datetime], Awaitable[Any]]) -> None:
    from storage import clock
    from storage.insolvency_questions import ask_about_insolvencies
    from tasks.insolvency_words import WORDS

    async def run() -> Any:
        at = await clock.now()
        done = await work(at)
        if isinstance(done, Deed):
            await ask_about_insolvencies(at, WORDS)
        return done

    done = at_work(run)
    if isinstance(done, list):
        raise refuse(done)
    print(clean(f"{done.customer_name}: {done.words}."))


def _day(said: str, option: str) -> Any:
    day = day_of(said.strip())
    if said.strip() and day is None:
        raise Refusal(f"{option}: “{said}” is not a day; write it as YYYY-MM-DD.")
    return day
