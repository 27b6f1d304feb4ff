"""`relance up` as a person runs it: one stack, started together, stopped together, recovered after a kill."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from cli.home import CHECKOUT, open_home
from cli.ports import free_port

READY = "Relance is ready."


class Up:
    """`relance up` in a terminal of its own: what it says, and how it is told to stop."""

    def __init__(self, home: Path, desk: int, sink: int) -> None:
        self.home = home
        self.said = home.parent / f"said-{time.monotonic_ns()}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("RELANCE_", "PREFECT_"))},
            "PYTHONPATH": str(CHECKOUT),
            "RELANCE_HOME": str(home),
            "RELANCE_PORT": str(desk),
            "RELANCE_SINK_PORT": str(sink),
        }
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "cli.main", "up"],
                cwd="/",
                env=self.environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    @property
    def words(self) -> str:
        return self.said.read_text()

    def wait_until(self, *sentences: str, seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while not all(sentence in self.words for sentence in sentences):
            assert self.process.poll() is None, self.words
            assert time.monotonic() < end, self.words
            time.sleep(0.1)

    def stop(self, number: signal.Signals = signal.SIGINT) -> float:
        """Like Ctrl-C in a terminal: to the whole foreground group. Seconds until it has ended."""
        begun = time.monotonic()
        os.killpg(self.process.pid, number)
        self.process.wait(30)
        return time.monotonic() - begun


@contextmanager
def up(home: Path, desk: int = 0, sink: int = 0) -> Iterator[Up]:
    started = Up(home, desk or free_port(), sink or free_port())
    try:
        yield started
    finally:
        for process in mine(home):
            process.kill()
        started.process.kill()
        started.process.wait()


def mine(home: Path) -> list[psutil.Process]:
    """Every process that works for this folder, by its environment or by its command line."""
    found = []
    for process in psutil.process_iter():
        try:
            ours = process.environ().get("RELANCE_HOME") == str(home) or str(home) in " ".join(process.cmdline())
            if ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def again(first: Up, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "cli.main", "up"],
        check=False,
        cwd="/",
        env={**first.environment, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def children(home: Path) -> dict[str, int]:
    return {name: entry["pid"] for name, entry in json.loads((home / "run/children.json").read_text()).items()}


def test_one_evening_with_the_stack(folder: Path) -> None:
    """Started, a second one refused, a child and the database killed and revived, Ctrl-C leaves nothing behind."""
    home = folder / "var"
    with up(home) as first:
        first.wait_until(READY, "/enter?key=", "Outbox")

        second = again(first)
        assert (second.returncode, second.stdout) == (1, "")
        assert f"already runs in {home}: process {first.process.pid}, since 20" in second.stderr

        before = children(home)
        assert sorted(before) == ["desk", "dispatcher", "sink"]
        assert all(os.getsid(pid) == pid for pid in before.values()), "Ctrl-C must reach the supervisor alone"
        os.kill(before["sink"], signal.SIGKILL)
        first.wait_until("The sink ended (exit code -9); starting it again")
        os.kill(int((home / "postgres/data/postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        first.wait_until("PostgreSQL ended; starting it again")

        seconds = first.stop()
        assert first.process.returncode == 0, first.words
        assert seconds < 10
        assert mine(home) == []


def test_a_killed_supervisor_is_recovered_by_the_next_start(folder: Path) -> None:
    home = folder / "var"
    with up(home) as killed:
        killed.wait_until(READY)
        killed.process.kill()
        killed.process.wait()
        orphans = set(children(home).values())
        assert orphans <= {process.pid for process in mine(home)}
        ports = (int(killed.environment["RELANCE_PORT"]), int(killed.environment["RELANCE_SINK_PORT"]))
        with up(home, *ports) as next_one:
            next_one.wait_until("ended what it left behind: sink, desk, dispatcher", READY)
            assert not orphans & set(children(home).values())
            assert next_one.stop(signal.SIGTERM) < 10
            assert mine(home) == []


def test_a_taken_port_is_named_before_anything_starts(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with up(folder / "var", desk=port) as refused:
            assert refused.process.wait(30) == 1
            assert refused.words == (
                f"Port {port}, where the desk should listen, is taken by another program: "
                "stop that program, or set RELANCE_PORT to a free port.\n"
            )
            assert mine(folder / "var") == []


def test_settings_that_make_no_sense_are_refused_before_anything_starts(folder: Path) -> None:
    with up(folder / "var") as first:
        first.process.kill()
        for name, value, sentence in (
            ("RELANCE_PORT", "high", "RELANCE_PORT is 'high': it must be a port number between 1 and 65535."),
            ("RELANCE_CLOCK", "stepped:2026-01-05", "RELANCE_CLOCK is 'stepped:2026-01-05': it must be `real` or like"),
            ("RELANCE_HOME", "/dev/null/var", "The folder /dev/null/var cannot be written"),
        ):
            refused = again(first, **{name: value})
            assert (refused.returncode, refused.stderr.startswith(sentence)) == (1, True), refused.stderr
            assert refused.stderr.count("\n") == 1


def test_what_a_killed_process_left_in_its_session_is_ended_too(folder: Path) -> None:
    from cli.children import Child, Plan, kill_leftovers

    home = open_home(folder / "var")
    plan = Plan("parent", ["dash", "-c", "sleep 300 & sleep 300 & wait"], dict(os.environ), 1.0)
    child = Child(plan, home)
    child.start()
    assert child.pid is not None
    parent = psutil.Process(child.pid)
    while len(parent.children()) < 2:
        time.sleep(0.01)
    left = parent.children()
    parent.kill()
    parent.wait()
    assert kill_leftovers(home) == ["parent"]
    assert psutil.wait_procs(left, timeout=5)[1] == []
    assert kill_leftovers(home) == []


def test_a_child_that_keeps_dying_at_once_is_counted_and_one_that_was_killed_is_not(folder: Path) -> None:
    from cli.children import Child, Plan

    child = Child(Plan("short", ["dash", "-c", "exit 3"], dict(os.environ), 1.0), open_home(folder / "var"))
    counted = []
    for _ in range(3):
        child.start()
        while (code := child.died()) is None:
            time.sleep(0.01)
        counted.append((code, child.quick_deaths))
    assert counted == [(3, 1), (3, 2), (3, 3)]
    sleeper = Child(Plan("killed", ["sleep", "60"], dict(os.environ), 1.0), open_home(folder / "var"))
    sleeper.start()
    os.kill(sleeper.pid or 0, signal.SIGKILL)
    while sleeper.died() is None:
        time.sleep(0.01)
    assert sleeper.quick_deaths == 0
