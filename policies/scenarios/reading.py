"""Reading a file of scenarios. A file with forty mistakes reports forty problems, each with its line and its key."""

from collections.abc import Mapping

from policies.ladder import Ladder
from policies.play.world import AGREE, Answers
from policies.problems import Problem
from policies.scenarios.building import POLICIES, Shared, read_scenario
from policies.scenarios.known import Known
from policies.scenarios.ladders import POLICY, find, inline, inside
from policies.scenarios.saying import ANSWERS, read_answers
from policies.scenarios.scenario import Scenario
from policies.scenarios.scoping import SCENARIO, scenario_tables
from policies.toml_document import open_toml
from policies.toml_lines import Section
from policies.toml_table import Table
from policies.toml_values import text

FILE_KEYS = (SCENARIO, POLICIES, POLICY, ANSWERS, "about")


def load_scenarios(content: bytes, source: str, known: Known) -> tuple[Scenario, ...] | list[Problem]:
    """The scenarios written in `content`, or everything that is wrong with them."""
    opened = open_toml(content, source)
    if isinstance(opened, Problem):
        return [opened]
    problems: list[Problem] = []
    top = Table(opened[0], opened[1][0], source, problems)
    named = _policies(top, opened[1], known)
    shared = _shared(top, opened[1], known, named)
    read = [read_scenario(table, found, known, shared) for table, found in scenario_tables(top, opened[1])]
    found = tuple(one for one in read if one is not None)
    _check_names(top, found)
    return sorted(problems, key=lambda problem: problem.line or 0) or found


def _shared(top: Table, found: list[Section], known: Known, named: Mapping[str, Ladder]) -> Shared:
    """What all scenarios of the file have in common, unless they say otherwise."""
    if SCENARIO not in top.values:
        return Shared(named, None, AGREE, whole_file=True)
    top.refuse_others(FILE_KEYS)
    name = top.take(POLICY, text, "")
    ladder = find(top, POLICY, name, known, named) if name else None
    answers: Answers = read_answers(top, found, AGREE)
    return Shared(named, ladder, answers)


def _policies(top: Table, found: list[Section], known: Known) -> dict[str, Ladder]:
    """The policies the file itself names: `[policies.three-levels]`."""
    written = top.values.get(POLICIES, {})
    if not isinstance(written, dict) or not all(isinstance(one, dict) for one in written.values()):
        top.note(POLICIES, "Write each policy under a line [policies.its-name].")
        return {}
    ladders: dict[str, Ladder] = {}
    for name, values in written.items():
        own = inside(found, f"{POLICIES}.{name}")
        table = Table(values, own[0], top.source, top.problems, f"{POLICIES}.{name}")
        ladder = inline(table, own, known, name)
        if ladder is not None:
            ladders[name] = ladder
    return ladders


def _check_names(top: Table, scenarios: tuple[Scenario, ...]) -> None:
    """Two scenarios of one name could not be told apart in a report."""
    seen: dict[str, int] = {}
    for one in scenarios:
        if one.name in seen:
            reason = f'A scenario called "{one.name}" stands at line {seen[one.name]} already.'
            top.problems.append(Problem(top.source, one.line, "name", reason))
        seen.setdefault(one.name, one.line)
    if not scenarios and not top.problems:
        top.note(SCENARIO, "There is none; write at least one under a line [[scenario]].")
