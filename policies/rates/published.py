"""The values of a rate that share a source, as a rate file gives them under `[[published]]`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies.law.provenance import Confidence, Provenance
from policies.rates.rate_cells import day, day_written, percent
from policies.rates.series import RateValue, SetEach
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import Wrong, one_of, text

PUBLISHED_KEYS = ("source", "as_of", "confidence", "percent")


@dataclass(frozen=True, slots=True)
class Published:
    """A value and the line it stands on."""

    value: RateValue
    line: int


def read_published(table: Table, found: list[Section], set_each: SetEach) -> list[Published]:
    """The values of one source, in the order of the file; what is wrong is noted in the table."""
    table.refuse_others(PUBLISHED_KEYS)
    where = Provenance(
        source=table.require("source", text, ""),
        as_of=table.require("as_of", day, None),
        confidence=table.require("confidence", one_of(Confidence), Confidence.LOW),
    )
    written = table.values.get("percent")
    if not isinstance(written, dict) or not written:
        table.note("percent", 'Write the percentages by first day under [published.percent]: 2025-01-01 = "3.15".')
        return []
    cells = Table(written, _lines(table, found), table.source, table.problems, f"{table.place}.percent")
    return [_value(cells, key, where, set_each) for key in written]


def _value(cells: Table, key: str, where: Provenance, set_each: SetEach) -> Published:
    start, rate = _start(cells, key, set_each), cells.take(key, percent, Decimal(0))
    return Published(RateValue(start, rate, where, set_each.period_end(start)), cells.section.line_of(key))


def _start(cells: Table, key: str, set_each: SetEach) -> date:
    try:
        start = day_written(key)
    except Wrong as wrong:
        cells.note(key, str(wrong))
        return date.min
    if not set_each.begins(start):
        first = "1 January" if set_each is SetEach.YEAR else "1 January or 1 July"
        cells.note(key, f"The rate is set for each {set_each.value.replace('_', '-')}: it starts on {first}.")
    return start


def _lines(table: Table, found: list[Section]) -> Section:
    """The lines of this source's percentages: the first `[published.percent]` after its own header."""
    own = (one for one in found if one.name == "published.percent" and one.line > table.section.line)
    return next(own, table.section)
