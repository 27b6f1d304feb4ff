"""`relance insurance claim …`: claims on the credit insurer: proposed, written out, filed, declined, paid."""

from pathlib import Path
from typing import Annotated, Any

import typer

from cli.at_work import actor, at_work, refuse
from cli.new_file import write_new
from cli.printing import clean, fields_of, money, print_json, print_table

app = typer.Typer(no_args_is_help=True)
By = Annotated[str, typer.Option("--as", metavar="NAME", help="Who acts: yourself.", show_default="you")]
Number = Annotated[int, typer.Argument(min=1, max=2**63 - 1, help="The claim's number.", show_default=False)]
On = Annotated[str, typer.Option("--on", metavar="YYYY-MM-DD", help="The day.", show_default="today")]
Reference = Annotated[str, typer.Option("--reference", help="The insurer's reference.")]


@app.command("claim")
def claim(
    customer: Annotated[str, typer.Argument(help="The customer's number or name.", show_default=False)],
    invoice: Annotated[str, typer.Option("--invoice", help="One invoice; empty: all that is insured.")] = "",
    by: By = "",
) -> None:
    """Ask a manager whether a claim is filed with the insurer."""
    print(clean(_done(at_work(lambda: _propose(customer, invoice, actor(by))))))


@app.command("claims")
def claims(json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Every claim, what the insurer paid, and its part of what the customer paid since."""
    found = at_work(_claims)
    if json:
        print_json([{**fields_of(one), "share": one.share} for one in found])
        return
    rows = [
        (one.number, one.name, one.state, money(one.amount, one.currency), one.last_day or "–", one.reference or "–",
         money(one.received, one.currency), money(one.share, one.currency))
        for one in found
    ]  # fmt: skip
    heads = [
        "Claim",
        "Customer",
        "State",
        "Insured",
        "File by",
        "Reference",
        "Paid by the insurer",
        "Its part of recoveries",
    ]
    print_table(heads, rows, "Nothing was claimed.")
    for one in found:
        if one.why:
            print(clean(f"Claim {one.number}: {one.why}"))


@app.command("claim-file")
def claim_file(number: Number, out: Annotated[Path, typer.Option("--out", "-o", help="The ZIP to write.")]) -> None:
    """Write the file of an approved claim: claim sheet, invoices, calculation, history, every message with its proof.

    Where the policy names an address or a folder it leaves by itself.
    """
    content = at_work(lambda: _file(number))
    if isinstance(content, list):
        raise refuse(content)
    write_new(out, content)
    print(clean(f"{out}: once the insurer confirms the claim, say ./relance insurance filed {number} --reference …"))


@app.command("filed")
def filed(number: Number, reference: Reference = "", on: On = "", by: By = "") -> None:
    """The insurer confirmed the claim under its reference: its last day is met, if it was not by its sending."""
    print(clean(_done(at_work(lambda: _filed(number, on, reference, actor(by))))))


@app.command("declined")
def declined(
    number: Number, why: Annotated[str, typer.Option("--why", help="What the insurer says.")] = "", by: By = ""
) -> None:
    """The insurer does not pay on a claim that was filed."""
    print(clean(_done(at_work(lambda: _declined(number, why, actor(by))))))


@app.command("indemnity")
def indemnity(
    number: Number,
    amount: Annotated[str, typer.Argument(help="What the insurer paid.", show_default=False)],
    reference: Reference = "",
    on: On = "",
    by: By = "",
) -> None:
    """The insurer paid on a claim: it settles no invoice, the customer owes all the same."""
    print(clean(_done(at_work(lambda: _indemnity(number, amount, on, reference, actor(by))))))


def _done(found: Any) -> str:
    if isinstance(found, list):
        raise refuse(found)
    return f"{found.customer_name}: {found.words}."


async def _propose(customer: str, invoice: str, who: str) -> Any:
    from storage import clock, insurance_claims
    from tasks.insurer_claim_words import about_claim

    return await insurance_claims.propose(customer, invoice, who, await clock.now(), about_claim)


async def _claims() -> Any:
    from storage import insurance_claim_views

    return await insurance_claim_views.claims()


async def _file(number: int) -> Any:
    from storage import clock, insurance_claims
    from tasks.handover_file import handover_file

    found = await insurance_claims.file_of(number, await clock.now())
    return found if isinstance(found, list) else handover_file(found)


async def _filed(number: int, on: str, reference: str, who: str) -> Any:
    from storage import clock, insurance_claims

    return await insurance_claims.filed(number, on, reference, who, await clock.now())


async def _declined(number: int, why: str, who: str) -> Any:
    from storage import clock, insurance_claims

    return await insurance_claims.declined(number, why, who, await clock.now())


async def _indemnity(number: int, amount: str, on: str, reference: str, who: str) -> Any:
    from storage import clock, insurance_claims

    return await insurance_claims.indemnity(number, amount, on, reference, who, await clock.now())
