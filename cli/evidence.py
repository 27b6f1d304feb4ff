"""`relance evidence CASE -o FILE.zip`: everything that proves what was said and done about a case, in one file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.at_work import at_work, signer
from cli.cases import found_case
from cli.new_file import write_new
from cli.printing import clean, print_json
from cli.refusal import Refusal
from policies.evidence.books import EvidenceBooks
from policies.staff import Role


def evidence(
    case: Annotated[str, typer.Argument(metavar="CASE", help="An invoice number, or a case number.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.zip", help="Where to write it.")],
    with_confidential: Annotated[
        bool, typer.Option("--with-confidential", help="Mediation and offers too: for the house itself, never to hand over.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:  # fmt: skip
    """Write documents, journals with their hash chains, the calculation, the seals and an index into one file."""
    from storage import clock
    from storage.evidence import evidence_books
    from tasks.evidence_archive import unpack
    from tasks.evidence_file import evidence_file
    from tasks.typst_page import NotPrinted

    async def work() -> EvidenceBooks:
        if with_confidential:
            signer(Role.ADMIN, Role.LEGAL)
        found = await found_case(case)
        return await evidence_books(found, await clock.now(), with_confidential=with_confidential)

    books = at_work(work)
    try:
        content = evidence_file(books)
    except NotPrinted as wrong:
        raise Refusal(str(wrong)) from None
    write_new(output, content)
    files = len(unpack(content))
    if json:
        print_json(_told(books, output, files))
    else:
        print(clean("\n".join(_lines(books, output, files))))


def _lines(books: EvidenceBooks, output: Path, files: int) -> list[str]:
    last = books.seals[-1] if books.seals else None
    return [
        f"Evidence of {books.invoice}: {files} files, {len(books.entries)} journal entries, written to {output}.",
        *([f"Left out as confidential: {', '.join(books.left_out)}."] if books.left_out else []),
        f"Last seal: {last.number} of {last.on}."
        if last
        else "No day is sealed yet: it is done once a day while Relance runs.",
        f"Anybody can check it: relance verify {output} --seal MESSAGE.eml",
    ]


def _told(books: EvidenceBooks, output: Path, files: int) -> dict[str, object]:
    last = books.seals[-1] if books.seals else None
    return {
        "case": books.case, "invoice": books.invoice, "file": str(output), "files": files,
        "entries": len(books.entries), "left_out": list(books.left_out), "seal": None if last is None else last.hash,
        "sealed_on": None if last is None else last.on.isoformat(),
    }  # fmt: skip
