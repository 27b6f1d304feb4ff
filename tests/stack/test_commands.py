"""The command line's manners: sentences, exit codes, quick starts."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from cli.home import CHECKOUT
from cli.main import sentence
from cli.registry import COMMANDS

EVERY_HELP = """
import contextlib, io
from cli.main import run
from cli.registry import COMMANDS

def ends_well(name):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            run([name, "--help"])
    except SystemExit as end:
        return end.code == 0

print([name for name in COMMANDS if name != "test" and not ends_well(name)])
"""
"""One start for all: each command is imported and asked as the command line does it."""


def relance(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))}
    return subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", *words],
        check=False,
        cwd="/",
        env={**kept, "PYTHONPATH": str(CHECKOUT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_help_lists_every_command_within_a_second_and_loads_no_engine() -> None:
    begun = time.monotonic()
    done = relance("--help")
    assert time.monotonic() - begun < 1.5
    assert [name for name in COMMANDS if name not in done.stdout] == []
    program = "import sys, cli.main; cli.main.application(None); print({'prefect', 'sqlalchemy'} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, cwd=CHECKOUT, capture_output=True, text=True)
    assert loaded.stdout == "set()\n"


def test_every_registered_command_can_be_asked_for_its_help() -> None:
    assert relance("doctor", "--help").returncode == 0
    done = subprocess.run(
        [sys.executable, "-c", EVERY_HELP],
        check=True,
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_an_unknown_command_or_option_is_a_usage_error() -> None:
    assert [relance(*words).returncode for words in (("remind",), ("doctor", "--quickly"), ())] == [2, 2, 2]


def test_an_error_is_a_sentence_and_a_traceback_only_when_asked_for(folder: Path) -> None:
    (folder / "file").write_text("")
    home = str(folder / "file" / "var")
    plain = relance("doctor", RELANCE_HOME=home)
    assert (plain.returncode, plain.stdout, "Traceback" in plain.stderr) == (1, "", False)
    assert plain.stderr.startswith(f"The folder {home} cannot be written")
    assert "Traceback" in relance("doctor", "--debug", RELANCE_HOME=home).stderr


def test_a_full_disk_is_called_a_full_disk() -> None:
    assert sentence(OSError(28, "No space left on device", "x")) == (
        "The disk is full: free some space, or set RELANCE_HOME to a folder on another disk."
    )


def test_doctor_says_what_to_do_about_everything_that_is_wrong(folder: Path) -> None:
    done = relance(
        "doctor",
        "--json",
        RELANCE_HOME=str(folder / "var"),
        RELANCE_SMTP_URL="smtp://127.0.0.1:1?tls=none",
        TWILIO_ACCOUNT_SID="AC-nonsense",
    )
    answer = json.loads(done.stdout)
    found = {check["subject"]: (check["health"], check["advice"]) for check in answer["checks"]}
    assert (done.returncode, answer["ok"]) == (1, False)
    assert found == {
        "versions": ("ok", ""),
        "disk": ("ok", ""),
        "time zones": ("ok", ""),
        "database": ("ok", ""),
        "tables": ("bad", "Start ./relance up once: it brings the tables up to date."),
        "prefect": ("note", "Start it with ./relance up."),
        "smtp": ("bad", "Check RELANCE_SMTP_URL."),
        "twilio": ("bad", "Set TWILIO_ACCOUNT_SID as Twilio shows it."),
        "mailbox": ("note", ""),
        "templates": ("ok", ""),
    }
