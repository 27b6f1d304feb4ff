"""`import map`: what a file holds, the mapping proposed for it with its evidence, and what each known one would make of it."""

import sys
from collections.abc import Callable
from collections.abc import Mapping as Table
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from cli.home import open_home
from cli.mapping_answers import SIGNS
from cli.printing import print_json, print_table
from cli.refusal import Refusal
from tasks.file_refused import FileRefused
from tasks.invoice_mapping import Mapping, RecordKind, load_mapping, mapping_of, own_names, shipped
from tasks.mapping_check import mapping_problems
from tasks.mapping_questions import Open, Proposal, Said
from tasks.mapping_text import mapping_text
from tasks.propose_mapping import propose
from tasks.read_customers import read_customers
from tasks.read_history import read_history
from tasks.read_invoices import read_invoices
from tasks.read_payments import read_payments
from tasks.reading import Reading
from tasks.sheet_rows import REAL
from tasks.table_look import Look, look_at

ROWS = 3
WIDEST = 24
"""Characters of a cell shown."""

READERS: dict[RecordKind, Callable[[Path, Mapping], Reading[Any]]] = {
    RecordKind.INVOICES: read_invoices,
    RecordKind.PAYMENTS: read_payments,
    RecordKind.CUSTOMERS: read_customers,
    RecordKind.HISTORY: read_history,
}
ANSWERS = {
    "--kind": "kind", "--date-order": "date_order", "--decimal": "decimal", "--delimiter": "delimiter",
    "--encoding": "encoding", "--currency": "currency",
}  # fmt: skip
"""Option -> what of `Said` it decides."""


def show_mapping(file: Path, said: Said, save: str, json: bool) -> None:
    """Look, propose, ask, keep; raises Refusal where the file cannot be read or a question stays open on saving."""
    try:
        proposal = propose(file, said)
        while not json and proposal.questions and sys.stdin.isatty():
            answered = _asked(proposal.questions, said)
            if answered == said:
                break
            said = answered
            proposal = propose(file, said)
        look = look_at(file, said.encoding, said.delimiter)
    except FileRefused as refused:
        raise Refusal(str(refused.problem)) from refused
    tried = _tried(file, proposal)
    if json:
        print_json(_shown(look, proposal, tried, file))
    else:
        _print(look, proposal, tried, file)
    if save:
        _save(save, proposal, json)


def previews(file: Path) -> list[dict[str, Any]]:
    """Per known mapping and kind of record: how many rows it reads, how many it could not, and why."""
    found = []
    for name in (*shipped(), *own_names()):
        mapping = load_mapping(name)
        if isinstance(mapping, Mapping):
            found += [_preview(file, mapping, kind) for kind in mapping.layouts]
    return sorted(found, key=lambda one: (-one["usable"], one["mapping"]))


def _tried(file: Path, proposal: Proposal) -> dict[str, Any] | None:
    """What the proposed mapping makes of the file; None while a question is open."""
    if proposal.questions or proposal.kind is None or mapping_problems(proposal.table):
        return None
    return _preview(file, mapping_of("proposed", proposal.table), proposal.kind)


def _preview(file: Path, mapping: Mapping, kind: RecordKind) -> dict[str, Any]:
    reading = READERS[kind](file, mapping)
    first: Any = reading.records[0] if reading.records else None
    return {
        "mapping": mapping.name,
        "kind": kind.value,
        "read": reading.read,
        "usable": len(reading.records),
        "problems": len(reading.problems),
        "refused": reading.refused,
        "why": reading.problems[0].reason if reading.problems else "",
        "first": first.shown() if first is not None else None,
    }


def _asked(questions: tuple[Open, ...], said: Said) -> Said:
    """The answers a person types; an empty one leaves the question open."""
    for one in questions:
        if not one.option:
            continue
        typer.echo(one.question, err=True)
        name = one.option.partition(" ")[2].partition("=")[0] or one.option
        choices = f" ({', '.join(one.choices)})" if one.choices else ""
        answer = typer.prompt(f"{name}{choices}", default="", show_default=False, err=True).strip()
        if answer and one.option in ANSWERS:
            changes: dict[str, Any] = {ANSWERS[one.option]: _known(one, answer)}
            said = replace(said, **changes)
        elif answer and one.option.startswith("--word"):
            said = replace(said, words={**said.words, name: _known(one, answer)})
        elif answer and one.option.startswith("--only"):
            words = tuple(_known(one, word.strip()) for word in answer.split(","))
            said = replace(said, only={**said.only, name: words})
        elif answer:
            said = replace(said, columns={**said.columns, name: answer})
    return said


def _known(one: Open, answer: str) -> str:
    said = SIGNS.get(answer.lower(), answer)
    return next((choice for choice in one.choices if _letters(choice) == _letters(said)), said)


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum()) or text


def _shown(look: Look, proposal: Proposal, tried: dict[str, Any] | None, file: Path) -> dict[str, Any]:
    rows = [[cell.rstrip(REAL) for cell in row] for _, row in look.rows[:ROWS]]
    proposed = {
        "kind": proposal.kind,
        "evidence": [{"about": about, "found": found} for about, found in proposal.evidence],
        "questions": [
            {"option": q.option, "question": q.question, "choices": list(q.choices)} for q in proposal.questions
        ],
        "left_out": list(proposal.left_out),
        "mapping": proposal.table,
        "text": mapping_text(proposal.table, proposal.evidence),
        "tried": tried,
    }
    return {"header": list(look.header), "rows": rows, "proposal": proposed, "mappings": previews(file)}


def _print(look: Look, proposal: Proposal, tried: dict[str, Any] | None, file: Path) -> None:
    rows = [[cell.rstrip(REAL)[:WIDEST] for cell in row] for _, row in look.rows[:ROWS]]
    fields = _fields(proposal)
    examples = [
        [name[:WIDEST], fields.get(name, "–"), *(row[place] for row in rows)] for place, name in enumerate(look.header)
    ]
    print_table(["Column", "Field", *(f"Row {number}" for number in range(1, len(rows) + 1))], examples, "No columns.")
    print()
    for about, found in proposal.evidence:
        print(f"{about}: {found}")
    for one in proposal.questions:
        choices = f" One of: {', '.join(one.choices)}." if one.choices else ""
        decide = f" Decide with {one.option}." if one.option else ""
        print(f"To decide: {one.question}{choices}{decide}")
    if tried:
        print(f"\nWith the proposed mapping {tried['usable']} of {tried['read']} rows can be used as {tried['kind']}.")
        print(f"First problem: {tried['why']}" if tried["why"] else "")
    lines = [(one["mapping"], one["kind"], one["usable"], one["problems"]) for one in previews(file) if one["usable"]]
    print_table(["Mapping", "Kind", "Usable", "Problems"], lines, "No known mapping reads it.")


def _fields(proposal: Proposal) -> Table[str, str]:
    if proposal.kind is None:
        return {}
    columns: dict[str, str] = proposal.table[proposal.kind.value]["columns"]
    return {column: name for name, column in columns.items()}


def _save(name: str, proposal: Proposal, json: bool) -> None:
    if proposal.questions:
        first = proposal.questions[0]
        raise Refusal(
            f"Nothing was saved. {first.question}" + (f" Decide with {first.option}." if first.option else "")
        )
    if not name.replace("-", "").replace("_", "").isalnum() or name in shipped():
        raise Refusal(f"“{name}” cannot be the name of a mapping of yours: letters, figures, - and _; not one of ours.")
    if wrong := mapping_problems(proposal.table):
        raise Refusal(f"Nothing was saved. {wrong[0][0]}: {wrong[0][1]}")
    folder = open_home().path / "mappings"
    folder.mkdir(mode=0o700, exist_ok=True)
    place = folder / f"{name}.toml"
    place.write_text(mapping_text(proposal.table, proposal.evidence), encoding="utf-8")
    if not json:
        print(f"Saved as {place}. Import with: ./relance import {proposal.kind} FILE --mapping {name}")
