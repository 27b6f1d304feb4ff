"""Loading reference rates from their TOML files: every mistake at once, with file, line, key and reason."""

from collections.abc import Mapping
from datetime import date

from policies.problems import Problem
from policies.rates.published import Published, read_published
from policies.rates.rate_cells import day
from policies.rates.rate_checks import check_order
from policies.rates.series import CountedOn, Rates, Series, SetEach
from policies.toml_document import open_toml
from policies.toml_lines import Section, nth
from policies.toml_table import Table
from policies.toml_values import identifier, one_of, text

SERIES_KEYS = ("id", "title", "ask", "set_each", "counted_on", "known_until", "published")


def load_rates(files: Mapping[str, bytes]) -> Rates | list[Problem]:
    """The series in `files` (contents by file name, `ecb_mro.toml`), or everything that is wrong with any of them."""
    problems: list[Problem] = []
    found = [_load(name, content, problems) for name, content in sorted(files.items())]
    return problems or {series.id: series for series in found if series is not None}


def _load(name: str, content: bytes, problems: list[Problem]) -> Series | None:
    """The series of one file; worth something only if no problem was noted."""
    opened = open_toml(content, name)
    if isinstance(opened, Problem):
        problems.append(opened)
        return None
    own: list[Problem] = []
    series = _series(Table(opened[0], opened[1][0], name, own), opened[1])
    problems += sorted(own, key=lambda problem: problem.line or 0)
    return series


def _series(top: Table, found: list[Section]) -> Series:
    top.refuse_others(SERIES_KEYS)
    id = top.require("id", identifier, "")
    if id and f"{id}.toml" != top.source:
        top.note("id", f'The series "{id}" belongs into {id}.toml.')
    set_each = top.take("set_each", one_of(SetEach), SetEach.CHANGE)
    read = [value for table in _tables(top, found) for value in read_published(table, found, set_each)]
    series = Series(
        id=id,
        title=top.require("title", text, ""),
        values=tuple(one.value for one in read),
        known_until=top.require("known_until", day, date.min),
        set_each=set_each,
        counted_on=top.take("counted_on", one_of(CountedOn), CountedOn.FIRST_DAY),
        ask=top.require("ask", text, ""),
    )
    _check(top, series, read)
    return series


def _check(top: Table, series: Series, read: list[Published]) -> None:
    if read:
        check_order(top, series, [one.line for one in read])


def _tables(top: Table, found: list[Section]) -> list[Table]:
    """The tables written `[[published]]`: values that share a source."""
    written = top.values.get("published")
    if not isinstance(written, list) or not written or not all(isinstance(one, dict) for one in written):
        top.note("published", "Write the values under lines [[published]], one for each source.")
        return []
    return [
        Table(values, nth(found, "published", place), top.source, top.problems, f"published {place + 1}")
        for place, values in enumerate(written)
    ]
