"""Loading the user's segments from a TOML file: every mistake is named with its line, and nothing is half loaded."""

from dataclasses import fields

from policies.behaviour.assess import NOT_SCORED
from policies.behaviour.scale import USUAL, Scale
from policies.behaviour.segment import SegmentRule, Segments
from policies.facts import DebtorKind
from policies.ladder_head import tables
from policies.ladder_parts import chosen
from policies.payer import Payer
from policies.problems import Problem
from policies.toml_amounts import amounts
from policies.toml_document import open_toml
from policies.toml_places import country
from policies.toml_table import Table
from policies.toml_values import flag, identifier, one_of, whole

KEYS = ("behaviour", "segment")
SEGMENT_KEYS = tuple(one.name for one in fields(SegmentRule))
SCALE_BOUNDS = {
    "tolerance": (0, 90), "least_items": (1, 100), "prompt_days": (0, 365), "prompt_share": (0, 100),
    "worse_by": (1, 365), "least_in_half": (1, 100), "least_late": (1, 100), "broken_promises": (1, 100),
}  # fmt: skip


def load_segments(text: bytes, source: str) -> Segments | list[Problem]:
    """The segments written in `text`, or everything that is wrong with them. `source` names the file."""
    opened = open_toml(text, source)
    if isinstance(opened, Problem):
        return [opened]
    problems: list[Problem] = []
    values, found = opened
    top = Table(values, found[0], source, problems)
    top.refuse_others(KEYS)
    scale = _scale(top.table("behaviour", found))
    written = tables(top, "segment", found)
    segments = Segments(tuple(_rule(table) for table in written), scale)
    for table in written[:-1]:
        _note_for_everybody(table)
    return sorted(problems, key=lambda problem: problem.line or 0) or segments


def _scale(table: Table | None) -> Scale:
    if table is None:
        return USUAL
    table.refuse_others(tuple(SCALE_BOUNDS))
    return Scale(
        **{name: table.take(name, whole(*bounds), getattr(USUAL, name)) for name, bounds in SCALE_BOUNDS.items()}
    )


def _rule(table: Table) -> SegmentRule:
    table.refuse_others(SEGMENT_KEYS)
    rule = SegmentRule(
        name=table.require("name", identifier, ""),
        payers=chosen(table, "payers", one_of(Payer)),
        countries=chosen(table, "countries", country),
        kinds=chosen(table, "kinds", one_of(DebtorKind)),
        exposure_above=table.take("exposure_above", amounts, None),
        above_limit=table.take("above_limit", flag, False),
        days_late_above=table.take("days_late_above", whole(0), None),
        share_late_above=table.take("share_late_above", whole(0, 99), None),
        broken_promises=table.take("broken_promises", whole(1, 100), 0),
        first_lateness=table.take("first_lateness", flag, False),
    )
    if rule.is_by_behaviour and rule.kinds == {DebtorKind.CONSUMER}:
        table.note("kinds", f"{NOT_SCORED} This segment would never hold anybody.")
    return rule


def _note_for_everybody(table: Table) -> None:
    """A rule that fits everybody hides those below it."""
    if table.values.keys() == {"name"}:
        table.note("name", "This fits every customer, so that no segment below it is ever reached; put it last.")
