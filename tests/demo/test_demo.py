"""`./relance demo --once` collects real invoices by itself, and sink and ledger agree at the end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cli.home import CHECKOUT

DAYS = 40


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the demo's first forty days print as JSON."""
    home: Path = tmp_path_factory.mktemp("demo")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "RELANCE_"))}
    words = ["-m", "cli.main", "demo", "--once", "--json", "--days", str(DAYS)]
    done = subprocess.run(
        [sys.executable, *words], cwd=CHECKOUT, env={**kept, "RELANCE_HOME": str(home)}, capture_output=True, text=True,
        timeout=400, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def test_sink_and_ledger_agree(told: dict[str, Any]) -> None:
    assert told["sink"] == told["ledger"]
    assert (told["duplicates"], told["lost"], told["ambiguous"]) == (0, 0, 0)
    assert told["problems"] == []


def test_invoices_are_paid_while_others_are_collected(told: dict[str, Any]) -> None:
    assert set(told["cases"]) >= {"open", "paid"}
    assert told["money_in_minor"]["EUR"] > 0


def test_every_gentle_stage_and_a_formal_notice_have_left(told: dict[str, Any]) -> None:
    stages = {act["stage"] for act in told["acts"]}
    assert stages >= {"upcoming", "courtesy_reminder", "second_reminder", "formal_notice"}


def test_who_was_reminded_and_pays_is_thanked(told: dict[str, Any]) -> None:
    news = {one["kind"]: one["count"] for one in told["news"]}
    assert set(news) <= {"payment_received", "credit_booked"}
    assert news["payment_received"] > 0


def test_people_have_answered_through_the_same_door_as_the_ui(told: dict[str, Any]) -> None:
    assert {answer["question"] for answer in told["answers"]} >= {"approve", "daily_review"}
