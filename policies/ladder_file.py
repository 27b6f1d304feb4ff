"""Loading a ladder from its TOML file. A file with forty mistakes reports forty problems, each with its line.

What the caller knows is given as values: the laws of the countries, the reference rates, and which texts exist. What
is not given is not checked, so that a pinned ladder is read again whatever has changed since.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from policies.ladder import Ladder
from policies.ladder_checks import check_quiet, check_steps
from policies.ladder_claim_checks import check_claims
from policies.ladder_entry_checks import check_entry
from policies.ladder_head import read_head, tables
from policies.ladder_judgment_checks import check_judgment
from policies.ladder_law_checks import check_law
from policies.ladder_steps import read_step
from policies.ladder_text_checks import Texts, check_texts
from policies.law.jurisdiction import Jurisdiction
from policies.measures_written import check_measures, read_measure
from policies.problems import Problem
from policies.rates.series import Rates
from policies.step import Hours
from policies.toml_document import open_toml
from policies.toml_lines import Section
from policies.toml_table import Table


def load_ladder(
    text: bytes,
    source: str,
    *,
    laws: Mapping[str, Jurisdiction] | None = None,
    rates: Rates | None = None,
    templates: Texts | None = None,
) -> Ladder | list[Problem]:
    """The ladder written in `text`, or everything that is wrong with it. `source` names the file in the problems."""
    opened = open_toml(text, source)
    if isinstance(opened, Problem):
        return [opened]
    problems: list[Problem] = []
    top = Table(opened[0], opened[1][0], source, problems)
    ladder = read_ladder(top, opened[1], sha256(text).hexdigest(), Known(laws, rates, templates))
    return sorted(problems, key=lambda problem: problem.line or 0) or ladder


@dataclass(frozen=True, slots=True)
class Known:
    """What a ladder is checked against."""

    laws: Mapping[str, Jurisdiction] | None
    rates: Rates | None
    templates: Texts | None


def read_ladder(top: Table, found: list[Section], hash: str, known: Known) -> Ladder:
    """The ladder written in an open table; worth something only if no problem was noted in it."""
    head = read_head(top, found, hash)
    hours = Hours(head.send_from, head.send_until, head.send_days)
    steps = [read_step(table, found, hours) for table in tables(top, "step", found, required=True)]
    measures = [(read_measure(table), table) for table in tables(top, "measure", found)]
    ladder = replace(head, steps=tuple(read.step for read in steps), measures=tuple(measure for measure, _ in measures))
    check_steps(steps, ladder.entry, ladder.seasons)
    check_quiet(top, ladder.quiet)
    check_entry(top, ladder, steps)
    check_measures(measures, ladder)
    sound = [read for read in steps if read.whole]
    check_judgment(top, ladder, sound)
    check_claims(top, ladder, sound, known.laws, known.rates)
    check_law(top, ladder, sound, known.laws)
    check_texts(ladder, sound, known.templates)
    return ladder
