"""`relance policy show`: a ladder in plain sentences, for the team or for customers; on paper, as a page, or as steps."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.ladder_files import loaded, path_of
from cli.printing import fields_of, print_json, print_table
from cli.refusal import Refusal
from policies.ladder import Ladder, Step
from policies.measure import KIND_WORDS
from policies.money import plain
from tasks.page_blocks import Audience, Block


class Language(StrEnum):
    """Languages a policy is written in."""

    EN = "en"
    FR = "fr"
    DE = "de"


def show(
    policy: Annotated[str, typer.Argument(help="A policy's id, or a file.")],
    lang: Annotated[Language, typer.Option(help="The language of the sentences.")] = Language.EN,
    audience: Annotated[Audience, typer.Option("--for", help="Who is to read them.")] = Audience.STAFF,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write one HTML page instead.")] = None,
    pdf: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a PDF instead.")] = None,
    steps: Annotated[bool, typer.Option("--steps", help="A table of the steps instead.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """A ladder in plain sentences: when, how, by whom, what it costs, how to pay, whom to call."""
    ladder = loaded(path_of(policy))
    if steps and not json:
        _print_steps(ladder)
        return
    from cli.policy_surroundings import surroundings
    from tasks.page_text import page_text
    from tasks.policy_page import policy_page

    page = policy_page(ladder, audience, lang.value, surroundings(ladder))
    for file, form in ((html, "html"), (pdf, "pdf")):
        if file is not None:
            _publish(page, ladder, lang, audience, file, form, quiet=json)
    if json:
        shown = [{"kind": one.kind.value, "parts": list(one.parts)} for one in page]
        print_json(_as_json(ladder) | {"lang": lang.value, "for": audience.value, "page": shown})
    elif html is None and pdf is None:
        print(page_text(page), end="")


def _publish(
    page: tuple[Block, ...], ladder: Ladder, lang: Language, audience: Audience, file: Path, form: str, *, quiet: bool
) -> None:
    """The page as a file, and a copy that stays under the policy's hash: what was told to whom can be shown later."""
    from cli.published import keep
    from tasks.page_html import page_html
    from tasks.page_pdf import page_pdf

    if file.is_dir():
        raise Refusal(f"{file} is a folder: name a file in it.")
    made = page_html(page, lang.value).encode() if form == "html" else page_pdf(page, lang.value)
    file.write_bytes(made)
    copy = keep(made, ladder, f"{audience.value}.{lang.value}", form)
    if not quiet:
        print(f"{file} is written; a copy is kept as {copy}.")


def _as_json(ladder: Ladder) -> dict[str, Any]:
    steps = [fields_of(step) | {"also": list(step.also)} for step in ladder.steps]
    measures = [fields_of(one) for one in ladder.measures]
    return {"id": ladder.id, "title": ladder.title, "hash": ladder.hash, "steps": steps, "measures": measures}


def _print_steps(ladder: Ladder) -> None:
    print(f"{ladder.title} · {ladder.id} · {ladder.hash[:12]}\n")
    rows = [
        (step.id, f"D{step.offset:+d}", step.gap, ", ".join(step.channels), _conditions(step), _approval(step))
        for step in ladder.steps
    ]
    print_table(["Step", "Day", "Gap", "By", "Only if", "Approval"], rows, "The ladder has no steps.")
    for words, seasons in (("Closed", ladder.seasons), ("Nothing leaves", ladder.quiet)):
        for season in seasons:
            (first_month, first_day), (last_month, last_day) = season.first, season.last
            print(f"{words} from {first_day:02d}/{first_month:02d} to {last_day:02d}/{last_month:02d} (day/month).")
    for one in ladder.measures:
        print(f"{KIND_WORDS[one.kind]}: proposed {one.days} days after {one.after}; a manager decides.")
    if ladder.spread:
        print(f"Customers are spread over {ladder.spread} minutes after opening.")


def _conditions(step: Step) -> str:
    limits = step.only_above or {}
    parts = [f"overdue above {plain(limit, currency)} {currency}" for currency, limit in limits.items()]
    if step.lapse_after is not None:
        parts.append(f"until D{step.lapse_after:+d}")
    return ", ".join(parts)


def _approval(step: Step) -> str:
    above = _amounts(step.approval_above)
    two = "" if step.second_signature_above is None else f"; two sign above {_amounts(step.second_signature_above)}"
    asks = f"; asks {step.asks.value.replace('_', ' ')}" if step.asks else ""
    return f"{step.approval.value}{f' {above}' if above else ''}{two}{asks}"


def _amounts(limits: Mapping[str, int] | None) -> str:
    return ", ".join(f"{plain(limit, currency)} {currency}" for currency, limit in (limits or {}).items())
