"""`relance customer erase`: a settled consumer's personal data are erased for good; the journal stands and verifies."""

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import actor, at_work, refuse
from cli.printing import clean, print_json
from cli.refusal import Refusal
from storage.erasure import Erased


def erase(
    number: Annotated[str, typer.Argument(help="The customer's number, or its name.")],
    yes: Annotated[bool, typer.Option("--yes", help="Yes, for good: it cannot be undone.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Erase names, addresses, messages, notes and files of a consumer who owes nothing, once they need not be kept any more."""
    from storage import clock
    from storage.erasure import erase_customer, still_found
    from tasks.erase_files import files_naming, remove_files

    if not yes:
        raise Refusal(
            "It cannot be undone. Write evidence first where it is needed (./relance evidence), then add --yes."
        )

    async def work() -> tuple[object, dict[str, int]]:
        done = await erase_customer(number, actor(), await clock.now())
        return done, await still_found(done.values) if isinstance(done, Erased) else {}

    done, left = at_work(work)
    if isinstance(done, list):
        raise refuse(done)
    assert isinstance(done, Erased), "what is not a problem was done"
    home = Path(os.environ["RELANCE_HOME"])
    removed, naming = remove_files(home, done.files), files_naming(home, done.values)
    if json:
        told = {"customer": done.number, "rows": dict(done.rows), "removed": removed}
        print_json(told | {"still_in_tables": left, "still_in_files": naming})
        return
    print("\n".join(clean(one) for one in _lines(done, removed, left, naming)))


def _lines(done: Erased, removed: list[str], left: dict[str, int], naming: list[str]) -> list[str]:
    """What is gone, why it was kept until now, and where the person may still be read."""
    rows = sum(done.rows.values())
    return [
        f"Customer {done.number} is erased: {rows} rows, {len(removed)} files. The journals stand and verify.",
        f"Kept until now because {done.retention.words()}; the last thing happened on {done.last}.",
        *(
            f"The same name or address still stands in {count} rows of {table}: of somebody else, or written there by hand."
            for table, count in left.items()
        ),
        *(f"It can still be read in {one}: remove the file by hand if it need not be kept." for one in naming),
        "Prefect's run pages may show the name: delete the customer's runs there. Backups and files given away are yours to clear.",
    ]
