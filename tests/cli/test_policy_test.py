"""`policy test` on the command line: no database, one exit code, both sides side by side."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.policy import app

GOOD = """
[[scenario]]
name = "paid in time"
policy = "fr-b2b"
customer = { channels = ["email"] }
expect = ["2026-02-25 upcoming email FA-1 1000.00 EUR"]
outcome = "paid 2026-03-02"
[[scenario.invoice]]
number = "FA-1"
amount = "1000.00 EUR"
due = 2026-03-02
[[scenario.event]]
on = 2026-03-02
paid = "1000.00"
"""
WRONG = GOOD.replace("paid in time", "paid late").replace("2026-02-25 upcoming", "2026-02-26 upcoming")


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A home in which nothing was ever started, and a wide terminal."""
    monkeypatch.setenv("RELANCE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "160")


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["test", *words])


def test_what_goes_as_expected_ends_with_zero(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    told = run(str(tmp_path / "good.toml"))
    assert (told.exit_code, told.stdout, told.stderr) == (0, "1 passed, 0 failed.\n", "")
    assert not (tmp_path / "home").exists()


def test_a_failure_shows_both_sides_and_ends_with_one(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(WRONG, encoding="utf-8")
    told = run(str(file))
    assert told.exit_code == 1
    assert told.stdout.splitlines() == [
        f"{file}: paid late",
        "",
        "    expected                                    actual",
        "  ≠ 2026-02-26 upcoming email FA-1 1000.00 EUR  2026-02-25 upcoming email FA-1 1000.00 EUR",
        "    outcome FA-1: paid 2026-03-02               outcome FA-1: paid 2026-03-02",
        "",
        "0 passed, 1 failed.",
    ]


def test_other_programs_read_it_as_json(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "wrong.toml").write_text(WRONG, encoding="utf-8")
    told = run(str(tmp_path), "--json")
    assert told.exit_code == 1
    assert json.loads(told.stdout) == {
        "passed": 1,
        "failed": 1,
        "failures": [
            {
                "scenario": "paid late",
                "expected": ["2026-02-26 upcoming email FA-1 1000.00 EUR", "outcome FA-1: paid 2026-03-02"],
                "actual": ["2026-02-25 upcoming email FA-1 1000.00 EUR", "outcome FA-1: paid 2026-03-02"],
                "file": str(tmp_path / "wrong.toml"),
            }
        ],
        "problems": [],
    }


def test_mistakes_are_named_and_the_other_files_are_played_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(GOOD.replace("expect", "expects"), encoding="utf-8")
    told = run(str(tmp_path))
    assert (told.exit_code, told.stdout) == (1, "1 passed, 0 failed, 1 mistake in the files.\n")
    assert told.stderr == f"{tmp_path / 'bad.toml'}:6: expects: The key is unknown; did you mean expect?\n"


def test_a_policy_beside_the_file_is_found_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(
        'id = "mine"\ntitle = "Mine"\n[[step]]\nid = "only"\nstage = "courtesy_reminder"\noffset = 1\ngap = 1\n'
        'channels = ["email"]\n',
        encoding="utf-8",
    )
    folder = tmp_path / "tests"
    folder.mkdir()
    text = GOOD.replace('"fr-b2b"', '"../mine.toml"').replace('"2026-02-25 upcoming email FA-1 1000.00 EUR"', "")
    (folder / "one.toml").write_text(text.replace("paid 2026-03-02", "not chased"), encoding="utf-8")
    assert run(str(folder)).stdout == "1 passed, 0 failed.\n"


def test_a_path_that_leads_nowhere_is_said(tmp_path: Path) -> None:
    from cli.refusal import Refusal

    for path, reason in (
        (tmp_path / "gone", "There is no file and no folder"),
        (tmp_path, "There is no scenario file"),
    ):
        told = run(str(path))
        assert isinstance(told.exception, Refusal)
        assert str(told.exception).startswith(reason)
