"""`relance seal list|show|check`: the daily seals, and whether the books still hold what they sealed."""

from typing import Annotated

import typer

from cli.at_work import at_work
from cli.printing import print_json, print_table
from cli.refusal import Refusal
from policies.seals import Sealed

app = typer.Typer(help="The daily seals: list, show, check.")
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command(name="list")
def list_(json: Json = False) -> None:
    """Every seal, the latest last."""
    found = at_work(_seals)
    if json:
        print_json([_as_json(one) for one in found])
        return
    rows = [(one.number, one.on, one.leaves, one.hash) for one in found]
    print_table(
        ["Seal", "Day", "Journals", "Number"], rows, "No day is sealed yet: it is done once a day while Relance runs."
    )


@app.command()
def show(
    number: Annotated[
        int, typer.Argument(min=0, help="The seal's number; without it the last.", show_default=False)
    ] = 0,
    json: Json = False,
) -> None:
    """One seal, as it was e-mailed to the creditor."""
    found = at_work(_seals)
    one = next((each for each in reversed(found) if number in (0, each.number)), None)
    if one is None:
        raise Refusal("There is no such seal. See ./relance seal list.")
    if json:
        print_json(_as_json(one))
        return
    print(
        f"Seal {one.number} of {one.on}, {one.leaves} journals\nSeal: {one.hash}\nRoot: {one.root}\nBefore: {one.previous or 'none'}"
    )


@app.command()
def check(json: Json = False) -> None:
    """Whether every entry follows from the one before it, and what was sealed still stands; exit 1 where something does not."""
    from storage.chain_check import broken_chains
    from storage.creditor import all_creditors
    from storage.seal_check import seal_faults

    async def work() -> tuple[int, list[str]]:
        faults: list[str] = []
        for house in await all_creditors():
            faults += [one.words for one in await seal_faults(house.id)]
            faults += await broken_chains(house.id)
        return len(await _seals()), faults

    count, faults = at_work(work)
    if json:
        print_json({"ok": not faults, "seals": count, "faults": faults})
    elif faults:
        print("\n".join(faults))
    elif count:
        print(f"All journals are whole, and hold what {count} seals say of them.")
    else:
        print("All journals are whole. No day is sealed yet: there is nothing else to compare them with.")
    raise typer.Exit(1 if faults else 0)


async def _seals() -> list[Sealed]:
    from storage.creditor import all_creditors
    from storage.seals import seals_of

    return [one.seal for house in await all_creditors() for one in await seals_of(house.id)]


def _as_json(one: Sealed) -> dict[str, object]:
    return {
        "number": one.number, "on": one.on.isoformat(), "journals": one.leaves, "seal": one.hash, "root": one.root,
        "previous": one.previous,
    }  # fmt: skip
