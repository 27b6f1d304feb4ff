"""The processes of the stack, each in a session of its own: Ctrl-C in the terminal reaches the supervisor alone."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from cli.home import Home, read_json, write_json

LOG_LIMIT = 20_000_000
HEALTHY_SECONDS = 30.0
"""A process that lived this long was not badly started: its next death is its first again."""
QUICK_DEATHS = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How to start one process of the stack."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    patience: float
    """Seconds it may take to stop, counted from the moment the whole stack is told to."""


class Child:
    """One process, its log, and how often it died soon after it was started."""

    def __init__(self, plan: Plan, home: Home) -> None:
        self.plan = plan
        self.quick_deaths = 0
        self.restart_at: float | None = None
        self._home = home
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    @property
    def log(self) -> Path:
        """Where it writes."""
        return self._home.log / f"{self.plan.name}.log"

    @property
    def pid(self) -> int | None:
        """Its process id, None while it does not run."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def start(self) -> None:
        """Start it; a log that has grown too long is put aside first."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.plan.command,
                cwd=self._home.path,
                env=dict(self.plan.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started, self.restart_at = time.monotonic(), None
        _remember(self._home, self.plan.name, self._process.pid)

    def died(self) -> int | None:
        """Its exit code if it has ended and nobody has noticed yet."""
        if self._process is None or (code := self._process.poll()) is None:
            return None
        self._process = None
        lived = time.monotonic() - self._started
        # Killed from outside says nothing about the process itself.
        self.quick_deaths = 0 if lived > HEALTHY_SECONDS else self.quick_deaths + (code != -signal.SIGKILL)
        self.restart_at = time.monotonic() + min(2.0**self.quick_deaths / 2, 30.0)
        return code

    def ask_to_stop(self) -> None:
        """SIGTERM, to it alone: its own children are its own business."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def end(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic), then kill whatever is left of its session."""
        if self._process is None:
            return
        with suppress(subprocess.TimeoutExpired):  # the kill is the answer
            self._process.wait(max(0.0, deadline - time.monotonic()))
        _kill_session(self._process.pid)
        self._process.wait()
        self._process = None
        _forget(self._home, self.plan.name)

    def last_words(self, lines: int = 5) -> str:
        """The end of its log."""
        try:
            text = self.log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])


def kill_leftovers(home: Home) -> list[str]:
    """End what a supervisor that was killed left running; names what was found."""
    found = []
    for name, entry in read_json(_ledger(home)).items():
        try:
            same = abs(psutil.Process(entry["pid"]).create_time() - entry["started"]) < 0.1
        except (psutil.Error, KeyError, TypeError):
            same = False
        if same or _has_session(entry):
            _kill_session(entry["pid"])
            found.append(name)
    write_json(_ledger(home), {})
    return found


def _has_session(entry: Mapping[str, float]) -> bool:
    """Whether a process that is gone left others behind in its session, all of them younger than itself."""
    members = _session(int(entry.get("pid", 0)))
    return bool(members) and all(process.create_time() >= entry["started"] for process in members)


def _session(leader: int) -> list[psutil.Process]:
    members = []
    for process in psutil.process_iter():
        try:
            if leader and os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                members.append(process)
        except (OSError, psutil.Error):
            continue  # ended while we looked
    return members


def _kill_session(leader: int) -> None:
    members = _session(leader)
    for process in members:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    # Only when they are gone are their ports and files free.
    psutil.wait_procs(members, timeout=5)


def _ledger(home: Home) -> Path:
    return home.run / "children.json"


def _remember(home: Home, name: str, pid: int) -> None:
    entry = {"pid": pid, "started": psutil.Process(pid).create_time()}
    write_json(_ledger(home), read_json(_ledger(home)) | {name: entry})


def _forget(home: Home, name: str) -> None:
    write_json(_ledger(home), {key: value for key, value in read_json(_ledger(home)).items() if key != name})
