"""Loading a ladder from its TOML file. A file with forty mistakes reports forty problems, each with its line."""

import re
import tomllib
from hashlib import sha256
from typing import Any

from policies.ladder import Ladder, Season
from policies.ladder_checks import check_steps
from policies.ladder_steps import StepRead, read_step
from policies.problems import Problem
from policies.toml_lines import Section, nth, sections
from policies.toml_table import Table
from policies.toml_values import identifier, listed, month_day, text, weekday, whole

LADDER_KEYS = (
    "id", "title", "send_from", "send_until", "send_days", "valid_days", "retry_minutes", "call_again_days",
    "ask_at_end_after", "season", "step",
)  # fmt: skip
SEASON_KEYS = ("first", "last")

OFFICE_DAYS: tuple[int, ...] = (0, 1, 2, 3, 4)
"""Monday to Friday, where the file names no days."""
RESTS: tuple[int, ...] = (1, 5, 15, 60, 240)
"""Minutes of rest after temporary refusals where the file names none."""

_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)$")


def load_ladder(text: bytes, source: str) -> Ladder | list[Problem]:
    """The ladder written in `text`, or everything that is wrong with it. `source` names the file in the problems."""
    try:
        written = text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        return [Problem(source, line, "", "The file is not UTF-8 text; save it again as UTF-8.")]
    try:
        values = tomllib.loads(written)
    except tomllib.TOMLDecodeError as error:
        return [_not_toml(str(error), written, source)]
    problems: list[Problem] = []
    ladder = _read(values, sections(written), source, problems, sha256(text).hexdigest())
    return sorted(problems, key=lambda problem: problem.line or 0) or ladder


def _not_toml(message: str, written: str, source: str) -> Problem:
    found = _AT_LINE.search(message)
    line = written.count("\n") + 1 if found is None else int(found.group(1))
    words = _AT_LINE.sub("", message).replace("(at end of document)", "").strip()
    return Problem(source, line, "", f"This is not TOML: {words}.")


def _read(values: dict[str, Any], found: list[Section], source: str, problems: list[Problem], hash: str) -> Ladder:
    """The ladder; worth something only if no problem was noted."""
    top = Table(values, found[0], source, problems)
    top.refuse_others(LADDER_KEYS)
    seasons = tuple(_season(table) for table in _tables(top, "season", found, required=False))
    steps = [read_step(table) for table in _tables(top, "step", found, required=True)]
    check_steps(steps, seasons)
    return _ladder(top, steps, seasons, hash)


def _ladder(top: Table, steps: list[StepRead], seasons: tuple[Season, ...], hash: str) -> Ladder:
    ladder = Ladder(
        id=top.require("id", identifier, ""),
        title=top.require("title", text, ""),
        hash=hash,
        steps=tuple(read.step for read in steps),
        seasons=seasons,
        send_from=top.take("send_from", whole(0, 23), 9),
        send_until=top.take("send_until", whole(1, 24), 18),
        send_days=frozenset(top.take("send_days", listed(weekday), OFFICE_DAYS)),
        valid_days=top.take("valid_days", whole(1, 365), 7),
        retry_minutes=top.take("retry_minutes", listed(whole(1, 10080), differ=False), RESTS),
        call_again_days=top.take("call_again_days", whole(1, 365), 2),
        ask_at_end_after=top.take("ask_at_end_after", whole(0), 0),
    )
    if ladder.send_from >= ladder.send_until:
        top.note("send_until", f"Sending would stop at {ladder.send_until} before it starts at {ladder.send_from}.")
    return ladder


def _tables(top: Table, name: str, found: list[Section], *, required: bool) -> list[Table]:
    """The tables written `[[name]]`, each with its place in the file."""
    written = top.values.get(name, [])
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        section = nth(found, name, 0)
        top.problems.append(Problem(top.source, section.line, name, f"Write each {name} under a line [[{name}]]."))
        return []
    if required and not written:
        top.note(name, f"There is none; write at least one under a line [[{name}]].")
    return [_table(top, name, found, place, values) for place, values in enumerate(written)]


def _table(top: Table, name: str, found: list[Section], place: int, values: dict[str, Any]) -> Table:
    id = values.get("id")
    called = id if isinstance(id, str) and id else f"{name} {place + 1}"
    return Table(values, nth(found, name, place), top.source, top.problems, called)


def _season(table: Table) -> Season:
    table.refuse_others(SEASON_KEYS)
    return Season(table.require("first", month_day, (1, 1)), table.require("last", month_day, (1, 1)))
