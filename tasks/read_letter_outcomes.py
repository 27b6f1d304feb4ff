"""A file in which the post, or whoever opens it, tells what became of letters: letter or tracking number, outcome, date."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policies.letter_outcome import Outcome
from policies.problems import Problem

COLUMNS = ("letter", "outcome", "date")
LARGEST = 5_000_000
SAID = {
    "delivered": Outcome.DELIVERED, "distribué": Outcome.DELIVERED, "zugestellt": Outcome.DELIVERED,
    "refused": Outcome.REFUSED, "refusé": Outcome.REFUSED, "annahme verweigert": Outcome.REFUSED,
    "not collected": Outcome.NOT_COLLECTED, "non réclamé": Outcome.NOT_COLLECTED, "nicht abgeholt": Outcome.NOT_COLLECTED,
    "unknown at address": Outcome.UNKNOWN, "unknown": Outcome.UNKNOWN, "npai": Outcome.UNKNOWN,
    "destinataire inconnu à l'adresse": Outcome.UNKNOWN, "unbekannt verzogen": Outcome.UNKNOWN,
}  # fmt: skip
"""How outcomes are written; the codes of `Outcome` with underlines too."""


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    """One letter of the file: its number or the post's, what became of it, and on which day."""

    line: int
    letter: str
    outcome: Outcome
    on: date


def outcome_called(said: str) -> Outcome | None:
    """The outcome of this code or these words; None: there is none."""
    return SAID.get(" ".join(said.replace("_", " ").replace("’", "'").lower().split()))


def read_letter_outcomes(path: Path) -> tuple[list[OutcomeLine], list[Problem]]:
    """The lines that can be used, and what is wrong with the others, line by line. Dates are written YYYY-MM-DD."""
    try:
        raw = path.read_bytes()
        if len(raw) > LARGEST:
            return [], [
                Problem(path.name, None, "", "The file is larger than five megabytes: it is no list of letters.")
            ]
        text = raw.decode("utf-8-sig")
    except OSError as wrong:
        return [], [Problem(path.name, None, "", f"The file cannot be read: {wrong.strerror}.")]
    except UnicodeDecodeError:
        return [], [Problem(path.name, None, "", "The file is not UTF-8; save it as “CSV UTF-8”.")]
    rows = csv.reader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    return _read(path.name, rows)


def _read(source: str, rows: Iterator[list[str]]) -> tuple[list[OutcomeLine], list[Problem]]:
    found: list[OutcomeLine] = []
    wrong: list[Problem] = []
    heads = [cell.strip().lower() for cell in next(rows, [])]
    if missing := [name for name in COLUMNS if name not in heads]:
        return [], [Problem(source, 1, missing[0], f"The first line must name the columns {', '.join(COLUMNS)}.")]
    places = {name: heads.index(name) for name in COLUMNS}
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        said = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        one = _line(source, number, said)
        if isinstance(one, OutcomeLine):
            found.append(one)
        else:
            wrong.append(one)
    return found, wrong


def _line(source: str, number: int, said: dict[str, str]) -> OutcomeLine | Problem:
    if not said["letter"]:
        return Problem(
            source, number, "letter", "The number of the letter is missing: L… in the list, or the post's own."
        )
    kind = outcome_called(said["outcome"])
    if kind is None:
        known = ", ".join(one.value for one in Outcome)
        return Problem(source, number, "outcome", f"“{said['outcome']}” is unknown; write {known}.")
    try:
        return OutcomeLine(number, said["letter"], kind, date.fromisoformat(said["date"]))
    except ValueError:
        return Problem(source, number, "date", f"“{said['date']}” is not a date; write YYYY-MM-DD.")
