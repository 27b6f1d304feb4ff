"""`relance template preview|check`: the words of messages, as text or as a letter to look at."""

import os
from pathlib import Path
from typing import Annotated

import typer

from cli.home import home_path
from cli.refusal import Refusal
from policies.facts import DebtorKind

app = typer.Typer(help="The words of messages: preview, check.")


@app.command()
def preview(
    text: Annotated[str, typer.Argument(help="For example formal_notice, statement, agency.")],
    law: Annotated[str, typer.Option(help="For example FR, DE, UK-EW.")] = "FR",
    debtor: Annotated[DebtorKind, typer.Option(help="Who owes.")] = DebtorKind.BUSINESS,
    lang: Annotated[str, typer.Option(help="The language of the words.")] = "fr",
    case: Annotated[str, typer.Option(help="one, thirty, long-names, right-to-left, no-phone, interest.")] = "one",
    to: Annotated[str, typer.Option(metavar="COUNTRY", help="Where it goes: it decides the window.")] = "FR",
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as a letter instead.")] = None,
) -> None:
    """A message with invented names and sums."""
    from policies.stages import Stage
    from tasks.letter import letter
    from tasks.render import render
    from tasks.sample_message import CASES, STAGES, sample, sample_posting

    if case not in CASES:
        raise Refusal(f"There is no case “{case}”; there are {', '.join(CASES)}.")
    if text not in STAGES and text not in {stage.value for stage in Stage}:
        raise Refusal(f"There is no text “{text}”; write for example formal_notice.")
    facts = sample(law, text, debtor, lang, case)
    if pdf is None:
        told = render(facts)
        print(f"{told.subject}\n\n{told.text}", end="")
        return
    pdf.write_bytes(letter(facts, sample_posting(text, to.upper())))
    print(f"Written: {pdf}")


@app.command()
def check() -> None:
    """Every text, shipped or your own, is read, written and printed once: what is wrong is told with file and line."""
    from tasks.template_check import wrong_templates
    from tasks.template_source import own_folder

    os.environ["RELANCE_HOME"] = str(home_path())  # where templates of your own stand
    count, wrong = wrong_templates()
    if wrong:
        raise Refusal("\n".join(wrong))
    own = sum(1 for path in own_folder().rglob("*") if path.is_file()) if own_folder().is_dir() else 0
    print(f"{count} texts can be written, and printed as letters; {own} files are your own ({own_folder()}).")
