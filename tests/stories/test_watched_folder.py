"""Files are dropped into the watched folder: each is read once by a run of its own, and kept with its report."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.engine import told
from tests.engine.world import World

INVOICES = (
    "number,customer_number,customer_name,email,due,currency,amount\n"
    "FW-1,W1,Weber SARL,compta@weber.example,2026-03-27,EUR,1250.00\n"
    "FW-2,W2,Wagner SAS,compta@wagner.example,2026-03-27,EUR,cent\n"
)
PAYMENTS = "value_date,amount,currency,invoices\n2026-03-31,1250.00,EUR,FW-1\n"
LONG_AGO = 1_774_900_000


@dataclass
class Tuesday:
    """The world, and what was seen on the way."""

    world: World
    folder: Path
    runs: dict[str, tuple[str, str]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    bars: list[tuple[str, float]] = field(default_factory=list)


@pytest.fixture(scope="module")
def tuesday(begin: Callable[..., World]) -> Tuesday:
    """Tuesday, 31 March 2026: invoices, a broken file and a bank file arrive."""
    world = begin("2026-03-31")
    tuesday = Tuesday(world, world.stack.home.path / "inbox")
    drop(tuesday, "invoices/march.csv", INVOICES)
    drop(tuesday, "payments/broken.csv", "nothing of this, is a table\n")
    world.until("2026-03-31", 8)
    arrive(tuesday, 2)
    drop(tuesday, "payments/bank.csv", PAYMENTS)
    drop(tuesday, "payments/bank again.csv", PAYMENTS)
    arrive(tuesday, 4)
    world.until("2026-03-31", 12)
    return tuesday


def drop(tuesday: Tuesday, name: str, content: str) -> None:
    """A program writes a file into the folder."""
    file = tuesday.folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    draft.write_text(content)
    os.utime(draft, (LONG_AGO, LONG_AGO))
    draft.rename(file)


def arrive(tuesday: Tuesday, files: int) -> None:
    """Wait until so many files were read, and remember what their runs said."""
    world = tuesday.world
    deadline = time.monotonic() + 30
    while len(kept(tuesday)) < files:
        assert time.monotonic() < deadline, kept(tuesday)
        time.sleep(0.1)
    world.settle()
    tuesday.kept = kept(tuesday)
    body = {"flow_runs": {"tags": {"all_": ["import"]}}, "sort": "START_TIME_ASC", "limit": 50}
    for run in world.api("POST", "/flow_runs/filter", body).json():
        tuesday.runs[run["name"]] = (run["state"]["name"], run["state"]["message"])
    bars: list[dict[str, Any]] = world.api(
        "POST", "/artifacts/filter", {"artifacts": {"type": {"any_": ["progress"]}}}
    ).json()
    names = {file.rpartition("/")[2] for file in tuesday.kept}  # other stories of this engine import files too
    tuesday.bars = sorted((one["description"], one["data"]) for one in bars if one["description"] in names)


def kept(tuesday: Tuesday) -> list[str]:
    """What is in `done` and `failed`, without hashes."""
    found = [file for side in ("done", "failed") for file in (tuesday.folder / side).rglob("*.csv")]
    return sorted(f"{file.parent.parent.name}/{file.parent.name}/{file.name.partition('-')[2]}" for file in found)


def test_each_file_is_read_by_a_run_of_its_own_that_says_what_became_of_it(tuesday: Tuesday) -> None:
    good = "1 rows, {} new, 0 changed, {} unchanged, {} booked, 0 proposed, 0 unmatched, 0 problems."
    assert tuesday.runs["Import invoices · march.csv"] == (
        "Completed",
        "march.csv: 2 rows, 1 new, 0 changed, 0 unchanged, 1 problems.",
    )
    assert tuesday.runs["Import payments · broken.csv"][0] == "Refused"
    found = {tuesday.runs[f"Import payments · {name}.csv"][1].partition(": ")[2] for name in ("bank", "bank again")}
    assert found == {good.format(1, 0, 1), good.format(0, 1, 0)}


def test_files_are_kept_under_the_day_they_were_read_on(tuesday: Tuesday) -> None:
    assert tuesday.kept == [
        "done/2026-03-31/bank again.csv",
        "done/2026-03-31/bank.csv",
        "done/2026-03-31/march.csv",
        "failed/2026-03-31/broken.csv",
    ]


def test_the_report_beside_a_file_names_every_row_that_did_not_go_in(tuesday: Tuesday) -> None:
    report = next((tuesday.folder / "done").rglob("*march.csv.report.txt")).read_text().splitlines()
    assert report[1].startswith("march.csv:3: amount:")


def test_a_bar_shows_how_far_each_import_is(tuesday: Tuesday) -> None:
    assert tuesday.bars == [("bank again.csv", 100.0), ("bank.csv", 100.0), ("broken.csv", 100.0), ("march.csv", 100.0)]


def test_what_arrives_works_at_once(tuesday: Tuesday) -> None:
    assert told.state(tuesday.world, "FW-1") == "Paid"
