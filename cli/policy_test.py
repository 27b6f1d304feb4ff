"""`relance policy test FILE|DIR`: scenarios played, and compared with everything they expect."""

import shutil
from difflib import SequenceMatcher
from pathlib import Path
from typing import Annotated

import typer

from cli.printing import fields_of, print_json
from cli.scenario_files import files_in, known_from
from policies.problems import Problem
from policies.scenarios.judging import judge
from policies.scenarios.reading import load_scenarios
from policies.scenarios.scenario import Failure

NARROWEST = 30
"""Characters a side has at least."""


def play_scenarios(
    path: Annotated[Path, typer.Argument(help="A file of scenarios (TOML), or a folder of them.")],
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Play dated scenarios and compare every act with what they expect. Nothing is sent, no database is needed."""
    passed, failures, problems = 0, list[tuple[Path, Failure]](), list[Problem]()
    for file in files_in(path):
        found = load_scenarios(file.read_bytes(), str(file), known_from(file))
        if isinstance(found, list):
            problems += found
            continue
        for scenario in found:
            failure = judge(scenario)
            if failure is None:
                passed += 1
            else:
                failures.append((file, failure))
    if json:
        _as_json(passed, failures, problems)
    else:
        _as_text(passed, failures, problems)
    if failures or problems:
        raise typer.Exit(1)


def _as_json(passed: int, failures: list[tuple[Path, Failure]], problems: list[Problem]) -> None:
    shown = [fields_of(failure) | {"file": str(file)} for file, failure in failures]
    answer: dict[str, object] = {"passed": passed, "failed": len(failures), "failures": shown}
    print_json(answer | {"problems": [fields_of(one) for one in problems]})


def _as_text(passed: int, failures: list[tuple[Path, Failure]], problems: list[Problem]) -> None:
    for problem in problems:
        typer.echo(str(problem), err=True)
    for file, failure in failures:
        print(f"{file}: {failure.scenario}\n")
        for line in side_by_side(failure, shutil.get_terminal_size((160, 40)).columns):
            print(f"  {line}")
        print()
    unread = f", {len(problems)} mistakes in the files" if problems else ""
    print(f"{passed} passed, {len(failures)} failed{unread}.")


def side_by_side(failure: Failure, width: int) -> list[str]:
    """Both sides as two columns, lines that are the same beside each other; what differs is marked."""
    rows = [("", "expected", "actual"), *_rows(failure.expected, failure.actual)]
    longest = max(len(left) for _, left, _ in rows)
    column = max(NARROWEST, min(longest, (width - 8) // 2))
    lines: list[str] = []
    for mark, left, right in rows:
        if len(left) > column:
            lines += [f"{mark:1} {left}", f"{mark:1} {'':{column}}  {right}".rstrip()]
        else:
            lines.append(f"{mark:1} {left:{column}}  {right}".rstrip())
    return lines


def _rows(expected: tuple[str, ...], actual: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Each line of either side with its counterpart; ≠ where they differ."""
    rows: list[tuple[str, str, str]] = []
    for kind, start, end, begin, stop in SequenceMatcher(None, expected, actual, autojunk=False).get_opcodes():
        left, right = list(expected[start:end]), list(actual[begin:stop])
        for place in range(max(len(left), len(right))):
            one = left[place] if place < len(left) else "—"
            other = right[place] if place < len(right) else "—"
            rows.append(("" if kind == "equal" else "≠", one, other))
    return rows
