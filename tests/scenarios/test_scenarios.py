"""Every scenario file here, and those docs/policies.md teaches by, go as they say."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.scenario_files import known_from
from policies.scenarios.judging import judge
from policies.scenarios.reading import load_scenarios
from policies.scenarios.scenario import Scenario

HERE = Path(__file__).parent
DOCS = HERE.parents[1] / "docs" / "policies.md"


def scenarios() -> Iterator[tuple[str, Scenario]]:
    for file in sorted(HERE.glob("*.toml")):
        found = load_scenarios(file.read_bytes(), file.name, known_from(file))
        assert isinstance(found, tuple), [str(problem) for problem in found]
        yield from ((f"{file.stem}: {one.name}", one) for one in found)


SCENARIOS = dict(scenarios())


@pytest.mark.parametrize("name", SCENARIOS)
def test_it_goes_as_the_file_says(name: str) -> None:
    failure = judge(SCENARIOS[name])
    assert failure is None or failure.actual == failure.expected


def test_the_examples_of_the_manual_go_as_they_say() -> None:
    written = re.findall(r"```toml scenario\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(written) == 10
    for place, text in enumerate(written, start=1):
        found = load_scenarios(text.encode(), f"example {place}", known_from(DOCS))
        assert isinstance(found, tuple), [str(problem) for problem in found]
        assert [judge(one) for one in found] == [None] * len(found)


def test_a_scenario_whose_last_line_is_left_out_fails() -> None:
    file = HERE / "levels.toml"
    text = file.read_text(encoding="utf-8").replace('  "2026-04-16 level_3 email V-3 80.00 EUR",\n', "")
    found = load_scenarios(text.encode(), file.name, known_from(file))
    assert isinstance(found, tuple)
    failures = [failure for one in found if (failure := judge(one)) is not None]
    assert [failure.scenario for failure in failures] == ["A backlog starts at the first level and keeps the gaps"]
    assert failures[0].actual == (*failures[0].expected, "2026-04-16 level_3 email V-3 80.00 EUR")
