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
    text: Annotated[
        str, typer.Argument(help="For example formal_notice, statement, agency; with --all: only this one.")
    ] = "",
    law: Annotated[str, typer.Option(help="For example FR, DE, UK-EW.")] = "FR",
    debtor: Annotated[DebtorKind, typer.Option(help="Who owes.")] = DebtorKind.BUSINESS,
    lang: Annotated[str, typer.Option(help="The language of the words; with --all: only this one.")] = "",
    case: Annotated[str, typer.Option(help="For example one, thirty, long-names, interest, credit.")] = "one",
    to: Annotated[str, typer.Option(metavar="COUNTRY", help="Where it goes: it decides the window.")] = "FR",
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it as a letter instead.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every text, language and case, into a folder.")] = False,
    folder: Annotated[
        Path | None, typer.Option("-o", "--folder", metavar="DIR", help="The folder, with --all.")
    ] = None,
    paper: Annotated[
        bool, typer.Option("--paper/--no-paper", help="With --all: letters too, which takes longer.")
    ] = True,
) -> None:
    """A message with invented names and sums, in your own words where you have some."""
    from policies.stages import Stage
    from tasks.sample_message import CASES, STAGES

    os.environ["RELANCE_HOME"] = str(home_path())  # where templates of your own stand
    if case not in CASES:
        raise Refusal(f"There is no case “{case}”; there are {', '.join(CASES)}.")
    if (text or not every) and text not in STAGES and text not in {stage.value for stage in Stage}:
        raise Refusal(f"There is no text “{text}”; write for example formal_notice.")
    if every:
        _preview_all(text, lang, folder, paper=paper)
        return
    _preview_one(law, text, debtor, lang or "fr", case, to, pdf)


def _preview_one(law: str, text: str, debtor: DebtorKind, lang: str, case: str, to: str, pdf: Path | None) -> None:
    from tasks.letter import letter
    from tasks.render import render
    from tasks.sample_message import sample, sample_posting
    from tasks.template_choice import NoWords
    from tasks.template_source import BadTemplate

    facts = sample(law, text, debtor, lang, case)
    try:
        told = render(facts)
        if pdf is None:
            print(f"{told.subject}\n\n{told.text}", end="")
            return
        pdf.write_bytes(letter(facts, sample_posting(text, to.upper())))
    except (BadTemplate, NoWords) as wrong:
        raise Refusal(str(wrong)) from wrong
    print(f"Written: {pdf}")


def _preview_all(text: str, lang: str, folder: Path | None, *, paper: bool) -> None:
    from tasks.preview_folder import write_previews

    if folder is None:
        raise Refusal("Say into which folder: relance template preview --all -o previews")
    if folder.exists() and not folder.is_dir():
        raise Refusal(f"{folder} is a file: name a folder.")
    count, wrong = write_previews(folder, lambda one: text in ("", one[1]) and lang in ("", one[3]), paper=paper)
    print(f"{count} messages, {wrong} of which cannot be written: look at {folder / 'index.html'}")


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
