"""The part of a file that is one scenario, read as though it were a file of its own."""

from policies.problems import Problem
from policies.toml_lines import Section, nth
from policies.toml_table import Table

SCENARIO = "scenario"


def scenario_tables(top: Table, found: list[Section]) -> list[tuple[Table, list[Section]]]:
    """Each scenario's table with its sections. A file without `[[scenario]]` is one scenario as a whole."""
    if SCENARIO not in top.values:
        return [(top, found)]
    written = top.values[SCENARIO]
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        top.note(SCENARIO, "Write each scenario under a line [[scenario]].")
        return []
    return [_scenario(top, found, place, values) for place, values in enumerate(written)]


def _scenario(top: Table, found: list[Section], place: int, values: dict[str, object]) -> tuple[Table, list[Section]]:
    header = nth(found, SCENARIO, place)
    mine = _within(found, header)
    root = Section("", header.line, header.keys)
    return Table(values, root, top.source, top.problems), [root, *mine]


def _within(found: list[Section], header: Section) -> list[Section]:
    """The sections below a header and before the next scenario, without the scenario's name in front of theirs."""
    below = next((place for place, section in enumerate(found) if section is header), len(found)) + 1
    mine: list[Section] = []
    for section in found[below:]:
        if not section.name.startswith(f"{SCENARIO}."):
            break
        mine.append(Section(section.name.removeprefix(f"{SCENARIO}."), section.line, section.keys))
    return mine


def one_or_more(table: Table, key: str, found: list[Section]) -> list[Table]:
    """The table under `key`, or the tables of the list there."""
    written = table.values.get(key, [])
    if isinstance(written, dict):
        single = table.table(key, found)
        return [] if single is None else [single]
    if not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        reason = f"Write each {key} under a line [[{key}]], or in braces."
        table.problems.append(Problem(table.source, table.section.line_of(key), key, reason))
        return []
    return [
        Table(
            values, _nth_of(table.section, key, found, place), table.source, table.problems, _called(key, values, place)
        )
        for place, values in enumerate(written)
    ]


def _nth_of(owner: Section, key: str, found: list[Section], place: int) -> Section:
    """The section number `place` (from 0) of the list `key` in the table of `owner`, or the line of the key there."""
    if not owner.name:
        return nth(found, key, place)
    below = next((place for place, section in enumerate(found) if section is owner), len(found)) + 1
    mine: list[Section] = []
    for section in found[below:]:
        if section.name == owner.name:
            break
        if section.name == f"{owner.name}.{key}":
            mine.append(section)
    return mine[place] if place < len(mine) else Section(key, owner.line_of(key))


def _called(key: str, values: dict[str, object], place: int) -> str:
    number = values.get("number")
    return f"{key} {number}" if isinstance(number, str) and number else f"{key} {place + 1}"
