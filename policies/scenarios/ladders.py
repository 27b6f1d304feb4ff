"""The policies of a scenario: one that comes with Relance, a file, one named in the file, or steps written on the spot."""

from collections.abc import Mapping
from hashlib import sha256

from policies.ladder import Ladder
from policies.ladder_file import Known as Checked
from policies.ladder_file import load_ladder, read_ladder
from policies.scenarios.known import Known
from policies.stages import Stage
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import text

POLICY = "policy"


def read_policy(
    table: Table, found: list[Section], known: Known, named: Mapping[str, Ladder], otherwise: Ladder | None
) -> Ladder | None:
    """The policy of a scenario; None, with what is wrong, where it has none that can be used."""
    if "step" in table.values and isinstance(table.values.get(POLICY, {}), dict):
        head = table.values.get(POLICY, {})
        assert isinstance(head, dict), "looked at above"
        values = {**head, "step": table.values["step"]}
        return inline(Table(values, table.section, table.source, table.problems), found, known, "inline")
    written = table.values.get(POLICY)
    if isinstance(written, dict):
        inner = table.table(POLICY, found)
        return None if inner is None else inline(inner, inside(found, POLICY), known, "inline")
    if written is None and otherwise is not None:
        return otherwise
    name = table.require(POLICY, text, "")
    return find(table, POLICY, name, known, named) if name else None


def find(table: Table, key: str, name: str, known: Known, named: Mapping[str, Ladder]) -> Ladder | None:
    """The policy called `name`; noted at `key` where there is none, or where its file has mistakes."""
    if name in named:
        return named[name]
    content = known.ladder(name)
    if content is None:
        all_names = ", ".join((*sorted(named), *known.ladders))
        table.note(key, f"There is no policy and no file {name}; known are {all_names}.")
        return None
    read = load_ladder(content, name, laws=known.laws, rates=known.rates)
    if isinstance(read, list):
        table.problems.extend(read)
        return None
    return read


def inside(found: list[Section], name: str) -> list[Section]:
    """The sections of the table `name`, as though it were a file of its own."""
    root = next((one for one in found if one.name == name), Section("", 1))
    mine = [
        Section(one.name.removeprefix(f"{name}."), one.line, one.keys)
        for one in found
        if one.name.startswith(f"{name}.")
    ]
    return [Section("", root.line, root.keys), *mine]


def inline(table: Table, found: list[Section], known: Known, name: str) -> Ladder | None:
    """A policy written in the scenario file: what it does not say of its steps is the simplest that can be."""
    steps = table.values.get("step")
    filled = [_filled(step, place) for place, step in enumerate(steps)] if isinstance(steps, list) else steps
    values = {"id": name, "title": name, **table.values, "step": filled}
    if filled is None:
        del values["step"]
    top = Table(values, table.section, table.source, [])
    hash = sha256(repr(values).encode()).hexdigest()
    laws = known.laws if "country" in values else None
    ladder = read_ladder(top, found, hash, Checked(laws, known.rates, None))
    table.problems.extend(top.problems)
    return None if top.problems else ladder


def _filled(step: object, place: int) -> object:
    """By e-mail, a day's gap, and the stage its name says; else a first reminder and then second ones."""
    if not isinstance(step, dict):
        return step
    return {"gap": 1, "channels": ["email"], "stage": _stage(step, place), **step}


def _stage(step: Mapping[str, object], place: int) -> str:
    if step.get("id") in tuple(Stage):
        return str(step["id"])
    offset = step.get("offset")
    if isinstance(offset, int) and offset < 0:
        return Stage.UPCOMING.value
    return Stage.COURTESY_REMINDER.value if place == 0 else Stage.SECOND_REMINDER.value
