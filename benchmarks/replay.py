"""Replaying 100,000 invoices over twelve months, from a file, on the ladder for French businesses, as a person would."""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psutil

from tasks.invoice_mapping import DEFAULTS, Mapping, RecordKind, load_mapping

Say = Callable[[str], None]
INVOICES, CUSTOMERS = 100_000, 20_000
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
WANTED_S, WANTED_MB = 30.0, 1_000
"""Seconds from the command to its answer, and memory of all its processes together, at most."""
EVERY = 0.2
"""Seconds between two looks at the memory."""


def run(say: Say) -> dict[str, Any]:
    """The command in a process of its own, looked at from outside: seconds, and the most memory all its processes had."""
    with tempfile.TemporaryDirectory(prefix="relance-bench-") as folder:
        file = Path(folder) / "history.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerows(rows())
        say(f"{INVOICES} invoices of {CUSTOMERS} customers written")
        answer, seconds, most = _watched(file, Path(folder))
    figures = {
        "invoices": answer["invoices"], "acts": sum(one["count"] for one in answer["acts"]),
        "acts_on_settled": answer["acts_on_settled"], "seconds": round(seconds, 1), "memory_mb": round(most / 1e6),
        "wanted_s": WANTED_S, "wanted_mb": WANTED_MB,
    }  # fmt: skip
    say(f"{figures['acts']} acts counted in {figures['seconds']} s with at most {figures['memory_mb']} MB")
    return figures


def rows() -> Iterator[list[Any]]:
    """A year of invoices in our own layout: a third is paid late, one in twenty never, one in fifty is disputed."""
    layout = load_mapping(DEFAULTS[RecordKind.HISTORY])
    assert isinstance(layout, Mapping), layout
    columns = list(layout.layouts[RecordKind.HISTORY].columns.values())
    yield columns
    dice = random.Random(3)
    for number in range(INVOICES):
        due = FIRST + timedelta(dice.randrange((LAST - FIRST).days + 1))
        row = {
            "number": f"FA-{number}", "customer_number": f"C-{dice.randrange(CUSTOMERS)}", "currency": "EUR",
            "issued": due - timedelta(30), "due": due, "amount": f"{dice.randrange(100, 5000)}.00", "country": "FR",
        }  # fmt: skip
        if dice.random() < 0.95:
            row["paid_on"] = due + timedelta(int(dice.gauss(6, 15)))
        if dice.random() < 0.02:
            row |= {"disputed_from": due + timedelta(3), "disputed_until": due + timedelta(20)}
        yield [row.get(column, "") for column in columns]


def _watched(file: Path, home: Path) -> tuple[dict[str, Any], float, int]:
    command = ["policy", "replay", "fr-b2b", "--data", str(file), "--from", f"{FIRST}", "--to", f"{LAST}", "--json"]
    began, most = time.monotonic(), 0
    with (home / "answer.json").open("w+", encoding="utf-8") as answer:
        surroundings = {**os.environ, "RELANCE_HOME": str(home)}
        with subprocess.Popen([sys.executable, "-m", "cli.main", *command], stdout=answer, env=surroundings) as process:
            while process.poll() is None:
                most = max(most, _memory(process.pid))
                time.sleep(EVERY)
        seconds = time.monotonic() - began
        answer.seek(0)
        return json.load(answer), seconds, most


def _memory(pid: int) -> int:
    """Bytes that a process and everything it started hold; what they share is counted for each."""
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        return sum(one.memory_info().rss for one in family)
    except psutil.NoSuchProcess:
        return 0
